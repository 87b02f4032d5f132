import type { Device, Inventory } from './inventory-types.ts';

/** By alias, upper and lower case alike. Never by address: a name outside the inventory is not a device. */
export function findDevice(inventory: Inventory, name: string): Device | undefined {
  return inventory.devices.get(name.trim().toLowerCase());
}

const MAX_LENGTH = 64;

/** Of the aliases a person may use, those that may have been meant: best first, at most `limit`. */
export function nearAliases(aliases: readonly string[], name: string, limit = 3): readonly string[] {
  const wanted = name.trim().toLowerCase().slice(0, MAX_LENGTH);
  if (wanted === '') return [];
  return aliases
    .map((alias) => ({ alias, distance: likeness(wanted, alias.toLowerCase()) }))
    .filter(({ alias, distance }) => distance <= Math.max(2, Math.floor(alias.length / 3)))
    .sort((a, b) => a.distance - b.distance || a.alias.localeCompare(b.alias))
    .slice(0, limit)
    .map(({ alias }) => alias);
}

/** People shorten (`branch-07` for `fgt-branch-07`) more often than they mistype. */
function likeness(wanted: string, alias: string): number {
  if (wanted.length >= 3 && (alias.includes(wanted) || wanted.includes(alias))) return 1;
  return editDistance(wanted, alias);
}

/** Levenshtein; both words are short. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const substitution = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(substitution, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}
