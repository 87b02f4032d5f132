import { renderBlock } from '../fortios/config/render.ts';
import type { ConfigBlock, ConfigEntry, ConfigScope, Setting } from '../fortios/config/types.ts';
import { formatVersion } from '../fortios/version.ts';
import { type Defaults, entryDefaults, objectDefaults } from './defaults.ts';
import type { DeviceState } from './device-state.ts';

/** `show [full-configuration] <path> [key]`; an object or table without lines prints its empty frame. */
export function showPath(
  state: DeviceState,
  scope: ConfigScope,
  path: string,
  options: { readonly full: boolean; readonly key?: string },
): string[] | undefined {
  const configured = state.block(scope, path) ?? emptyBlock(path, scope);
  const block = options.full ? withDefaults(configured, state) : configured;
  if (options.key === undefined) return renderBlock(block).split('\n');
  const entry = block.entries.find((each) => each.key === options.key);
  return entry && renderBlock({ ...block, settings: [], blocks: [], entries: [entry] }).split('\n');
}

/** `get <path>`: `key : value` of an object, `== [ key ]` of a table. */
export function getPath(state: DeviceState, scope: ConfigScope, path: string): string[] {
  const block = withDefaults(state.block(scope, path) ?? emptyBlock(path, scope), state);
  if (block.entries.length > 0) {
    return block.entries.flatMap((entry) => [`== [ ${entry.key} ]`, `name: ${entry.key}    `]);
  }
  return block.settings.map((each) => `${each.name.padEnd(20)}: ${each.values.join(' ')}`);
}

/** The whole configuration of a scope, with the header where the CLI stands at its root. */
export function showAll(state: DeviceState, scope: ConfigScope, full: boolean): string[] {
  const render = (block: ConfigBlock) => renderBlock(full ? withDefaults(block, state) : block).split('\n');
  const inScope = (each: ConfigScope) => state.blocks(each).flatMap(render);
  if (scope.kind !== 'none') return inScope(scope);
  if (!state.multiVdom) return [...header(state), ...inScope(scope)];
  return [
    ...header(state),
    'config vdom',
    ...state.vdoms().flatMap((name) => [`edit ${name}`, 'next']),
    'end',
    '',
    'config global',
    ...inScope({ kind: 'global' }),
    'end',
    '',
    ...state
      .vdoms()
      .flatMap((name) => ['config vdom', `edit ${name}`, ...inScope({ kind: 'vdom', name }), 'end', '']),
  ];
}

function header(state: DeviceState): string[] {
  const build = String(state.version.build ?? 0).padStart(4, '0');
  const vdom = state.multiVdom ? 1 : 0;
  return [
    `#config-version=${state.modelCode}-${formatVersion(state.version)}-FW-build${build}-250101:opmode=0:vdom=${vdom}:user=admin`,
    '#conf_file_ver=1000000000000000',
    `#buildno=${build}`,
    `#global_vdom=${vdom}`,
  ];
}

function withDefaults(block: ConfigBlock, state: DeviceState): ConfigBlock {
  const defaults = objectDefaults(block.path, state.version);
  return {
    ...block,
    settings: fillIn(block.settings, defaults),
    entries: block.entries.map(
      (entry): ConfigEntry => ({ ...entry, settings: fillIn(entry.settings, entryDefaults(block.path)) }),
    ),
  };
}

/** Defaults first, each at its place in the schema; what the schema here does not know comes after. */
function fillIn(settings: readonly Setting[], defaults: Defaults): readonly Setting[] {
  const filled = defaults.map(
    ([name, value]) => settings.find((each) => each.name === name) ?? defaultSetting(name, value),
  );
  return [...filled, ...settings.filter((each) => !filled.includes(each))];
}

function defaultSetting(name: string, value: string): Setting {
  return { verb: 'set', name, values: [value.replaceAll('"', '')], line: 0, text: `set ${name} ${value}` };
}

function emptyBlock(path: string, scope: ConfigScope): ConfigBlock {
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
