import { randomUUID } from 'node:crypto';
import { FtmError } from '../../engine/ftm-error.ts';
import type { Run } from '../../platform/runs/run.ts';
import type { SlackPort, SlackResult } from './slack-port.ts';
import type { DeliveryOptions, PlacedRun, Placeholder } from './types.ts';

export interface LeaseOptions extends DeliveryOptions {
  /** Identifies this process among all that post answers. */
  readonly owner: string;
}

export interface Lease {
  readonly state: 'ours';
  readonly run: Run;
  /** No process held the lease before, so nothing can have been posted. */
  readonly isFirst: boolean;
}

/** Thrown if another process holds the lease now. That process posts; this one waits for it. */
export const LEASE_LOST = new Error('another process has the lease for this answer');

/**
 * Longer than a call to Slack may take (10 s), so that after expiry the message of a crashed process is there or
 * never will be.
 */
export const LEASE_MS = 20_000;
const POLL_INTERVAL_MS = 250;
/** Longer than any live process can hold the lease. */
const TIMEOUT_MS = 5 * 60_000;

/** Waits until no other process holds the lease. `posted`: the message was posted before. */
export async function acquireLease(
  known: Run,
  options: LeaseOptions,
): Promise<Lease | { readonly state: 'posted'; readonly placeholder: Placeholder }> {
  const { run, isFirst } = await waitForLease(known, options);
  const placeholder = postedPlaceholder(run);
  if (placeholder === undefined) return { state: 'ours', run, isFirst };
  await options.runs.releaseLease(known.id, options.owner);
  return { state: 'posted', placeholder };
}

/**
 * Serialises work on one run across callers and processes: each sees what the one before it stored. `work` calls
 * `renew` before any step that Slack may have delayed.
 */
export async function withLease<T>(
  known: Run,
  options: LeaseOptions,
  work: (run: Run, renew: () => Promise<void>) => Promise<T>,
): Promise<T> {
  // Callers within this process exclude each other too.
  const mine = { ...options, owner: `${options.owner}.${randomUUID()}` };
  for (;;) {
    const { run } = await waitForLease(known, mine);
    try {
      return await work(run, () => renewLease(run, mine));
    } catch (error) {
      if (error !== LEASE_LOST) throw error;
    } finally {
      await releaseLease(known, mine);
    }
  }
}

async function waitForLease(
  known: Run,
  { runs, clock, owner }: LeaseOptions,
): Promise<{ readonly run: Run; readonly isFirst: boolean }> {
  for (let waited = 0; waited < TIMEOUT_MS; waited += POLL_INTERVAL_MS) {
    const lease = await runs.acquireLease(known.id, owner, LEASE_MS);
    if (lease !== 'held') return { run: (await runs.get(known.id)) ?? known, isFirst: lease === 'first' };
    // The process that posted may still be editing (`editUnderLease`).
    await clock.sleep(POLL_INTERVAL_MS);
  }
  throw new FtmError('ftm_slack_failed', 'Another process failed to open the answer.', { retryable: true });
}

/** Throws `LEASE_LOST`. */
export async function renewLease({ id }: Run, { runs, owner }: LeaseOptions): Promise<void> {
  if ((await runs.acquireLease(id, owner, LEASE_MS)) === 'held') throw LEASE_LOST;
}

/** A lease that cannot be released expires by itself. */
export async function releaseLease({ id }: Run, { runs, logger, owner }: LeaseOptions): Promise<void> {
  await runs.releaseLease(id, owner).catch((error: unknown) => {
    logger.warn({ run: id, err: error }, 'lease not released: it expires');
  });
}

function postedPlaceholder(run: Run): Placeholder | undefined {
  if (run.answeredAt !== undefined) return { state: 'already-answered', run };
  return run.answerTs === undefined ? undefined : { state: 'ready', run: { ...run, answerTs: run.answerTs } };
}

/**
 * Edits a message that another process may answer at any moment: only while there is no outcome, and under the run's
 * lease. The process that answers stores the outcome first and then waits for the lease, so no edit comes after the
 * answer.
 */
export async function editUnderLease(
  id: string,
  options: LeaseOptions,
  edit: (run: PlacedRun) => Promise<SlackResult<null>>,
): Promise<SlackResult<null> | undefined> {
  const { runs, owner } = options;
  // A separate owner, because this process may be the one that answers.
  const editor = { ...options, owner: `${owner}.edit` };
  const known = await runs.get(id);
  if (known?.answerTs === undefined || isAnswered(known)) return undefined;
  const turn = await runs.acquireLease(id, editor.owner, LEASE_MS);
  if (turn === 'held' || turn === 'gone') return undefined;
  try {
    const run = await runs.get(id);
    if (run?.answerTs === undefined || isAnswered(run)) return undefined;
    return await edit({ ...run, answerTs: run.answerTs });
  } finally {
    await releaseLease(known, editor);
  }
}

/** Edits the message that becomes the answer. */
export function editMessage(
  { id: runId, replyTo: { channel, team }, answerTs: ts }: PlacedRun,
  message: Pick<Parameters<SlackPort['update']>[0], 'text' | 'blocks'>,
  { slack }: LeaseOptions,
): Promise<SlackResult<null>> {
  return slack(team).update({ channel, ts, ...message, mark: { runId, role: 'answer' } });
}

function isAnswered({ outcome, answeredAt }: Run): boolean {
  return outcome !== undefined || answeredAt !== undefined;
}
