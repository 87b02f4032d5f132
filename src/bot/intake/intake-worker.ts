import { redact } from '../../engine/evidence/redact.ts';
import { answerTasks } from '../../platform/threads/answer-tasks.ts';
import { readBytes } from './archives.ts';
import type { IntakeAnswer, IntakeTask } from './intake-thread.ts';

/** Runs in its own thread, so that a long text delays no other request. */
answerTasks(
  async (task: IntakeTask): Promise<IntakeAnswer> =>
    task.kind === 'unpack' ? await readBytes(task.name, task.bytes, task.limit) : redact(task.items),
);
