import { setting } from '../../fortios/config/find.ts';
import type { ConfigBlock, ConfigEntry } from '../../fortios/config/types.ts';
import { findPlaceholder, withoutPlaceholders } from '../../fortios/placeholder.ts';
import type { Sourced } from '../fact.ts';
import type { PlacedBlock } from './config-view.ts';

export type Holder = ConfigBlock | ConfigEntry;

/**
 * The words of `set <name> …` without placeholders, or the default, quoted with the first and last line of the block
 * that would hold it.
 */
export function wordsSetting(
  placed: PlacedBlock,
  holder: Holder,
  name: string,
  fallback: readonly string[],
): Sourced<readonly string[]> {
  const found = setting(holder, name);
  if (!found) return { value: fallback, explicit: false, quotes: placed.bounds(holder) };
  return { value: withoutPlaceholders(found.values), explicit: true, quotes: [placed.quote(found)] };
}

export function wordSetting(
  placed: PlacedBlock,
  holder: Holder,
  name: string,
  fallback: string,
): Sourced<string> {
  const found = setting(holder, name);
  if (!found) return { value: fallback, explicit: false, quotes: placed.bounds(holder) };
  const value = withoutPlaceholders(found.values).join(' ').trim();
  return { value, explicit: true, quotes: [placed.quote(found)] };
}

/** Set to a value; for a placeholder the value is empty and the line says why. */
export function isSet(field: Sourced<string> | undefined): field is Sourced<string> {
  if (!field) return false;
  return field.value !== '' || field.quotes.some(({ text }) => findPlaceholder(text) !== undefined);
}

/** A number, or the default if the line is absent or holds no number. */
export function numberSetting(
  placed: PlacedBlock,
  holder: Holder,
  name: string,
  fallback: number,
): Sourced<number> {
  const found = wordSetting(placed, holder, name, String(fallback));
  const value = Number(found.value);
  return Number.isInteger(value)
    ? { ...found, value }
    : { value: fallback, explicit: false, quotes: found.quotes };
}

export function flagSetting(
  placed: PlacedBlock,
  holder: Holder,
  name: string,
  fallback: boolean,
): Sourced<boolean> {
  const found = wordSetting(placed, holder, name, fallback ? 'enable' : 'disable');
  return { ...found, value: found.value === 'enable' };
}
