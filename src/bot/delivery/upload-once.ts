import type { Run } from '../../platform/runs/run.ts';
import { callSlack, type Settled } from './call-slack.ts';
import { findMessage } from './find-posted.ts';
import type { LeaseOptions } from './run-lease.ts';
import type { PostedMessage, UploadedFile } from './slack-port.ts';

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
