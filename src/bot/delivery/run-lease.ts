import { randomUUID } from 'node:crypto';
import { FtmError } from '../../engine/ftm-error.ts';
import type { Run } from '../../platform/runs/run.ts';
import type { SlackPort, SlackResult } from './slack-port.ts';
import type { DeliveryOptions, PlacedRun } from './types.ts';

/** A run while its lease is held here: no other process, and no other caller in this one, posts for it. */
export interface LeasedRun {
  readonly run: Run;
  /** No process held the lease before, so nothing can have been posted. */
  readonly isFirst: boolean;
  /** Call it before any step that Slack may have delayed for longer than the lease lasts. */
  readonly renew: () => Promise<void>;
}

/** Thrown if another process holds the lease now. That process posts; this one waits for it. */
const LEASE_LOST = new Error('another process has the lease for this answer');

/**
 * Longer than a call to Slack may take (10 s), so that after expiry the message of a crashed process is there or
 * never will be.
 */
const LEASE_MS = 20_000;
const POLL_INTERVAL_MS = 250;
/** Longer than any live process can hold the lease. */
const TIMEOUT_MS = 5 * 60_000;

/** Serialises work on one run across callers and processes: each sees what the one before it stored. */
export async function withLease<T>(
  known: Run,
  { runs, clock, logger }: DeliveryOptions,
  work: (leased: LeasedRun) => Promise<T>,
): Promise<T> {
  const { id } = known;
  const owner = randomUUID();
  const acquire = () => runs.acquireLease(id, owner, LEASE_MS);
  for (;;) {
    const isFirst = (await waitForTurn()) === 'first';
    try {
      const run = (await runs.get(id)) ?? known;
      return await work({ run, isFirst, renew });
    } catch (error) {
      if (error !== LEASE_LOST) throw error;
    } finally {
      await releaseLease(id, owner, { runs, logger });
    }
  }

  async function waitForTurn() {
    for (let waited = 0; waited < TIMEOUT_MS; waited += POLL_INTERVAL_MS) {
      const lease = await acquire();
      if (lease !== 'held') return lease;
      // The process that posted may still be editing (`editUnderLease`).
      await clock.sleep(POLL_INTERVAL_MS);
    }
    throw new FtmError('ftm_slack_failed', 'Another process failed to open the answer.', { retryable: true });
  }
  async function renew(): Promise<void> {
    if ((await acquire()) === 'held') throw LEASE_LOST;
  }
}

/** A lease that cannot be released expires by itself. */
async function releaseLease(
  id: string,
  owner: string,
  { runs, logger }: Pick<DeliveryOptions, 'runs' | 'logger'>,
): Promise<void> {
  await runs.releaseLease(id, owner).catch((error: unknown) => {
    logger.warn({ run: id, err: error }, 'lease not released: it expires');
  });
}

/**
 * Edits a message that another process may answer at any moment: only while there is no outcome, and under the run's
 * lease. The process that answers stores the outcome first and then waits for the lease, so no edit comes after the
 * answer.
 */
export async function editUnderLease(
  id: string,
  options: DeliveryOptions,
  edit: (run: PlacedRun) => Promise<SlackResult<null>>,
): Promise<SlackResult<null> | undefined> {
  const { runs } = options;
  // This process may be the one that answers: it must wait for the edit too.
  const owner = randomUUID();
  if (requireEditable(await runs.get(id)) === undefined) return undefined;
  const turn = await runs.acquireLease(id, owner, LEASE_MS);
  if (turn === 'held' || turn === 'gone') return undefined;
  try {
    const run = requireEditable(await runs.get(id));
    return run && (await edit(run));
  } finally {
    await releaseLease(id, owner, options);
  }
}

/** A run whose message may still be edited. */
function requireEditable(run: Run | undefined): PlacedRun | undefined {
  if (run?.answerTs === undefined || run.outcome !== undefined || run.answeredAt !== undefined)
    return undefined;
  return { ...run, answerTs: run.answerTs };
}

export function editMessage(
  { id: runId, replyTo: { channel, team }, answerTs: ts }: PlacedRun,
  message: Pick<Parameters<SlackPort['update']>[0], 'text' | 'blocks'>,
  { slack }: DeliveryOptions,
): Promise<SlackResult<null>> {
  return slack(team).update({ channel, ts, ...message, mark: { runId, role: 'answer' } });
}
