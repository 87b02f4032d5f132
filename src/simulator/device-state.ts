import { parseConfig } from '../fortios/config/parse.ts';
import type { ConfigBlock, ConfigEntry, ConfigScope, Setting } from '../fortios/config/types.ts';
import { type FortiosVersion, parseVersion } from '../fortios/version.ts';

/** One configuration line that changed something, as it was typed. */
export interface ConfigWrite {
  readonly scope: ConfigScope;
  /** `system ftm-push`; `vdom` when a VDOM was created. */
  readonly path: string;
  readonly line: string;
}

/** What the look-alike is: an ordinary backup, and what was done to it since. */
export interface DeviceState {
  readonly modelCode: string;
  readonly version: FortiosVersion;
  readonly multiVdom: boolean;
  readonly vdoms: () => readonly string[];
  readonly createVdom: (name: string) => void;
  readonly blocks: (scope: ConfigScope) => readonly ConfigBlock[];
  readonly block: (scope: ConfigScope, path: string) => ConfigBlock | undefined;
  /** The last value a setting has; quotes resolved. */
  readonly value: (scope: ConfigScope, path: string, name: string) => string | undefined;
  /** Merges one whole `config … end`, typed in this scope. */
  readonly apply: (scope: ConfigScope, script: readonly string[]) => void;
  readonly remove: (scope: ConfigScope, path: string, key: string) => void;
}

const FALLBACK_VERSION: FortiosVersion = { major: 7, minor: 2, patch: 8, build: 1639 };

/** `configText` is a backup; without its header line a FortiGate-VM64 with FortiOS 7.2.8 is assumed. */
export function createDeviceState(configText: string): DeviceState {
  const document = parseConfig(configText.split('\n'));
  const { header } = document;
  const parsed = header && parseVersion(header.version);
  const multiVdom = header?.multiVdom ?? document.vdoms.length > 0;
  const vdoms = multiVdom && document.vdoms.length === 0 ? ['root'] : [...document.vdoms];
  let blocks: readonly ConfigBlock[] = document.blocks;

  const at = (scope: ConfigScope) => blocks.filter((block) => sameScope(block.scope, scope));
  const find = (scope: ConfigScope, path: string) => at(scope).find((block) => block.path === path);

  function merge(block: ConfigBlock): void {
    const known = find(block.scope, block.path);
    blocks = known
      ? blocks.map((each) => (each === known ? mergeBlock(each, block) : each))
      : [...blocks, mergeBlock({ ...block, settings: [], entries: [], blocks: [] }, block)];
  }

  return {
    modelCode: header?.model ?? 'FGVM64',
    version: parsed ? { ...parsed, build: Number(header.build) } : FALLBACK_VERSION,
    multiVdom,
    vdoms: () => vdoms,
    createVdom: (name) => {
      vdoms.push(name);
    },
    blocks: at,
    block: find,
    value: (scope, path, name) =>
      find(scope, path)
        ?.settings.findLast((each) => each.name === name)
        ?.values.join(' '),
    apply(scope, script) {
      for (const block of parseConfig(script).blocks) merge({ ...block, scope });
    },
    remove(scope, path, key) {
      const known = find(scope, path);
      blocks = blocks.map((each) =>
        each === known ? { ...each, entries: each.entries.filter((entry) => entry.key !== key) } : each,
      );
    },
  };
}

function sameScope(a: ConfigScope, b: ConfigScope): boolean {
  return a.kind === b.kind && (a.kind !== 'vdom' || b.kind !== 'vdom' || a.name === b.name);
}

function mergeBlock(into: ConfigBlock, from: ConfigBlock): ConfigBlock {
  return {
    ...into,
    settings: mergeSettings(into.settings, from.settings),
    blocks: mergeBlocks(into.blocks, from.blocks),
    entries: mergeEntries(into.entries, from.entries),
  };
}

function mergeBlocks(into: readonly ConfigBlock[], from: readonly ConfigBlock[]): readonly ConfigBlock[] {
  let merged = into;
  for (const block of from) {
    const known = merged.find((each) => each.path === block.path);
    merged = known
      ? merged.map((each) => (each === known ? mergeBlock(each, block) : each))
      : [...merged, mergeBlock({ ...block, settings: [], entries: [], blocks: [] }, block)];
  }
  return merged;
}

function mergeEntries(into: readonly ConfigEntry[], from: readonly ConfigEntry[]): readonly ConfigEntry[] {
  let merged = into;
  for (const entry of from) {
    const known = merged.find((each) => each.key === entry.key);
    const settings = mergeSettings(known?.settings ?? [], entry.settings);
    const blocks = mergeBlocks(known?.blocks ?? [], entry.blocks);
    merged = known
      ? merged.map((each) => (each === known ? { ...each, settings, blocks } : each))
      : [...merged, { ...entry, key: newKey(entry.key, merged), settings, blocks }];
  }
  return merged;
}

/** `edit 0` takes the next free number. */
function newKey(key: string, entries: readonly ConfigEntry[]): string {
  if (key !== '0') return key;
  return String(Math.max(0, ...entries.map((each) => Number(each.key) || 0)) + 1);
}

function mergeSettings(into: readonly Setting[], from: readonly Setting[]): readonly Setting[] {
  let merged = into;
  for (const next of from) {
    const known = merged.find((each) => each.name === next.name);
    const others = merged.filter((each) => each !== known);
    if (next.verb === 'unset') merged = others;
    else if (next.verb === 'set' || !known) merged = [...others, { ...next, verb: 'set', text: '' }];
    else merged = [...others, { ...known, text: '', values: listAfter(known.values, next) }];
    if (next.verb === 'set') merged = keepText(merged, next);
  }
  return merged;
}

function listAfter(values: readonly string[], { verb, values: given }: Setting): readonly string[] {
  if (verb === 'append') return [...values, ...given];
  if (verb === 'unselect') return values.filter((value) => !given.includes(value));
  return given;
}

/** A `set` line is printed back as it was typed: what FortiOS quotes depends on its schema. */
function keepText(settings: readonly Setting[], typed: Setting): readonly Setting[] {
  return settings.map((each) => (each.name === typed.name ? { ...each, text: typed.text } : each));
}
