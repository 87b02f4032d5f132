import { existsSync } from 'node:fs';
import { RULES } from '../../src/engine/rules/all-rules.ts';
import type { RuleId } from '../../src/engine/rules/rule-ids.ts';
import { type ClosedLoop, type RuleScenario, releasesSince } from './scenario.ts';

/** The closed loop of every rule with lines to type, from `test/engine/rules/<id>/closed-loop.ts`. */
export const CLOSED_LOOPS: ReadonlyMap<RuleId, ClosedLoop> = new Map(
  (await Promise.all(RULES.map(({ id }) => closedLoopOf(id)))).flat(),
);

export const SCENARIOS: readonly RuleScenario[] = [...CLOSED_LOOPS].flatMap(([rule, loop]) => {
  const defaults = {
    rule,
    ...(loop.since ? { releases: releasesSince(loop.since.release) } : {}),
    ...(loop.vdoms ? { vdoms: loop.vdoms } : {}),
  };
  return loop.scenarios.map((scenario) => ({ ...defaults, ...scenario }));
});

async function closedLoopOf(id: RuleId): Promise<readonly (readonly [RuleId, ClosedLoop])[]> {
  const url = new URL(`../engine/rules/${id}/closed-loop.ts`, import.meta.url);
  if (!existsSync(url)) return [];
  const { closedLoop } = (await import(/* @vite-ignore */ url.href)) as { readonly closedLoop?: ClosedLoop };
  if (!closedLoop) throw new Error(`test/engine/rules/${id}/closed-loop.ts exports no \`closedLoop\``);
  return [[id, closedLoop]];
}
