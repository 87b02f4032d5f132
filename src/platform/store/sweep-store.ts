import type { SweepBaseline } from '../runs/group.ts';
import { type Records, updateRecord } from './records.ts';

const KEEP_MS = 400 * 24 * 3_600_000;
const SET = 'sweeps';

/** `now`: milliseconds since the Unix epoch. */
export function createSweepStore(records: Records, now: () => number) {
  async function replace(key: string, text: string): Promise<void> {
    await updateRecord(records, key, KEEP_MS, () => text);
  }

  return {
    /** Id of the group check that ran last; undefined before the first. */
    current: async (name: string) => (await records.get(`sweep-run:${name}`))?.text,
    setCurrent: (name: string, run: string) => replace(`sweep-run:${name}`, run),
    async baseline(name: string) {
      const stored = await records.get(`sweep-baseline:${name}`);
      return stored === undefined ? undefined : (JSON.parse(stored.text) as SweepBaseline);
    },
    setBaseline: (name: string, baseline: SweepBaseline) =>
      replace(`sweep-baseline:${name}`, JSON.stringify(baseline)),
    /** When its devices had all been read, the last time; in milliseconds since the Unix epoch. */
    async doneAt(name: string) {
      const stored = await records.get(`sweep-done:${name}`);
      return stored === undefined ? undefined : Number(stored.text);
    },
    recordDone: (name: string) => replace(`sweep-done:${name}`, String(now())),
    async scheduled() {
      return (await records.membersSince(SET, now() - KEEP_MS)).toSorted();
    },
    recordScheduled: (name: string) => records.addMember(SET, name, now(), KEEP_MS),
    forget: (name: string) => records.removeMember(SET, name),
  };
}

/** Data stored about a sweep for the next one. */
export type SweepStore = ReturnType<typeof createSweepStore>;
