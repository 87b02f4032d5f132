import { describe, expect, it } from 'vitest';
import { startSimulator } from '../../src/stand-ins/fortigate/start-simulator.ts';
import { BY_ITSELF, collect, deviceAt } from '../device/device-fixture.ts';
import { AMOUNT, sampleOf } from '../support/amount.ts';
import { typeAll } from './console.ts';
import {
  behaviourOf,
  brokenConfig,
  type Case,
  casesOf,
  clockOf,
  closeLoop,
  createTestDevice,
  examine,
  filled,
  type TestDevice,
} from './loop.ts';
import type { RuleScenario, SampleRelease } from './scenario.ts';
import { SCENARIOS } from './scenarios.ts';
import { settled } from './settled.ts';
import { type Paste, withSshConsole } from './ssh-console.ts';

/** One round over SSH per scenario: this release with VDOMs, or the newest that has what the scenario needs. */
const OVER_SSH: SampleRelease = '7.4.8';
/** Rows of the terminal: one that never pages, and one as people have it. */
const TALL = 10_000;
const SCREEN = 24;

/** A sample has a third of the scenarios. */
describe.each(
  sampleOf(
    SCENARIOS.map((scenario, index) => ({ scenario, index, title: `${scenario.rule}: ${scenario.name}` })),
    3,
    0,
  ),
)('$title', ({ scenario, index }) => {
  it.each(casesTried(scenario, index))('$release, VDOMs $vdoms', async (each) => {
    await closeLoop(scenario, createTestDevice(each));
  });
});

describe('in another VDOM than root', () => {
  it.each(sampleOf(SCENARIOS, 24, 0))('$rule: $name', async (scenario) => {
    const chosen = newest(scenario);
    await closeLoop(scenario, createTestDevice({ ...chosen, vdom: 'branch_2' }));
  });
});

/** A sample has one scenario each way. */
const ANSWERED = sampleOf(SCENARIOS, SCENARIOS.length, 0);
const PASTED = sampleOf(SCENARIOS, SCENARIOS.length, 9);

describe('over SSH, with the real client', () => {
  it.concurrent.each(ANSWERED)('$rule: $name', async (scenario) => {
    await overSsh(newest(scenario), TALL, (device) => closeLoop(scenario, device));
  });

  it.concurrent.each(PASTED)('$rule: $name, pasted at once', async (scenario) => {
    const chosen = newest(scenario);
    const typed = createTestDevice(chosen);
    const { fix } = await examine(scenario.rule, scenario, typed);
    const lines = filled(fix?.apply ?? [], scenario);
    expect(await typeAll(typed.type, lines)).toEqual([]);
    await overSsh(chosen, SCREEN, async ({ state }, paste) => {
      const said = await paste([...lines, ...filled(fix?.verify ?? [], scenario)]);
      expect(said).not.toMatch(/Command fail|Unknown action|\(y\/n\)|--More--/);
      expect(said.split('\n').at(-1), 'stands where it began').toBe('FGT-EDGE # ');
      expect(settled(state)).toEqual(settled(typed.state));
    });
  });
});

/** A sample has a scenario on the first or on the last of its releases, one with VDOMs and one without, in turn. */
function casesTried(scenario: RuleScenario, index: number): readonly Case[] {
  const all = casesOf(scenario);
  const ends = [...new Set([all[0], all.at(-1)])].filter((each) => each !== undefined);
  return AMOUNT === 'sample' ? sampleOf(ends, ends.length, index >> 1) : all;
}

function newest(scenario: RuleScenario): Case {
  const all = casesOf(scenario);
  const chosen = all.find((each) => each.release === OVER_SSH && each.vdoms) ?? all.at(-1);
  if (!chosen) throw new Error('a scenario without releases');
  return chosen;
}

async function overSsh(
  each: Case,
  rows: number,
  work: (device: TestDevice, paste: Paste) => Promise<void>,
): Promise<void> {
  const { scenario } = each;
  const clock = clockOf();
  const simulator = await startSimulator({
    configText: brokenConfig(each),
    behaviour: behaviourOf(scenario, clock),
    ...(scenario.outputs ? { outputs: scenario.outputs } : {}),
  });
  try {
    await withSshConsole(
      simulator,
      (type, paste) =>
        work(
          {
            state: simulator.state,
            type,
            clock,
            vdom: 'root',
            collect: () =>
              collect({
                device: deviceAt(simulator),
                commands: [...BY_ITSELF, 'ping-push-server'],
                vdom: 'root',
              }),
          },
          paste,
        ),
      rows,
    );
  } finally {
    await simulator.close();
  }
}
