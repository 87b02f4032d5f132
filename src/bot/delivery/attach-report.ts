import { FtmError } from '../../engine/ftm-error.ts';
import type { PictureState, Run } from '../../platform/runs/run.ts';
import {
  type ReportPlacement,
  reportFile,
  type SlackAnswer,
} from '../../report/formats/slack/render-slack.ts';
import { explainRefusal } from '../slack/refusals.ts';
import { isSuperseded } from './collapse-superseded.ts';
import { deviceHistory } from './device-history.ts';
import { callSlack, findMessage, type Settled } from './find-posted.ts';
import { type LeasedRun, withLease } from './run-lease.ts';
import type { UploadedFile } from './slack-port.ts';
import type { AttachReportResult, DeliveryOptions, Picture } from './types.ts';

type File = NonNullable<SlackAnswer['full']>;

/** Uploads the full report below the answer once, however often it is called for one run. */
export async function attachReport(run: Run, file: File, options: DeliveryOptions): Promise<ReportPlacement> {
  if (run.reportFile !== undefined) return { kind: 'attached' };
  const put = await upload(run, file, options);
  if (put.kind !== 'refused') return { kind: 'attached' };
  options.logger.error({ run: run.id, error: put.error }, 'the full report could not be attached');
  return { kind: 'refused', reason: put.error };
}

/** Attaches the report on request. It may exist already, or may have been deleted. */
export async function attachOnDemand(run: Run, options: DeliveryOptions): Promise<AttachReportResult> {
  if (run.outcome?.kind !== 'diagnosed')
    return { kind: 'refused', reason: 'There is no diagnosis for a report.' };
  const { slack, clock } = options;
  if (run.reportFile !== undefined) {
    const id = run.reportFile;
    const found = await callSlack(() => slack(run.replyTo.team).hasFile(id), { clock });
    // If Slack refuses the search, the stored state is used.
    if (found.kind === 'refused' || found.value) return { kind: 'there' };
  }
  const { diagnosis, tookMs, sinceHealthy } = run.outcome;
  const subject = { tookMs, sinceHealthy, alias: run.alias, history: await deviceHistory(run, options) };
  const put = await upload(run, reportFile(diagnosis, subject), options);
  if (put.kind !== 'refused') return put;
  const why = explainRefusal(put.error, run.replyTo.channel);
  return { kind: 'refused', reason: `The report could not be uploaded. ${why}` };
}

type Uploaded =
  | { readonly kind: 'attached' }
  /** Another process attached it first. */
  | { readonly kind: 'there' }
  /** `error` is Slack's error code. */
  | { readonly kind: 'refused'; readonly error: string };

/** Holds the run's lease: otherwise two clicks at once would attach two files. */
function upload(known: Run, file: File, options: DeliveryOptions): Promise<Uploaded> {
  return withLease(known, options, async (leased) => {
    const { id, reportFile: attached } = leased.run;
    if (attached !== undefined && attached !== known.reportFile) return { kind: 'there' };
    const result = await uploadOnce(leased, file, options, { mayExist: attached === undefined });
    if (result?.kind === 'refused') return { kind: 'refused', error: result.error };
    if (result !== undefined) await options.runs.update(id, { reportFile: result.value.id });
    return { kind: 'attached' };
  });
}

interface UploadOptions {
  /** An earlier attempt may have uploaded it, even where the store does not say so. */
  readonly mayExist?: boolean;
  /** Longest wait for a rate limit, in milliseconds. */
  readonly maxWaitMs?: number;
}

/**
 * Uploads a file into the thread of a run. An upload has no idempotency key, so the file is looked for by its title, which
 * holds the id of the run. `undefined` if the run has no thread.
 */
export async function uploadOnce(
  { run, renew }: LeasedRun,
  file: Omit<UploadedFile, 'channel' | 'thread' | 'title'>,
  { slack, clock }: DeliveryOptions,
  { mayExist = true, maxWaitMs }: UploadOptions = {},
): Promise<Settled<{ readonly id: string }> | undefined> {
  const { channel, team, thread = run.rootTs } = run.replyTo;
  if (thread === undefined) return undefined;
  const port = slack(team);
  const title = `${file.filename} (${run.id})`;
  const find = async (): Promise<{ readonly id: string } | undefined> => {
    const search = { port, clock, channel, thread, since: run.acceptedAt };
    const found = await findMessage(search, ({ files }) => files.some((each) => each.title === title));
    return found?.files.find((each) => each.title === title);
  };
  const before = mayExist ? await find() : undefined;
  if (before) return { kind: 'done', value: before };
  return await callSlack(
    async () => {
      await renew();
      return await port.upload({ ...file, channel, thread, title });
    },
    { clock, recover: find, maxWaitMs },
  );
}

/** Longer waiting for a picture would delay the device's next check. */
const MAX_WAIT_MS = 5_000;

/**
 * Uploads the picture of the logins below an answer, if times matter. The result is stored: the picture is uploaded
 * once, and not tried again if Slack refuses it or is unavailable. Rejects if the store is unavailable, or another
 * process has the run for minutes.
 */
export async function attachPicture({ id }: Run, options: DeliveryOptions): Promise<void> {
  const { runs, drawPicture, logger } = options;
  const known = await runs.get(id);
  if (drawPicture === undefined || !known || !takesPicture(known)) return;
  if (known.outcome?.kind !== 'diagnosed' || (await isSuperseded(known, options))) return;
  const { diagnosis } = known.outcome;
  const picture = await drawPicture(diagnosis, known.alias).catch(async (error: unknown) => {
    logger.error({ run: id, err: error }, 'the picture of the logins could not be drawn');
    await runs.update(id, { picture: { kind: 'refused', error: 'not_drawn' } });
    return undefined;
  });
  if (picture === undefined) return;
  await withLease(known, options, async (leased) => {
    if (!takesPicture(leased.run)) return;
    const state = await uploadPicture(leased, picture, options);
    if (state.kind === 'refused')
      logger.warn({ run: id, error: state.error }, 'the picture of the logins could not be attached');
    await runs.update(id, { picture: state });
  });
}

/** Below an answer only: a private answer has no thread for a picture. */
function takesPicture({ answeredAt, answerTs, picture }: Run): boolean {
  return answeredAt !== undefined && answerTs !== undefined && picture === undefined;
}

async function uploadPicture(
  leased: LeasedRun,
  picture: Picture,
  options: DeliveryOptions,
): Promise<PictureState> {
  try {
    const result = await uploadOnce(leased, picture, options, { maxWaitMs: MAX_WAIT_MS });
    if (result?.kind === 'done') return { kind: 'attached', file: result.value.id };
    return { kind: 'refused', error: result?.error ?? 'no_thread' };
  } catch (error) {
    if (!(error instanceof FtmError) || error.code !== 'ftm_slack_failed') throw error;
    return { kind: 'refused', error: 'no_answer' };
  }
}
