import { existsSync } from 'node:fs';
import { RULES } from '../../src/engine/rules/all-rules.ts';
import type { RuleId } from '../../src/engine/rules/rule-ids.ts';
import { type ClosedLoop, type RuleScenario, releasesSince } from './scenario.ts';

/** The closed loop of every rule, from `closed-loop.ts` in its folder. */
export const CLOSED_LOOPS: ReadonlyMap<RuleId, ClosedLoop> = new Map(
  await Promise.all(RULES.map(async ({ id }) => [id, await closedLoopOf(id)] as const)),
);

export const SCENARIOS: readonly RuleScenario[] = [...CLOSED_LOOPS].flatMap(([rule, loop]) =>
  loop.kind === 'no-cli-fix' ? [] : scenariosOf(rule, loop),
);

function scenariosOf(rule: RuleId, loop: Extract<ClosedLoop, { kind: 'cli-fix' }>): readonly RuleScenario[] {
  const defaults = {
    rule,
    ...(loop.since ? { releases: releasesSince(loop.since.release) } : {}),
    ...(loop.vdoms ? { vdoms: loop.vdoms } : {}),
  };
  return loop.scenarios.map((scenario) => ({ ...defaults, ...scenario }));
}

async function closedLoopOf(id: RuleId): Promise<ClosedLoop> {
  const url = new URL(`../../src/engine/rules/${id}/closed-loop.ts`, import.meta.url);
  if (!existsSync(url)) {
    throw new Error(
      `src/engine/rules/${id}/closed-loop.ts is missing: it says how a device is broken that the fix repairs, or why no line repairs it`,
    );
  }
  const { closedLoop } = (await import(/* @vite-ignore */ url.href)) as { readonly closedLoop?: ClosedLoop };
  if (!closedLoop) throw new Error(`src/engine/rules/${id}/closed-loop.ts exports no \`closedLoop\``);
  return closedLoop;
}
