import type { ConfigBlock, ConfigScope, Setting } from '../../engine/fortios/config/types.ts';
import { type FortiosVersion, formatVersion } from '../../engine/fortios/version.ts';
import { quote } from './check-value.ts';
import { emptyBlock } from './config/draft.ts';
import { renderBlock } from './config/render.ts';
import type { DeviceState } from './device-state.ts';
import { findSchema, getDefault, shownOptions } from './schema/schemas.ts';
import type { OptionSchema, Schema } from './schema/types.ts';

/** `show [full-configuration] <path> [key]`; an object or table without lines prints its empty block. */
export function showPath(
  state: DeviceState,
  scope: ConfigScope,
  path: string,
  options: { readonly full: boolean; readonly key?: string },
): string[] | undefined {
  const configured = state.block(scope, path) ?? emptyBlock(path, scope);
  const block = showBlock(configured, state.version, options.full);
  if (options.key === undefined) return renderBlock(block).split('\n');
  const entry = block.entries.find((each) => each.key === options.key);
  return entry && renderBlock({ ...block, settings: [], blocks: [], entries: [entry] }).split('\n');
}

/** `get <path>`: `key : value` of an object, `== [ key ]` of a table. */
export function getPath(state: DeviceState, scope: ConfigScope, path: string): string[] {
  const block = showBlock(state.block(scope, path) ?? emptyBlock(path, scope), state.version, true);
  if (block.entries.length > 0) {
    return block.entries.flatMap((entry) => [`== [ ${entry.key} ]`, `name: ${entry.key}    `]);
  }
  return block.settings.map((each) => `${each.name.padEnd(20)}: ${each.values.join(' ')}`);
}

/** The whole configuration of a scope, with the header if the CLI is at its root. */
export function showAll(
  state: DeviceState,
  scope: ConfigScope,
  { full, leaveOut = [] }: { readonly full: boolean; readonly leaveOut?: readonly string[] },
): string[] {
  const render = (block: ConfigBlock) => renderBlock(showBlock(block, state.version, full)).split('\n');
  const inScope = (each: ConfigScope) =>
    state
      .blocks(each)
      .filter((block) => !leaveOut.includes(block.path))
      .flatMap(render);
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

/** The lines that FortiOS prints of a block: without hidden ones, and with defaults if `full`. */
export function showBlock(block: ConfigBlock, version: FortiosVersion, full: boolean): ConfigBlock {
  const schema = findSchema(block.path);
  return schema ? showKnownBlock(block, schema, version, full) : block;
}

function showKnownBlock(
  block: ConfigBlock,
  schema: Schema,
  version: FortiosVersion,
  full: boolean,
): ConfigBlock {
  const inside = (blocks: readonly ConfigBlock[]) =>
    blocks.map((each) => {
      const known = schema.blocks.find((one) => one.path === each.path);
      return known ? showKnownBlock(each, known, version, full) : each;
    });
  const show = (settings: readonly Setting[]) =>
    full ? addDefaults(settings, schema, version) : withoutHidden(settings, schema, version);
  if (schema.key === undefined) {
    return { ...block, settings: show(block.settings), blocks: inside(block.blocks) };
  }
  const entries = block.entries.map((entry) => ({
    ...entry,
    settings: show(entry.settings),
    blocks: inside(entry.blocks),
  }));
  return { ...block, entries };
}

/** In the order of the schema; settings that the schema does not contain come last. */
function addDefaults(
  settings: readonly Setting[],
  schema: Schema,
  version: FortiosVersion,
): readonly Setting[] {
  const placed = shownOptions(schema, version, settings).flatMap((option) => {
    const held = settings.findLast((each) => each.name === option.name);
    if (held) return [held];
    const initial = getDefault(option, version);
    return initial === undefined ? [] : [defaultSetting(option, initial)];
  });
  const rest = withoutHidden(settings, schema, version).filter(
    (each) => !placed.some((other) => other.name === each.name),
  );
  return [...placed, ...rest];
}

function withoutHidden(
  settings: readonly Setting[],
  schema: Schema,
  version: FortiosVersion,
): readonly Setting[] {
  const options = shownOptions(schema, version, settings);
  return settings.filter(
    ({ name }) =>
      options.some((each) => each.name === name) ||
      !schema.options.some((each) => each.name === name && each.when !== undefined),
  );
}

function defaultSetting({ name, type }: OptionSchema, initial: string): Setting {
  const strings = type.kind === 'text' || type.kind === 'reference';
  const values = strings ? [initial] : initial.split(' ');
  return { verb: 'set', name, values, line: 0, text: `set ${name} ${strings ? quote(initial) : initial}` };
}
