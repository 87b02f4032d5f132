import type { Run } from '../../platform/runs/run.ts';
import {
  type ReportPlacement,
  reportFile,
  type SlackAnswer,
} from '../../report/formats/slack/render-slack.ts';
import { explainRefusal } from '../slack/refusals.ts';
import { callSlack } from './call-slack.ts';
import { deviceHistory } from './device-history.ts';
import { type LeaseOptions, withLease } from './run-lease.ts';
import type { Attached } from './types.ts';
import { uploadOnce } from './upload-once.ts';

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
export async function attachOnDemand(run: Run, options: LeaseOptions): Promise<Attached> {
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
