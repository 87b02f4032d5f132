import { type Fact, valueIfKnown } from '../../facts/fact.ts';
import type { Facts } from '../../facts/facts.ts';
import type { RoutingTable } from '../../facts/network/routing-table.ts';
import type { RuleContext } from '../rule.ts';

/** The default routes of a VDOM; `undefined` if the evidence does not show them, or not of which VDOM they are. */
export function listDefaultRoutes(
  vdom: string | undefined,
  tables: Fact<readonly RoutingTable[]>,
  { vdomMode }: Pick<RuleContext, 'vdomMode'>,
): RoutingTable | undefined {
  const all = valueIfKnown(tables) ?? [];
  if (vdomMode !== 'single' && vdom !== undefined) {
    const own = all.find((each) => each.vdom === vdom);
    if (own || vdomMode === 'multi') return own;
  }
  if (vdomMode === 'multi') return undefined;
  return all.length === 1 && all[0]?.vdom === undefined ? all[0] : undefined;
}

/** The VDOM from which pushes leave; `undefined` if several are possible. */
export function pushVdom(
  { global }: Pick<Facts, 'global'>,
  { vdomMode }: Pick<RuleContext, 'vdomMode'>,
): string | undefined {
  const set = valueIfKnown(global)?.managementVdom.value;
  return set || (vdomMode === 'multi' && global.state !== 'known' ? undefined : 'root');
}

/** The interfaces of these routes, each once. */
export function listExits({ routes }: Pick<RoutingTable, 'routes'>): readonly string[] {
  return [...new Set(routes.map((route) => route.interface))];
}
