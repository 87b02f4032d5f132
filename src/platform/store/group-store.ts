import type { MemberRow } from '../runs/group.ts';
import type { RunOutcome } from '../runs/run.ts';
import { outcomeSchema } from '../runs/run-schema.ts';
import { packText, unpackText } from './packed-text.ts';
import type { Records } from './records.ts';

/** A row with one finding has 375 characters. */
const KEEP_ROWS_MS = 7 * 24 * 3_600_000;
/** The diagnosis of the built-in branch-07 is 5.6 KB packed: 28 MB of Redis for 5,000 devices. */
export const KEEP_OUTCOMES_MS = 24 * 3_600_000;
/** No packed diagnosis is as large; data of another writer to Redis may be. Bytes. */
const MAX_UNPACKED = 16_000_000;

export function createGroupStore(records: Records) {
  return {
    /** Stores the devices; those of the first call stay. `aliases` empty: reads them. Undefined if there are none. */
    async open(run: string, aliases: readonly string[]) {
      if (aliases.length > 0) await records.put(rosterKey(run), JSON.stringify(aliases), 0, KEEP_ROWS_MS);
      const stored = await records.get(rosterKey(run));
      return stored === undefined ? undefined : (JSON.parse(stored.text) as readonly string[]);
    },
    /** `keepMs`: of the outcome. Resolves with the number of devices that have a result. */
    async add(run: string, row: MemberRow, outcome?: RunOutcome, keepMs = KEEP_OUTCOMES_MS) {
      // Together: a row whose outcome is missing would look like one that expired.
      const beside = outcome && {
        key: outcomeKey(run, row.number),
        text: await packText(JSON.stringify(outcome)),
        keepMs,
      };
      return await records.addField(rowsKey(run), `${row.number}`, JSON.stringify(row), KEEP_ROWS_MS, beside);
    },
    /** Number of devices that have a result. */
    count: (run: string) => records.countFields(rowsKey(run)),
    /** In the order of the roster. */
    async rows(run: string) {
      const stored = [...(await records.fields(rowsKey(run))).values()];
      return stored.map(parseRow).toSorted((one, other) => one.number - other.number);
    },
    async row(run: string, number: number) {
      const stored = await records.field(rowsKey(run), `${number}`);
      return stored === undefined ? undefined : parseRow(stored);
    },
    /** The diagnosis of a device, or why there is none; undefined once it expired. */
    async outcome(run: string, number: number) {
      const stored = await records.get(outcomeKey(run, number));
      return stored === undefined ? undefined : await unpack(stored.text);
    },
    /** `reason` is for people. The first one stays. */
    async cancel(run: string, reason: string) {
      await records.put(cancelKey(run), reason, 0, KEEP_ROWS_MS);
    },
    cancelled: async (run: string) => (await records.get(cancelKey(run)))?.text,
  };
}

/** Devices and results of group checks. The first result of a device stays. */
export type GroupStore = ReturnType<typeof createGroupStore>;

async function unpack(text: string): Promise<RunOutcome | undefined> {
  const read = outcomeSchema.safeParse(JSON.parse(await unpackText(text, MAX_UNPACKED)));
  return read.success && read.data.kind !== 'group' ? read.data : undefined;
}

function parseRow(text: string): MemberRow {
  return JSON.parse(text) as MemberRow;
}

const rosterKey = (run: string): string => `group:${run}`;
const rowsKey = (run: string): string => `group-rows:${run}`;
const outcomeKey = (run: string, number: number): string => `group-outcome:${run}.${number}`;
const cancelKey = (run: string): string => `group-cancelled:${run}`;
