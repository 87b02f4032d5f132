import type { Quote } from '../../evidence/types.ts';
import type { FactKey, Facts, FactValues } from '../facts.ts';
import {
  type ChangeArea,
  type ComparedSetting,
  type FieldsOf,
  type SettingGroup,
  showFields,
  unsourced,
} from './settings.ts';

/** Facts that are lists. */
export type TableFact = {
  [K in FactKey]: FactValues[K] extends readonly (infer _)[] ? K : never;
}[FactKey];
type EntryOf<K extends TableFact> = FactValues[K] extends readonly (infer E)[] ? E : never;

interface Table<K extends TableFact> {
  readonly fact: K;
  readonly area: ChangeArea;
  /** `firewall vip`; also the name of its entries if the table is not known. */
  readonly path: string;
  /** Absent for an object that each VDOM has once. */
  readonly nameOf?: (entry: EntryOf<K>) => string;
  /** Whether such an object has no effect, and FortiOS may leave it out. */
  readonly isUnused?: (entry: EntryOf<K>) => boolean;
  /** Its entries only matter where others name them: a table that neither text shows is not worth a word. */
  readonly isNamedByOthers?: true;
  readonly fields: FieldsOf<EntryOf<K>>;
}

interface Entry {
  readonly vdom?: string;
  /** There may be others. */
  readonly partial?: true;
}

export function status(area: ChangeArea, isEnabled: boolean, quotes: readonly Quote[] = []): ComparedSetting {
  return unsourced(area, 'status', isEnabled, quotes);
}

export const IDENTITY = 'names the entry';
export const PLACE = 'is where the entry stands';
export const OF_THE_TEXT = 'says what the text shows, not what the device has';
export const WITH_ANOTHER = 'is shown with another field';

/** A table of a configuration as a function that reads it from the facts. */
export function comparedTable<K extends TableFact>(description: Table<K>) {
  const { fact: key, area, path, nameOf, isUnused, isNamedByOthers } = description;
  return (facts: Facts): SettingGroup => {
    const fact = facts[key];
    const known = { fact: key, what: path, ...(isNamedByOthers && { isNamedByOthers }) };
    if (fact.state !== 'known') return { ...known, objects: [], unknown: fact.reason };
    const entries = fact.value as readonly (EntryOf<K> & Entry)[];
    const objects = entries.map((entry) => ({
      area,
      place: nameOf === undefined ? path : `${path} ${nameOf(entry)}`,
      // The VDOM of an interface is a setting, and not where its entry is.
      vdom: key === 'interfaces' ? undefined : entry.vdom,
      ...(isUnused?.(entry) ? { unused: true as const } : {}),
      settings: showFields<EntryOf<K>>(description.fields, entry),
    }));
    const isPartial = fact.partial !== undefined || entries.some(({ partial }) => partial);
    const partial = fact.partial ?? 'the evidence shows single entries';
    return { ...known, objects, ...(isPartial ? { partial } : {}) };
  };
}
