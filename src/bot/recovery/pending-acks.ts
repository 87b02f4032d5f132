import type { Run } from '../../platform/runs/run.ts';
import type { Records } from '../../platform/store/records.ts';
import { pendingAckFor } from '../requests/pending-ack.ts';
import { enqueueLateAnswer, isPending, MIN_AGE_MS, type RecoveryOptions } from './recover-orphaned-runs.ts';

/** The stored form. */
type StoredPendingAck = Pick<Run, 'id' | 'asker' | 'replyTo' | 'acceptedAt'>;

/** The old name: it is stored. */
const SET = 'owed';
const RETENTION_MS = 24 * 3_600_000;
/**
 * Reading a long thread may take minutes, because Slack limits how fast pages are read; the process refreshes its
 * entry meanwhile.
 */
const REFRESH_INTERVAL_MS = 30_000;
/** An older request counts as hanging. */
const MAX_AGE_MS = 30 * 60_000;

/**
 * Records who waits for a request that is acknowledged before it is in the queue, so that the person is notified if
 * this process crashes in between. The record holds nothing of the request's text.
 */
export function createPendingAckRecorder(
  records: Records,
  now: () => number,
  intervalMs = REFRESH_INTERVAL_MS,
) {
  return async (body: unknown): Promise<(() => Promise<void>) | undefined> => {
    const pending = pendingAckFor(body);
    if (pending === undefined) return undefined;
    if (pending === 'nothing') return async () => {};
    const stored: StoredPendingAck = { ...pending, acceptedAt: now() };
    const member = JSON.stringify(stored);
    await records.addMember(SET, member, stored.acceptedAt, RETENTION_MS);
    let last: Promise<void> = Promise.resolve();
    const timer = setInterval(() => {
      if (now() - stored.acceptedAt > MAX_AGE_MS) clearInterval(timer);
      else last = records.addMember(SET, member, now(), RETENTION_MS).catch(() => undefined);
    }, intervalMs);
    timer.unref();
    return async () => {
      clearInterval(timer);
      await last;
      await records.removeMember(SET, member);
    };
  };
}

/** Notifies people whose request was lost without a run. A living process has cleared its entry by then. */
export async function recoverPendingAcks(
  options: RecoveryOptions & { readonly records: Records },
): Promise<number> {
  const { records, queue, runs, now, logger } = options;
  const at = now();
  let recovered = 0;
  const all = await records.membersSince(SET, at - RETENTION_MS);
  const recent = new Set(await records.membersSince(SET, at - MIN_AGE_MS));
  for (const member of all) {
    if (recent.has(member)) continue;
    const pending = JSON.parse(member) as StoredPendingAck;
    const isAccepted = (await runs.get(pending.id)) !== undefined || (await isPending(pending.id, queue));
    if (!isAccepted && (await enqueueLateAnswer(pending, options))) {
      recovered += 1;
      logger.warn({ run: pending.id }, 'request lost before it was enqueued');
    }
    await records.removeMember(SET, member);
  }
  return recovered;
}
