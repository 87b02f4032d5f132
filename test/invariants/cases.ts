import type { CaseFocus } from '../../src/engine/diagnosis/diagnose.ts';
import type { EvidenceItem } from '../../src/engine/evidence/types.ts';
import { type CommandId, commandSpec, isKnownTo } from '../../src/engine/fortios/commands.ts';
import { RULES } from '../../src/engine/rules/all-rules.ts';
import { collectionPlan } from '../../src/engine/rules/collection-plan.ts';
import { versionOf } from '../closed-loop/device.ts';
import { casesOf, createTestDevice } from '../closed-loop/loop.ts';
import { deviceView, type RuleScenario } from '../closed-loop/scenario.ts';
import { SCENARIOS } from '../closed-loop/scenarios.ts';
import { AMOUNT, sampleOf } from '../support/amount.ts';
import { FIXTURE_PATHS, readFixture } from '../support/rule-fixtures.ts';

/** `npm run invariants`: every release and every lost answer, which takes minutes. */
export const isLong = AMOUNT === 'everything';

export interface Example {
  readonly name: string;
  readonly items: readonly EvidenceItem[];
  readonly focus: CaseFocus;
}

const READ_AT = Date.parse('2026-03-02T09:12:00Z');

/** Every fixture of every rule, as a person pastes it. */
export function fixtures(): readonly Example[] {
  return FIXTURE_PATHS.map((path) => ({
    name: path.replace('fixtures/', ''),
    items: [{ name: path.split('/').at(-1) ?? '', text: readFixture(path) }],
    focus: { readAt: READ_AT },
  }));
}

/** What a device of a scenario answers to a check, with the log that belongs to it; broken, and not repaired. */
async function checksOf(scenario: RuleScenario, index: number): Promise<readonly Example[]> {
  const all = casesOf(scenario);
  const last = all.slice(-2);
  const cases = isLong ? all : sampleOf(last, last.length, index);
  return Promise.all(
    cases.map(async (each) => {
      const device = createTestDevice(each);
      const plan = collectionPlan(RULES).filter((id) => isKnownTo(versionOf(each.release), commandSpec(id)));
      const asked = new Set(plan.map((id: CommandId): string => commandSpec(id).text));
      const read = (await device.collect()).filter(({ command }) => asked.has(command ?? ''));
      const pasted = Object.entries(scenario.pasted?.(deviceView(device.state, device.vdom)) ?? {});
      return {
        name: `${scenario.rule}: ${scenario.name}, ${each.release}${each.vdoms ? ' with VDOMs' : ''}`,
        items: [...read, ...pasted.map(([name, text]) => ({ name, text }))],
        focus: { alias: 'fgt-branch-07', readAt: READ_AT },
      };
    }),
  );
}

const known = new Map<RuleScenario, Promise<readonly Example[]>>();

/**
 * The checks of every closed-loop device; read once for all files of a process. A sample has one in seven, from another
 * start in each file.
 */
export async function checks(start: number): Promise<readonly Example[]> {
  const chosen = sampleOf([...SCENARIOS.entries()], 7, start).map(([index, scenario]) => {
    const read = known.get(scenario) ?? checksOf(scenario, index);
    known.set(scenario, read);
    return read;
  });
  return (await Promise.all(chosen)).flat();
}
