import type { Run } from '../runs/run.ts';
import { callSlack } from './call-slack.ts';
import type { DeliveryOptions } from './delivery-options.ts';
import { findMessage } from './find-posted.ts';
import type { RenderedAnswer } from './types.ts';

/** Uploads the full report under the answer once, however often it is called for one run. */
export async function attachReport(
  run: Run,
  { filename, content }: NonNullable<RenderedAnswer['full']>,
  { slack, runs, clock, logger }: DeliveryOptions,
): Promise<void> {
  const { channel, team } = run.replyTo;
  const thread = run.replyTo.thread ?? run.rootTs;
  if (run.reportFile !== undefined || thread === undefined) return;
  const port = slack(team);
  const title = `${filename} (${run.id})`;
  const find = async (): Promise<{ id: string } | undefined> => {
    const place = { channel, thread, since: run.acceptedAt };
    const found = await findMessage(port, place, ({ fileTitles }) => fileTitles.includes(title), clock);
    return found && { id: found.ts };
  };

  const before = await find();
  const result = before
    ? ({ kind: 'done', value: before } as const)
    : await callSlack(() => port.upload({ channel, thread, filename, title, content }), {
        clock,
        recover: find,
      });
  if (result.kind === 'refused') {
    logger.error({ run: run.id, error: result.error }, 'the full report could not be attached');
    return;
  }
  await runs.update(run.id, { reportFile: result.value.id });
}
