import type { Section } from '../../evidence/types.ts';
import type { ConfigView, PlacedEntry } from '../config/config-view.ts';
import { notSeen, wordSetting, wordsSetting } from '../config/reading.ts';
import { tableFact } from '../config/table.ts';
import type { Facts } from '../facts.ts';

const MIDNIGHT = '00:00';

/** Reads the schedules that policies refer to. */
export function readSchedules(
  sections: readonly Section[],
  view: ConfigView,
): Pick<Facts, 'recurringSchedules' | 'onetimeSchedules' | 'scheduleGroups'> {
  return {
    recurringSchedules: tableFact(
      view,
      'firewall schedule recurring',
      (placed) => ({
        ...named(placed),
        days: wordsSetting(placed, placed.entry, 'day', []).value.filter((day) => day !== 'none'),
        start: wordSetting(placed, placed.entry, 'start', MIDNIGHT).value,
        end: wordSetting(placed, placed.entry, 'end', MIDNIGHT).value,
      }),
      () => notSeen('recurringSchedules', sections),
    ),
    onetimeSchedules: tableFact(
      view,
      'firewall schedule onetime',
      (placed) => ({
        ...named(placed),
        start: wordSetting(placed, placed.entry, 'start', '').value,
        end: wordSetting(placed, placed.entry, 'end', '').value,
      }),
      () => notSeen('onetimeSchedules', sections),
    ),
    scheduleGroups: tableFact(
      view,
      'firewall schedule group',
      (placed) => ({ ...named(placed), members: wordsSetting(placed, placed.entry, 'member', []).value }),
      () => notSeen('scheduleGroups', sections),
    ),
  };
}

function named({ entry, vdom }: PlacedEntry): { readonly name: string; readonly vdom?: string } {
  return { name: entry.key, vdom };
}
