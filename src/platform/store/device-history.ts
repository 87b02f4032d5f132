import { z } from 'zod';
import { parseJson } from '../../engine/text/parse-json.ts';
import {
  MAX_CHECKS,
  type NewCheck,
  openCauses,
  type PastCheck,
  pastCheckSchema,
} from '../runs/past-check.ts';
import { type Records, updateRecord } from './records.ts';

const DEVICES = 'history-devices';

const checksSchema = z.array(pastCheckSchema);

/** `now`: milliseconds since the Unix epoch. */
export function createDeviceHistory(
  records: Records,
  { keepMs, now }: { readonly keepMs: number; readonly now: () => number },
) {
  function recent(text: string | undefined): readonly PastCheck[] {
    const since = now() - keepMs;
    return (checksSchema.safeParse(parseJson(text)).data ?? []).filter(({ at }) => at > since);
  }

  return {
    /** Adding the same run again changes nothing. */
    async add(alias: string, { excluded = new Set(), ...check }: NewCheck) {
      const written = updateRecord(records, historyKey(alias), keepMs, (text) => {
        const checks = recent(text);
        if (checks.some(({ run }) => run === check.run)) return undefined;
        const open = openCauses(checks.filter(({ at }) => at < check.at)).keys();
        const repaired = [...open].filter((rule) => excluded.has(rule));
        const added: PastCheck = repaired.length === 0 ? check : { ...check, repaired };
        return JSON.stringify([...checks, added].toSorted((a, b) => a.at - b.at).slice(-MAX_CHECKS));
      });
      await Promise.all([written, records.addMember(DEVICES, alias, now(), keepMs)]);
    },
    /** Oldest first; at most `MAX_CHECKS`. */
    read: async (alias: string) => recent((await records.get(historyKey(alias)))?.text),
    async devices() {
      return (await records.membersSince(DEVICES, now() - keepMs)).toSorted();
    },
  };
}

/** The checks of each device, for a limited time: when, by whom, and with what result. */
export type DeviceHistory = ReturnType<typeof createDeviceHistory>;

function historyKey(alias: string): string {
  return `history:${alias}`;
}
