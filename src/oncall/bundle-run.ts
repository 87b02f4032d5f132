import type { webApi } from '@slack/bolt';
import type { Run } from '../platform/runs/run.ts';
import { keptEvidence } from '../platform/store/kept-evidence.ts';
import type { Records } from '../platform/store/records.ts';
import { sha256 } from '../platform/store/sha256.ts';
import { type Bundle, createBundle } from '../report/documents/bundle/create-bundle.ts';
import type { Escalation, ThreadRef } from './core/escalation.ts';
import { answerThread, openableLink } from './core/threads.ts';
import { historyLine } from './thread/people.ts';

export interface BundleRunOptions {
  readonly records: Records;
  /** The page about this run, if there is one. */
  readonly escalation?: Escalation | undefined;
  readonly labelRoute: (route: string) => string;
  readonly version: string;
}

/** Packs everything stored about a run, for the vendor's support or the next engineer. */
export async function bundleRun(run: Run, options: BundleRunOptions): Promise<Bundle> {
  const { records, escalation, labelRoute, version } = options;
  const evidence = await keptEvidence(records, run);
  const thread = answerThread(run);
  const { history = [], impact } = escalation ?? {};
  const events = history.map((entry) => ({ at: entry.at, text: historyLine(entry, labelRoute) }));
  const threadLink = thread && openableLink(thread);
  return createBundle({ run, evidence, events, version, threadLink, impact }, { sha256 });
}

/** Uploads the bundle to a thread. Rejects with Slack's errors. */
export async function uploadBundle(
  client: webApi.WebClient,
  { channel, ts }: Pick<ThreadRef, 'channel' | 'ts'>,
  bundle: Bundle,
): Promise<void> {
  await client.filesUploadV2({
    channel_id: channel,
    thread_ts: ts,
    filename: bundle.filename,
    title: bundle.filename,
    file: Buffer.from(bundle.zip),
    initial_comment:
      'Everything about this answer, for support or the next engineer. `ticket.txt` is ready to paste.',
  });
}
