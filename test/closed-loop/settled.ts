import type { ConfigBlock, Setting } from '../../src/engine/fortios/config/types.ts';
import type { DeviceState } from '../../src/stand-ins/fortigate/device-state.ts';
import { showBlock } from '../../src/stand-ins/fortigate/show.ts';

/** Lists in which the order says nothing; what is taken out and put back stands at the end. */
const SETS = new Set(['allowaccess', 'member']);

/** The configuration as a set of lines with their place: FortiOS may print one entry's lines in another order. */
export function settled(state: DeviceState): readonly string[] {
  const scopes = state.multiVdom
    ? ([{ kind: 'global' }, ...state.vdoms().map((name) => ({ kind: 'vdom', name }) as const)] as const)
    : ([{ kind: 'none' }] as const);
  return scopes
    .flatMap((scope) => state.blocks(scope))
    .map((block) => showBlock(block, state.version, false))
    .flatMap((block) => [...linesOf(block.path, block), ...orderOf(block)])
    .sort();
}

function linesOf(place: string, block: ConfigBlock): readonly string[] {
  return [
    ...settingsOf(place, block),
    ...block.blocks.flatMap((inner) => linesOf(`${place} > ${inner.path}`, inner)),
    ...block.entries.flatMap((entry) => {
      const here = `${place} ${entry.key}`;
      return [
        here,
        ...settingsOf(here, entry),
        ...entry.blocks.flatMap((inner) => linesOf(`${here} > ${inner.path}`, inner)),
      ];
    }),
  ];
}

function settingsOf(place: string, holder: { readonly settings: readonly Setting[] }): readonly string[] {
  return holder.settings.map(({ name, values }) => {
    const words = SETS.has(name) ? values.toSorted() : values;
    return `${place}: ${name} ${words.join(' ')}`;
  });
}

/** Policies are read from the top: which comes first is part of what they say. */
function orderOf({ path, entries }: ConfigBlock): readonly string[] {
  return path.endsWith('policy') ? [`${path} in order: ${entries.map((each) => each.key).join(' ')}`] : [];
}
