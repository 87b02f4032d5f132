import type { Setting } from '../../../engine/fortios/config/types.ts';
import type { FortiosVersion } from '../../../engine/fortios/version.ts';
import { expand } from '../abbreviation.ts';
import {
  badValue,
  type CheckedValue,
  checkValue,
  isMany,
  isRefused,
  UNSAFE,
  unsafe,
} from '../check-value.ts';
import { type CliReply, incomplete, NOTHING, parseErrorBefore } from '../reply.ts';
import { getDefault, shownOptions } from '../schema/schemas.ts';
import type { OptionSchema, Schema } from '../schema/types.ts';
import { getValues } from './draft.ts';

export interface EditTarget {
  readonly holder: { settings: Setting[] };
  /** `undefined` if anything is accepted. */
  readonly schema: Schema | undefined;
  readonly version: FortiosVersion;
  readonly exists: (table: string, key: string) => boolean;
}

export type SettingVerb = 'set' | 'append' | 'select' | 'unselect' | 'unset';

/** One `set`, `append`, `select`, `unselect` or `unset` line, without its verb. */
export function editSetting(target: EditTarget, verb: SettingVerb, words: readonly string[]): CliReply {
  const [typed, ...values] = words;
  if (typed === undefined) return incomplete();
  const option = findOption(target, typed);
  if (!option) return parseErrorBefore(typed);
  if (verb === 'unset') {
    if (values[0] !== undefined) return parseErrorBefore(values[0]);
    remove(target.holder, option.name);
    return NOTHING;
  }
  if (values.length === 0) return incomplete();
  if (verb !== 'set' && !isList(option)) return parseErrorBefore(typed);
  const checked = checkValue(option, values, target.version, target.exists);
  if (isRefused(checked)) return checked.refused;
  store(target, option, verb, checked);
  return NOTHING;
}

function store(target: EditTarget, option: OptionSchema, verb: SettingVerb, given: CheckedValue): void {
  const { holder, version } = target;
  const now = getValues(holder, option.name);
  const before = now.length > 0 ? now : (getDefault(option, version)?.split(' ') ?? []).filter(Boolean);
  const values =
    verb === 'append'
      ? [...before, ...given.values.filter((each) => !before.includes(each))]
      : verb === 'unselect'
        ? before.filter((each) => !given.values.includes(each))
        : given.values;
  const joined = values.join(' ');
  const initial = getDefault(option, version);
  if (values.length === 0 || joined === initial) {
    remove(holder, option.name);
    return;
  }
  const printed =
    verb === 'append' || verb === 'unselect' ? printAgain(target, option, values) : given.printed;
  const next: Setting = {
    verb: 'set',
    name: option.name,
    values,
    line: 0,
    text: `set ${option.name} ${printed}`,
  };
  const at = holder.settings.findLastIndex((each) => each.name === option.name);
  if (at === -1) holder.settings.push(next);
  else holder.settings.splice(at, 1, next);
}

function printAgain(target: EditTarget, option: OptionSchema, values: readonly string[]): string {
  const checked = checkValue(option, values, target.version, () => true);
  return isRefused(checked) ? values.join(' ') : checked.printed;
}

function remove(holder: { settings: Setting[] }, name: string): void {
  holder.settings = holder.settings.filter((each) => each.name !== name);
}

/** By its name or the beginning of it; a name in the backup is accepted even if the schema does not contain it. */
function findOption({ schema, version, holder }: EditTarget, typed: string): OptionSchema | undefined {
  if (!schema || schema.options.length === 0) return { name: typed, type: { kind: 'any' } };
  const known = shownOptions(schema, version, holder.settings);
  const named = new Set(schema.options.map((each) => each.name));
  const held = holder.settings.map((each) => each.name).filter((name) => !named.has(name));
  const name = expand(typed, [...known.map((each) => each.name), ...held]);
  if (name === undefined) return undefined;
  return known.find((each) => each.name === name) ?? { name, type: { kind: 'any' } };
}

function isList({ type }: OptionSchema): boolean {
  return type.kind === 'any' || isMany(type);
}

/** A key a new entry can have: a number where entries are numbered, else a name of at most 79 characters. */
export function refuseKey(schema: Schema | undefined, key: string): CliReply | undefined {
  if (schema?.key === 'number' && !/^\d{1,10}$/.test(key)) return badValue(key);
  if (UNSAFE.test(key)) return unsafe(key);
  return key === '' || key.length > 79 ? badValue(key) : undefined;
}
