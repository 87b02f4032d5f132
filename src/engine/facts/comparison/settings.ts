import type { Quote } from '../../evidence/types.ts';
import type { Sourced } from '../fact.ts';

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

/** One setting, under FortiOS's name of it; of the area of its object by default. */
export interface FieldSetting<V> {
  readonly name: string;
  readonly area?: ChangeArea | undefined;
  show(area: ChangeArea, name: string, of: V): ComparedSetting | readonly ComparedSetting[];
}

type Value = string | number | boolean | readonly string[];

export function compareSourced(
  area: ChangeArea,
  name: string,
  of: Sourced<Value> | undefined,
): ComparedSetting {
  if (of === undefined) return { area, name, value: '', absent: 'default', quotes: [] };
  const { value, explicit, quotes } = of;
  return { area, name, value: valueText(value), ...(explicit ? {} : { absent: 'default' }), quotes };
}

export function unsureDefault(setting: ComparedSetting): ComparedSetting {
  return setting.absent === undefined ? setting : { ...setting, absent: 'unsure' };
}

export function compareUnsourced(
  area: ChangeArea,
  name: string,
  value: Value | undefined,
  quotes: readonly Quote[] = [],
): ComparedSetting {
  return { area, name, value: value === undefined ? '' : valueText(value), quotes };
}

/** FortiOS gives the order of lists no meaning. */
function valueText(value: Value): string {
  if (typeof value === 'boolean') return value ? 'enable' : 'disable';
  if (typeof value === 'object') return value.toSorted().join(' ');
  return String(value);
}
