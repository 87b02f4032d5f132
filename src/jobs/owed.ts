import { owedFor } from '../../handlers/owed.ts';
import type { Records } from '../runs/records.ts';
import type { Run } from '../runs/run.ts';
import { LIVE, OLDER_THAN_MS, type SweepOptions, speakLate } from './sweep.ts';

/** As it is stored. */
type Owed = Pick<Run, 'id' | 'asker' | 'replyTo' | 'acceptedAt'>;

const SET = 'owed';
const KEEP_MS = 24 * 3_600_000;
/** Reading a long thread may take minutes, where Slack gives out one page in each: who is at it says so. */
const AGAIN_MS = 30_000;
/** Whoever is at it for longer hangs. */
const LONGEST_MS = 30 * 60_000;

/**
 * Before a request that takes long is acknowledged without being in the queue: writes down who waits, so that they hear
 * of it when this process dies in between. Nothing of what they asked or pasted is in it.
 */
export function createOwe(records: Records, now: () => number, againMs = AGAIN_MS) {
  return async (body: unknown): Promise<(() => Promise<void>) | undefined> => {
    const owed = owedFor(body);
    if (owed === undefined) return undefined;
    if (owed === 'nothing') return async () => {};
    const noted: Owed = { ...owed, acceptedAt: now() };
    const member = JSON.stringify(noted);
    await records.note(SET, member, noted.acceptedAt, KEEP_MS);
    let last: Promise<void> = Promise.resolve();
    const timer = setInterval(() => {
      if (now() - noted.acceptedAt > LONGEST_MS) clearInterval(timer);
      else last = records.note(SET, member, now(), KEEP_MS).catch(() => undefined);
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
export async function sweepOwed(options: SweepOptions & { readonly records: Records }): Promise<number> {
  const { records, queue, runs, now, logger } = options;
  const at = now();
  let swept = 0;
  const all = await records.noted(SET, at - KEEP_MS);
  const atWork = new Set(await records.noted(SET, at - OLDER_THAN_MS));
  for (const member of all) {
    if (atWork.has(member)) continue;
    const owed = JSON.parse(member) as Owed;
    const isTaken = (await runs.get(owed.id)) !== undefined || LIVE.has(await queue.state(owed.id));
    if (!isTaken && (await speakLate(owed, options))) {
      swept += 1;
      logger.warn({ run: owed.id }, 'a request was lost before it was in the queue');
    }
    await records.forget(SET, member);
  }
  return swept;
}
