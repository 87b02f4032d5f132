import { diagnoseCase } from '../case/diagnose-case.ts';
import { answerTasks } from '../threads/answer-tasks.ts';
import type { DiagnoseTask } from './diagnose-evidence.ts';

/** Runs in its own thread, so that long evidence neither crashes nor delays other checks. */
answerTasks(({ evidence, focus }: DiagnoseTask) => diagnoseCase(evidence, focus));
