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
import { type LeaseOptions, withLease } from './run-lease.ts';
import type { PostedMessage, UploadedFile } from './slack-port.ts';
import type { AttachReportResult, Picture } from './types.ts';

type File = NonNullable<SlackAnswer['full']>;

/** Uploads the full report below the answer once, however often it is called for one run. */
export async function attachReport(run: Run, file: File, options: LeaseOptions): Promise<ReportPlacement> {
  if (run.reportFile !== undefined) return { kind: 'attached' };
  const put = await upload(run, file, options);
  if (put.kind !== 'refused') return { kind: 'attached' };
  options.logger.error({ run: run.id, error: put.error }, 'the full report could not be attached');
  return { kind: 'refused', reason: put.error };
}

/** Attaches the report on request. It may exist already, or may have been deleted. */
export async function attachOnDemand(run: Run, options: LeaseOptions): Promise<AttachReportResult> {
  if (run.outcome?.kind !== 'diagnosed') {
    return { kind: 'refused', reason: 'There is no diagnosis for a report.' };
  }
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
function upload(known: Run, file: File, options: LeaseOptions): Promise<Uploaded> {
  return withLease(known, options, async (run, renew) => {
    if (run.reportFile !== undefined && run.reportFile !== known.reportFile) return { kind: 'there' };
    return await uploadInTurn(run, file, renew, options);
  });
}

async function uploadInTurn(
  run: Run,
  file: File,
  renew: () => Promise<void>,
  options: LeaseOptions,
): Promise<Uploaded> {
  const result = await uploadOnce(run, file, { renew, mayExist: run.reportFile === undefined }, options);
  if (result === undefined) return { kind: 'attached' };
  if (result.kind === 'refused') return { kind: 'refused', error: result.error };
  await options.runs.update(run.id, { reportFile: result.value.id });
  return { kind: 'attached' };
}

/** Longer waiting for a picture would delay the device's next check. */
const MAX_WAIT_MS = 5_000;

/**
 * Uploads the picture of the logins below an answer, if times matter. The result is stored: the picture is uploaded
 * once, and not tried again if Slack refuses it or is unavailable. Rejects if the store is unavailable, or another
 * process has the run for minutes.
 */
export async function attachPicture({ id }: Run, options: LeaseOptions): Promise<void> {
  const { runs, drawPicture, logger } = options;
  const known = await runs.get(id);
  if (drawPicture === undefined || !known || !takesPicture(known)) return;
  if (known.outcome?.kind !== 'diagnosed' || (await isSuperseded(known, options))) return;
  let picture: Picture | undefined;
  try {
    picture = await drawPicture(known.outcome.diagnosis, known.alias);
  } catch (error) {
    logger.error({ run: id, err: error }, 'the picture of the logins could not be drawn');
    await runs.update(id, { picture: { kind: 'refused', error: 'not_drawn' } });
    return;
  }
  if (picture === undefined) return;
  const drawn = picture;
  await withLease(known, options, async (run, renew) => {
    if (takesPicture(run)) await uploadAndRecord(run, drawn, renew, options);
  });
}

/** Below an answer only: a private answer has no thread for a picture. */
function takesPicture({ answeredAt, answerTs, picture }: Run): boolean {
  return answeredAt !== undefined && answerTs !== undefined && picture === undefined;
}

async function uploadAndRecord(
  run: Run,
  picture: Picture,
  renew: () => Promise<void>,
  options: LeaseOptions,
): Promise<void> {
  const state = await uploadPicture(run, picture, renew, options);
  if (state.kind === 'refused') {
    options.logger.warn(
      { run: run.id, error: state.error },
      'the picture of the logins could not be attached',
    );
  }
  await options.runs.update(run.id, { picture: state });
}

async function uploadPicture(
  run: Run,
  picture: Picture,
  renew: () => Promise<void>,
  options: LeaseOptions,
): Promise<PictureState> {
  try {
    const result = await uploadOnce(run, picture, { renew, mayExist: true, maxWaitMs: MAX_WAIT_MS }, options);
    if (result === undefined) return { kind: 'refused', error: 'no_thread' };
    return result.kind === 'done'
      ? { kind: 'attached', file: result.value.id }
      : { kind: 'refused', error: result.error };
  } catch (error) {
    if (error instanceof FtmError && error.code === 'ftm_slack_failed') {
      return { kind: 'refused', error: 'no_answer' };
    }
    throw error;
  }
}

export interface UploadOptions {
  /** Before each attempt: Slack may have made us wait for longer than the lease lasts. */
  readonly renew: () => Promise<void>;
  /** An earlier attempt may have uploaded it, even where the store does not say so. */
  readonly mayExist: boolean;
  /** Longest wait for a rate limit, in milliseconds. */
  readonly maxWaitMs?: number;
}

/**
 * Uploads a file into the thread of a run. An upload has no idempotency key, so the file is looked for by its title, which
 * holds the id of the run. `undefined` if the run has no thread. Call it under the run's lease.
 */
export async function uploadOnce(
  run: Run,
  file: Omit<UploadedFile, 'channel' | 'thread' | 'title'>,
  { renew, mayExist, maxWaitMs }: UploadOptions,
  { slack, clock }: LeaseOptions,
): Promise<Settled<{ readonly id: string }> | undefined> {
  const { channel, team } = run.replyTo;
  const thread = run.replyTo.thread ?? run.rootTs;
  if (thread === undefined) return undefined;
  const port = slack(team);
  const title = `${file.filename} (${run.id})`;
  const find = async (): Promise<{ readonly id: string } | undefined> => {
    const place = { channel, thread, since: run.acceptedAt };
    const withIt = ({ files }: PostedMessage) => files.some((each) => each.title === title);
    const found = await findMessage(port, place, withIt, clock);
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
