import type { ConfigBlock, ConfigScope, Setting } from '../../../engine/fortios/config/types.ts';
import type { DeviceState } from '../device-state.ts';
import { findSchema, listOptions } from '../schema/schemas.ts';
import type { Schema } from '../schema/types.ts';

/** Number of entries and objects that name this entry of the table, as FortiOS counts before it deletes one. */
export function countUses(state: DeviceState, scope: ConfigScope, table: string, key: string): number {
  return listVisibleScopes(state, scope)
    .flatMap((each) => state.blocks(each))
    .reduce((sum, block) => sum + findUses(state, block, findSchema(block.path), table, key), 0);
}

/** Whether this scope may refer to an entry of that name. A table that the backup does not show is not checked. */
export function entryExists(state: DeviceState, scope: ConfigScope, table: string, key: string): boolean {
  if (table === 'vdom') return key === 'root' || state.vdoms().includes(key);
  const tables = listVisibleScopes(state, scope).flatMap((each) => state.block(each, table) ?? []);
  return tables.some((block) => block.entries.some((entry) => entry.key === key));
}

function listVisibleScopes(state: DeviceState, scope: ConfigScope): readonly ConfigScope[] {
  const global: ConfigScope = { kind: 'global' };
  if (scope.kind === 'vdom') return [scope, global];
  if (scope.kind === 'none') return [scope];
  return [global, ...state.vdoms().map((name): ConfigScope => ({ kind: 'vdom', name }))];
}

function findUses(
  state: DeviceState,
  block: ConfigBlock,
  schema: Schema | undefined,
  table: string,
  key: string,
): number {
  if (!schema) return 0;
  const naming = listOptions(schema, state.version).filter(
    ({ type }) => type.kind === 'reference' && type.tables.includes(table),
  );
  const holders: readonly {
    readonly settings: readonly Setting[];
    readonly blocks: readonly ConfigBlock[];
  }[] = [block, ...block.entries];
  return holders.reduce((sum, holder) => {
    const named = naming.filter((option) =>
      holder.settings.some((each) => each.name === option.name && each.values.includes(key)),
    ).length;
    const inside = holder.blocks.reduce(
      (total, each) =>
        total +
        findUses(
          state,
          each,
          schema.blocks.find((known) => known.path === each.path),
          table,
          key,
        ),
      0,
    );
    return sum + named + inside;
  }, 0);
}
