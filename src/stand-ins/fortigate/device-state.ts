import { parseConfig } from '../../engine/fortios/config/parse.ts';
import type { ConfigBlock, ConfigEntry, ConfigScope } from '../../engine/fortios/config/types.ts';
import { type FortiosVersion, parseVersion } from '../../engine/fortios/version.ts';

/** One configuration line that changed something, as it was typed. */
export interface ConfigWrite {
  readonly scope: ConfigScope;
  /** `system ftm-push`; `vdom` when a VDOM was created. */
  readonly path: string;
  readonly line: string;
}

/** State of the simulated device: an ordinary backup, and the changes made to it since. */
export interface DeviceState {
  readonly modelCode: string;
  readonly version: FortiosVersion;
  readonly multiVdom: boolean;
  readonly vdoms: () => readonly string[];
  readonly createVdom: (name: string) => void;
  readonly deleteVdom: (name: string) => void;
  readonly blocks: (scope: ConfigScope) => readonly ConfigBlock[];
  readonly block: (scope: ConfigScope, path: string) => ConfigBlock | undefined;
  /** The last value of a setting; quotes resolved. */
  readonly value: (scope: ConfigScope, path: string, name: string) => string | undefined;
  /** Value of a global setting, in whichever scope this device stores it. */
  readonly setting: (path: string, name: string) => string | undefined;
  /** Stores a block in place of the one with its scope and path. */
  readonly replace: (block: ConfigBlock) => void;
}

const FALLBACK_VERSION: FortiosVersion = { major: 7, minor: 2, patch: 8, build: 1639 };

/**
 * `configText` is a backup; without its header line a FortiGate-VM64 with FortiOS 7.2.8 is assumed. `release`
 * replaces the one in the header.
 */
export function createDeviceState(configText: string, release?: FortiosVersion): DeviceState {
  const document = parseConfig(configText.split('\n'));
  const { header } = document;
  const parsed = header && parseVersion(header.version);
  const multiVdom = header?.multiVdom ?? document.vdoms.length > 0;
  const vdoms = multiVdom && document.vdoms.length === 0 ? ['root'] : [...document.vdoms];
  let blocks: readonly ConfigBlock[] = mergeBlocks(document.blocks.map(plainBlock));

  const at = (scope: ConfigScope) => blocks.filter((block) => sameScope(block.scope, scope));
  const find = (scope: ConfigScope, path: string) => at(scope).find((block) => block.path === path);

  const value = (scope: ConfigScope, path: string, name: string) =>
    find(scope, path)
      ?.settings.findLast((each) => each.name === name)
      ?.values.join(' ');

  return {
    modelCode: header?.model ?? 'FGVM64',
    version: release ?? (parsed ? { ...parsed, build: Number(header.build) } : FALLBACK_VERSION),
    multiVdom,
    vdoms: () => vdoms,
    createVdom: (name) => {
      vdoms.push(name);
    },
    deleteVdom: (name) => {
      const index = vdoms.indexOf(name);
      if (index >= 0) vdoms.splice(index, 1);
    },
    blocks: at,
    block: find,
    value,
    setting: (path, name) => value(multiVdom ? { kind: 'global' } : { kind: 'none' }, path, name),
    replace(block) {
      const known = find(block.scope, block.path);
      blocks = known ? blocks.map((each) => (each === known ? block : each)) : [...blocks, block];
    },
  };
}

/** A parsed block reads its parts from the text when asked. The device changes blocks by spreading them, so it keeps plain ones. */
function plainBlock(block: ConfigBlock): ConfigBlock {
  const { path, scope, entries } = block;
  return { ...plainHolder(block), path, scope, entries: entries.map(plainEntry) };
}

function plainEntry(entry: ConfigEntry): ConfigEntry {
  return { ...plainHolder(entry), key: entry.key };
}

function plainHolder({ line, text, settings, blocks, closed, end, abridged }: ConfigBlock | ConfigEntry) {
  return { line, text, settings, blocks: blocks.map(plainBlock), closed, end, abridged };
}

/** Blocks with the same path are merged, as FortiOS does when it loads both. */
function mergeBlocks(blocks: readonly ConfigBlock[]): readonly ConfigBlock[] {
  const known: ConfigBlock[] = [];
  for (const block of blocks) {
    const at = known.findIndex((each) => each.path === block.path && sameScope(each.scope, block.scope));
    const first = known[at];
    if (!first) known.push(block);
    else {
      const again = new Set(block.entries.map((each) => each.key));
      known[at] = {
        ...first,
        settings: [...first.settings, ...block.settings],
        blocks: [...first.blocks, ...block.blocks],
        entries: [...first.entries.filter((each) => !again.has(each.key)), ...block.entries],
      };
    }
  }
  return known;
}

function sameScope(a: ConfigScope, b: ConfigScope): boolean {
  return a.kind === b.kind && (a.kind !== 'vdom' || b.kind !== 'vdom' || a.name === b.name);
}
