import type { Run } from '../../platform/runs/run.ts';
import { callSlack } from './call-slack.ts';
import type { DeliveryOptions } from './delivery-options.ts';

/** Deletes the picture of an answer that another one replaces. */
export async function removePicture(
  run: Run,
  { slack, runs, clock, logger }: DeliveryOptions,
): Promise<void> {
  if (run.picture?.kind !== 'attached') return;
  const { file } = run.picture;
  const removed = await callSlack(() => slack(run.replyTo.team).deleteFile(file), { clock });
  if (removed.kind === 'refused') {
    logger.warn({ run: run.id, error: removed.error }, 'the picture of a replaced answer stays');
  }
  await runs.update(run.id, { picture: { kind: 'removed' } });
}
