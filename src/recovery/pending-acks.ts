import { pendingAckFor } from '../requests/pending-ack.ts';
import type { Run } from '../runs/run.ts';
import type { Records } from '../store/records.ts';
import {
  enqueueLateAnswer,
  MIN_AGE_MS,
  PENDING_STATES,
  type RecoveryOptions,
} from './recover-orphaned-runs.ts';

/** As it is stored. */
type StoredPendingAck = Pick<Run, 'id' | 'asker' | 'replyTo' | 'acceptedAt'>;

const SET = 'owed';
const RETENTION_MS = 24 * 3_600_000;
/** Reading a long thread may take minutes, where Slack gives out one page in each: who is at it says so. */
const REFRESH_INTERVAL_MS = 30_000;
/** Whoever is at it for longer hangs. */
const MAX_AGE_MS = 30 * 60_000;

/**
 * Before a request that takes long is acknowledged without being in the queue: writes down who waits, so that they hear
 * of it when this process dies in between. Nothing of what they asked or pasted is in it.
 */
export function createPendingAckRecorder(records: Records, now: () => number, againMs = REFRESH_INTERVAL_MS) {
  return async (body: unknown): Promise<(() => Promise<void>) | undefined> => {
    const owed = pendingAckFor(body);
    if (owed === undefined) return undefined;
    if (owed === 'nothing') return async () => {};
    const noted: StoredPendingAck = { ...owed, acceptedAt: now() };
    const member = JSON.stringify(noted);
    await records.note(SET, member, noted.acceptedAt, RETENTION_MS);
    let last: Promise<void> = Promise.resolve();
    const timer = setInterval(() => {
      if (now() - noted.acceptedAt > MAX_AGE_MS) clearInterval(timer);
      else last = records.note(SET, member, now(), RETENTION_MS).catch(() => undefined);
    }, againMs);
    timer.unref();
    return async () => {
      clearInterval(timer);
      await last;
      await records.forget(SET, member);
    };
  };
}

/** Says that a request was lost where no run came of it. Whoever still lives has struck it out by then. */
export async function recoverPendingAcks(
  options: RecoveryOptions & { readonly records: Records },
): Promise<number> {
  const { records, queue, runs, now, logger } = options;
  const at = now();
  let swept = 0;
  const all = await records.noted(SET, at - RETENTION_MS);
  const atWork = new Set(await records.noted(SET, at - MIN_AGE_MS));
  for (const member of all) {
    if (atWork.has(member)) continue;
    const owed = JSON.parse(member) as StoredPendingAck;
    const isTaken = (await runs.get(owed.id)) !== undefined || PENDING_STATES.has(await queue.state(owed.id));
    if (!isTaken && (await enqueueLateAnswer(owed, options))) {
      swept += 1;
      logger.warn({ run: owed.id }, 'request lost before it was enqueued');
    }
    await records.forget(SET, member);
  }
  return swept;
}
