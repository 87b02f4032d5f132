import type { Quote } from '../../evidence/types.ts';
import type { Sourced } from '../fact.ts';
import type { FactKey, Facts } from '../facts.ts';

/** What a setting is about, in the order in which changes matter to push. */
export const CHANGE_AREAS = [
  'device',
  'firmware',
  'push-service',
  'admin-ports',
  'certificate',
  'interfaces',
  'ha',
  'timers',
  'policies',
  'ssl-vpn',
  'administrators',
  'users',
  'other',
] as const;
export type ChangeArea = (typeof CHANGE_AREAS)[number];

export interface ComparedSetting {
  readonly area: ChangeArea;
  /** FortiOS's name: `admin-sport`. */
  readonly name: string;
  /** Empty if it is not set. */
  readonly value: string;
  /**
   * No line shows it: `value` is FortiOS's default, or for `unsure` at best a guess. A backup leaves out defaults that
   * `show full-configuration` prints.
   */
  readonly absent?: 'default' | 'unsure';
  readonly quotes: readonly Quote[];
}

/** An object or a table entry of a configuration. */
export interface ConfigObject {
  readonly area: ChangeArea;
  /** `system global`, `system interface wan1`; empty for what no `config` holds. */
  readonly place: string;
  readonly vdom?: string;
  /** Every device has it, and with these values no text needs to show it. */
  readonly unused?: true;
  readonly settings: readonly ComparedSetting[];
}

/** What one fact shows, as settings. */
export interface SettingGroup {
  readonly fact: FactKey;
  /** In the words of a reader: `interfaces`. */
  readonly what: string;
  readonly objects: readonly ConfigObject[];
  /** VDOMs whose objects the evidence does not show. */
  readonly unread?: readonly string[];
  /** Why an object that is not listed may exist. */
  readonly partial?: string;
  /** Why the evidence does not show it. */
  readonly unknown?: string;
  /** It only matters where other settings name its entries: not worth a word if neither text shows it. */
  readonly isNamedByOthers?: true;
}

/**
 * What a comparison shows of each field of a value; a text says why it shows nothing. Every field has to be here, so that
 * a field added to a fact cannot change unnoticed.
 */
export type FieldsOf<T> = {
  readonly [F in keyof T]-?: string | ((value: T) => ComparedSetting | readonly ComparedSetting[]);
};

export function showFields<T>(fields: FieldsOf<T>, value: T): readonly ComparedSetting[] {
  return Object.values<FieldsOf<T>[keyof T]>(fields).flatMap((show) =>
    typeof show === 'function' ? show(value) : [],
  );
}

/** Reads from the facts what a comparison shows. */
export type ShowSettings = (facts: Facts) => SettingGroup;

type Value = string | number | boolean | readonly string[];

export function sourced(area: ChangeArea, name: string, of: Sourced<Value> | undefined): ComparedSetting {
  if (of === undefined) return { area, name, value: '', absent: 'default', quotes: [] };
  const { value, explicit, quotes } = of;
  return { area, name, value: textOf(value), ...(explicit ? {} : { absent: 'default' }), quotes };
}

/** A setting whose default depends on a version that is not known, or is not certain. */
export function unsureDefault(setting: ComparedSetting): ComparedSetting {
  return setting.absent === undefined ? setting : { ...setting, absent: 'unsure' };
}

export function unsourced(
  area: ChangeArea,
  name: string,
  value: Value | undefined,
  quotes: readonly Quote[] = [],
): ComparedSetting {
  return { area, name, value: value === undefined ? '' : textOf(value), quotes };
}

/** FortiOS gives the order of lists no meaning. */
function textOf(value: Value): string {
  if (typeof value === 'boolean') return value ? 'enable' : 'disable';
  if (typeof value === 'object') return value.toSorted().join(' ');
  return String(value);
}
