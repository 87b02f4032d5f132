import type { ConfigBlock, ConfigEntry, Setting } from './types.ts';

/**
 * The value of a setting after all lines took effect: the last `set` wins, a later `unset` removes it, `append` and
 * `unselect` change the list. Line and text are those of the line that set it.
 */
export function setting(holder: ConfigBlock | ConfigEntry, name: string): Setting | undefined {
  let current: Setting | undefined;
  for (const each of holder.settings) {
    if (each.name === name) current = apply(current, each);
  }
  return current;
}

/** The entries of a table inside an object or entry: `config match` of a user group. */
export function entriesIn(holder: ConfigBlock | ConfigEntry, path: string): readonly ConfigEntry[] {
  return holder.blocks.find((each) => each.path === path)?.entries ?? [];
}

function apply(current: Setting | undefined, next: Setting): Setting | undefined {
  switch (next.verb) {
    case 'set':
    case 'select':
      return next;
    case 'unset':
      return undefined;
    case 'append':
      return current ? { ...current, values: [...current.values, ...next.values] } : next;
    case 'unselect':
      return (
        current && { ...current, values: current.values.filter((value) => !next.values.includes(value)) }
      );
    default:
      return next.verb satisfies never;
  }
}
