import { redactCase } from '../redact/redact-case.ts';
import { answerTasks } from '../threads/answer-tasks.ts';
import { readBytes } from './archives.ts';
import type { IntakeAnswer, IntakeTask } from './intake-thread.ts';

/** Runs in a thread of its own, so that a long text keeps nobody else waiting. */
answerTasks(
  async (task: IntakeTask): Promise<IntakeAnswer> =>
    task.kind === 'unpack' ? await readBytes(task.name, task.bytes, task.limit) : redactCase(task.items),
);
