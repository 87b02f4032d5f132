import { owedFor } from '../../handlers/owed.ts';
import type { Records } from '../runs/records.ts';
import type { Run } from '../runs/run.ts';
import { LIVE, OLDER_THAN_MS, type SweepOptions, speakLate } from './sweep.ts';

/** As it is stored. */
type Owed = Pick<Run, 'id' | 'asker' | 'replyTo' | 'acceptedAt'>;

const SET = 'owed';
const KEEP_MS = 24 * 3_600_000;

/**
 * Before a request that takes long is acknowledged without being in the queue: writes down who waits, so that they hear
 * of it when this process dies in between. Nothing of what they asked or pasted is in it.
 */
export function createOwe(records: Records, now: () => number) {
  return async (body: unknown): Promise<(() => Promise<void>) | undefined> => {
    const owed = owedFor(body);
    if (owed === undefined) return undefined;
    if (owed === 'nothing') return async () => {};
    const noted: Owed = { ...owed, acceptedAt: now() };
    const member = JSON.stringify(noted);
    await records.note(SET, member, noted.acceptedAt, KEEP_MS);
    return () => records.forget(SET, member);
  };
}

/** Says that a request was lost where no run came of it. Whoever still lives has struck it out by then. */
export async function sweepOwed(options: SweepOptions & { readonly records: Records }): Promise<number> {
  const { records, queue, runs, now, logger } = options;
  const at = now();
  let swept = 0;
  for (const member of await records.noted(SET, at - KEEP_MS)) {
    const owed = JSON.parse(member) as Owed;
    if (owed.acceptedAt > at - OLDER_THAN_MS) continue;
    const isTaken = (await runs.get(owed.id)) !== undefined || LIVE.has(await queue.state(owed.id));
    if (!isTaken && (await speakLate(owed, options))) {
      swept += 1;
      logger.warn({ run: owed.id }, 'a request was lost before it was in the queue');
    }
    await records.forget(SET, member);
  }
  return swept;
}
