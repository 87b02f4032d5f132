import { z } from 'zod';
import type { HealthySettings } from '../../engine/diagnosis/changes/since-healthy.ts';
import { CHANGE_AREAS } from '../../engine/facts/comparison/settings.ts';
import type { SettingGroup } from '../../engine/facts/comparison/table.ts';
import { packText, unpackText } from './packed-text.ts';
import { type Records, updateRecord } from './records.ts';

/** The settings of each device when it was last healthy, for a limited time. */
export type HealthySettingsStore = ReturnType<typeof createHealthySettingsStore>;

/** Of one device, packed. The settings of a device with 50 users and 100 policies take about 3 KB. */
const MAX_BYTES = 64 * 1024;
const MAX_UNPACKED = 4 * 1024 * 1024;

/** As stored: quotes are left out, because their lines have no meaning for another reading. */
const settingsSchema = z.object({
  at: z.number(),
  groups: z.array(
    z.object({
      fact: z.string().transform((fact) => fact as SettingGroup['fact']),
      what: z.string(),
      unread: z.array(z.string()).exactOptional(),
      partial: z.string().exactOptional(),
      unknown: z.string().exactOptional(),
      objects: z.array(
        z.object({
          area: z.enum(CHANGE_AREAS),
          place: z.string(),
          vdom: z.string().exactOptional(),
          unused: z.literal(true).exactOptional(),
          settings: z.array(
            z
              .object({ area: z.enum(CHANGE_AREAS), name: z.string(), value: z.string() })
              .transform((setting) => ({ ...setting, quotes: [] })),
          ),
        }),
      ),
    }),
  ),
});

export function createHealthySettingsStore(records: Records, keepMs: number) {
  return {
    /** Replaces older settings. False if they are too large to be stored. */
    async save(alias: string, vdom: string | undefined, { at, groups }: HealthySettings) {
      const text = await packText(JSON.stringify({ at, groups: groups.map(withoutQuotes) }));
      if (text.length > MAX_BYTES) return false;
      await updateRecord(records, settingsKey(alias, vdom), keepMs, async (stored) =>
        stored !== undefined && ((await unpack(stored))?.at ?? 0) >= at ? undefined : text,
      );
      return true;
    },
    /** Settings of the last healthy check that asked for the same VDOM. */
    async last(alias: string, vdom: string | undefined) {
      const stored = await records.get(settingsKey(alias, vdom));
      return stored && (await unpack(stored.text));
    },
  };
}

function withoutQuotes({ objects, ...group }: SettingGroup) {
  const kept = objects.map(({ settings, ...object }) => ({
    ...object,
    settings: settings.map(({ area, name, value }) => ({ area, name, value })),
  }));
  return { ...group, objects: kept };
}

/** Undefined for data of another version in another form. */
async function unpack(text: string): Promise<HealthySettings | undefined> {
  try {
    const read = settingsSchema.safeParse(JSON.parse(await unpackText(text, MAX_UNPACKED)));
    return read.success ? read.data : undefined;
  } catch {
    return undefined;
  }
}

/** No alias and no name of a VDOM contains a slash. */
function settingsKey(alias: string, vdom: string | undefined): string {
  return `settings:${alias}${vdom === undefined ? '' : `/${vdom}`}`;
}
