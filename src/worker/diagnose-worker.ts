import { diagnoseCase } from '../case/diagnose-case.ts';
import { answerTasks } from '../threads/answer-tasks.ts';
import type { DiagnoseTask } from './diagnose-evidence.ts';

/** Runs in a thread of its own, so that a long text neither ends nor delays the checks beside it. */
answerTasks(({ evidence, focus }: DiagnoseTask) => diagnoseCase(evidence, focus));
