import type { SweepBaseline } from '../runs/sweep-baseline.ts';
import type { Records } from './records.ts';

/** Data stored about a sweep for the next one. */
export interface SweepStore {
  /** Id of the group check that ran last; undefined before the first. */
  current(name: string): Promise<string | undefined>;
  setCurrent(name: string, run: string): Promise<void>;
  baseline(name: string): Promise<SweepBaseline | undefined>;
  setBaseline(name: string, baseline: SweepBaseline): Promise<void>;
  /** When its devices had all been read, the last time; in milliseconds since the Unix epoch. */
  doneAt(name: string): Promise<number | undefined>;
  recordDone(name: string): Promise<void>;
  /** Names with a schedule, sorted. */
  scheduled(): Promise<readonly string[]>;
  recordScheduled(name: string): Promise<void>;
  forget(name: string): Promise<void>;
}

const KEEP_MS = 400 * 24 * 3_600_000;
const SET = 'sweeps';
const MAX_ATTEMPTS = 5;

/** `now`: milliseconds since the Unix epoch. */
export function createSweepStore(records: Records, now: () => number): SweepStore {
  async function replace(key: string, text: string): Promise<void> {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      const stored = await records.get(key);
      if (await records.put(key, text, stored?.version ?? 0, KEEP_MS)) return;
    }
    throw new Error(`${key} was changed by others during ${MAX_ATTEMPTS} attempts to write it`);
  }

  return {
    current: async (name) => (await records.get(`sweep-run:${name}`))?.text,
    setCurrent: (name, run) => replace(`sweep-run:${name}`, run),
    async baseline(name) {
      const stored = await records.get(`sweep-baseline:${name}`);
      return stored === undefined ? undefined : (JSON.parse(stored.text) as SweepBaseline);
    },
    setBaseline: (name, baseline) => replace(`sweep-baseline:${name}`, JSON.stringify(baseline)),
    async doneAt(name) {
      const stored = await records.get(`sweep-done:${name}`);
      return stored === undefined ? undefined : Number(stored.text);
    },
    recordDone: (name) => replace(`sweep-done:${name}`, String(now())),
    async scheduled() {
      return (await records.membersSince(SET, now() - KEEP_MS)).toSorted();
    },
    recordScheduled: (name) => records.addMember(SET, name, now(), KEEP_MS),
    forget: (name) => records.removeMember(SET, name),
  };
}
