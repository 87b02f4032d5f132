import type { ConfigBlock, ConfigScope, Setting } from '../../../engine/fortios/config/types.ts';

/** A block that is being edited; `next` and `end` will store it. */
export interface DraftBlock {
  path: string;
  scope: ConfigScope;
  line: number;
  text: string;
  settings: Setting[];
  entries: DraftEntry[];
  blocks: DraftBlock[];
  closed: boolean;
}

export interface DraftEntry {
  key: string;
  line: number;
  text: string;
  settings: Setting[];
  blocks: DraftBlock[];
  closed: boolean;
}

export function toDraft(block: ConfigBlock): DraftBlock {
  // A deep copy of plain data has the same shape; only `readonly` is lost.
  return structuredClone(block) as DraftBlock;
}

export function emptyBlock(path: string, scope: ConfigScope): DraftBlock {
  return {
    path,
    scope,
    line: 0,
    text: `config ${path}`,
    settings: [],
    entries: [],
    blocks: [],
    closed: true,
  };
}

export function emptyEntry(key: string): DraftEntry {
  return { key, line: 0, text: '', settings: [], blocks: [], closed: true };
}

/** The words of the last line that sets this name. */
export function getValues(
  holder: { readonly settings: readonly Setting[] },
  name: string,
): readonly string[] {
  return holder.settings.findLast((each) => each.name === name)?.values ?? [];
}
