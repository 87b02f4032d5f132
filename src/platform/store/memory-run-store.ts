import type { Run } from '../runs/run.ts';
import { fieldsOfPatch, fieldsOfRun, getThread, KEEP_RUNS_MS, runFromFields } from './run-fields.ts';
import type { RunStore } from './run-store.ts';

/** `now`: milliseconds since the Unix epoch. */
export function createMemoryRunStore({ keepMs = KEEP_RUNS_MS, now = Date.now } = {}): RunStore {
  const runs = new Map<string, Record<string, string>>();
  const leases = new Map<string, { readonly owner: string; readonly until: number }>();

  function read(id: string): Run | undefined {
    const run = runFromFields(runs.get(id) ?? {});
    if (run === undefined || run.acceptedAt + keepMs > now()) return run;
    runs.delete(id);
    leases.delete(id);
    return undefined;
  }

  function newest(limit: number, wanted: (run: Run) => boolean): readonly Run[] {
    return [...runs.keys()]
      .flatMap((id) => read(id) ?? [])
      .filter(wanted)
      .sort((a, b) => b.acceptedAt - a.acceptedAt || (a.id < b.id ? 1 : -1))
      .slice(0, Math.max(0, limit));
  }

  return {
    async create(run) {
      const first = read(run.id);
      if (first !== undefined) return first;
      runs.set(run.id, fieldsOfRun(run));
      return read(run.id) ?? run;
    },
    get: async (id) => read(id),
    async update(id, patch) {
      if (read(id) !== undefined) runs.set(id, { ...runs.get(id), ...fieldsOfPatch(patch) });
    },
    async acquireLease(id, owner, forMs) {
      if (read(id) === undefined) return 'gone';
      const before = leases.get(id);
      if (before !== undefined && before.owner !== owner && before.until > now()) return 'held';
      leases.set(id, { owner, until: now() + forMs });
      return before === undefined ? 'first' : 'again';
    },
    async releaseLease(id, owner) {
      if (leases.get(id)?.owner === owner) leases.set(id, { owner, until: 0 });
    },
    byAsker: async (asker, limit) => newest(limit, (run) => run.asker.id === asker),
    byDevice: async (alias, limit) => newest(limit, (run) => run.alias === alias),
    byThread: async (channel, thread, limit) =>
      newest(limit, (run) => run.replyTo.channel === channel && getThread(run) === thread),
    unanswered: async ({ from, until }, limit) => {
      const waits = ({ answeredAt, acceptedAt }: Run): boolean =>
        answeredAt === undefined && acceptedAt >= from && acceptedAt <= until;
      return newest(Number.POSITIVE_INFINITY, waits).toReversed().slice(0, Math.max(0, limit));
    },
    close: async () => runs.clear(),
  };
}
