import { reportFile } from '../report/slack/render-slack.ts';
import type { Run } from '../runs/run.ts';
import { explainRefusal } from '../slack/refusals.ts';
import { callSlack } from './call-slack.ts';
import type { DeliveryOptions } from './delivery-options.ts';
import { findMessage } from './find-posted.ts';
import type { PostedMessage } from './slack-port.ts';
import type { Attached, RenderedAnswer } from './types.ts';

type File = NonNullable<RenderedAnswer['full']>;

/** Uploads the full report under the answer once, however often it is called for one run. */
export async function attachReport(run: Run, file: File, options: DeliveryOptions): Promise<void> {
  if (run.reportFile !== undefined) return;
  const refused = await upload(run, file, options);
  if (refused !== undefined) {
    options.logger.error({ run: run.id, error: refused }, 'the full report could not be attached');
  }
}

/** When somebody asks for it: it may be there already, or may have been deleted. */
export async function attachOnDemand(run: Run, options: DeliveryOptions): Promise<Attached> {
  if (run.outcome?.kind !== 'diagnosed') {
    return { kind: 'refused', reason: 'There is no diagnosis that a report could be made of.' };
  }
  const { slack, clock } = options;
  if (run.reportFile !== undefined) {
    const id = run.reportFile;
    const found = await callSlack(() => slack(run.replyTo.team).hasFile(id), { clock });
    // Where Slack does not let us look we believe what we remember.
    if (found.kind === 'refused' || found.value) return { kind: 'there' };
  }
  const { diagnosis, tookMs } = run.outcome;
  const subject = { tookMs, ...(run.alias === undefined ? {} : { alias: run.alias }) };
  const refused = await upload(run, reportFile(diagnosis, subject), options);
  if (refused === undefined) return { kind: 'attached' };
  return { kind: 'refused', reason: explainRefusal(refused, run.replyTo.channel) };
}

/** Slack's word for its refusal, or nothing when it is in the thread. */
async function upload(
  run: Run,
  { filename, content }: File,
  { slack, runs, clock }: DeliveryOptions,
): Promise<string | undefined> {
  const { channel, team } = run.replyTo;
  const thread = run.replyTo.thread ?? run.rootTs;
  if (thread === undefined) return undefined;
  const port = slack(team);
  const title = `${filename} (${run.id})`;
  const find = async (): Promise<{ id: string } | undefined> => {
    const place = { channel, thread, since: run.acceptedAt };
    const withIt = ({ files }: PostedMessage) => files.some((each) => each.title === title);
    const found = await findMessage(port, place, withIt, clock);
    return found?.files.find((each) => each.title === title);
  };

  const before = run.reportFile === undefined ? await find() : undefined;
  const result = before
    ? ({ kind: 'done', value: before } as const)
    : await callSlack(() => port.upload({ channel, thread, filename, title, content }), {
        clock,
        recover: find,
      });
  if (result.kind === 'refused') return result.error;
  await runs.update(run.id, { reportFile: result.value.id });
  return undefined;
}
