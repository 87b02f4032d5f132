import type { Rendering } from './delivery-options.ts';
import { putAnswer } from './put-answer.ts';
import { type LeaseOptions, withLease } from './run-lease.ts';
import type { GroupAnswer, PlacedRun } from './types.ts';
import { uploadOnce } from './upload-once.ts';

/**
 * Puts the table in place of the placeholder and attaches the files. Idempotent. Resolves with Slack's error code if it
 * refuses posts there.
 */
export async function putGroup(
  run: PlacedRun,
  { message, files }: GroupAnswer,
  rendering: Rendering,
  options: LeaseOptions,
): Promise<string | undefined> {
  const { text, blocks, plainBlocks } = message;
  const answer = rendering.tables ? { text, blocks, plainBlocks } : { text, blocks: plainBlocks };
  const put = await putAnswer(run, answer, options);
  if (put.state === 'refused') return put.error;
  for (const file of files) {
    const uploaded = await withLease(put.run, options, (now, renew) =>
      uploadOnce(now, file, { renew, mayExist: true }, options),
    );
    if (uploaded?.kind !== 'refused') continue;
    options.logger.error({ run: run.id, error: uploaded.error }, 'a file could not be attached');
    break;
  }
  return undefined;
}
