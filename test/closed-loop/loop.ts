import { expect } from 'vitest';
import { diagnose as diagnoseItems } from '../../src/engine/diagnosis/diagnose.ts';
import type { Diagnosis } from '../../src/engine/diagnosis/diagnosis.ts';
import type { EvidenceItem } from '../../src/engine/evidence/types.ts';
import { COMMANDS, type CommandId } from '../../src/engine/fortios/commands.ts';
import type { Verdict } from '../../src/engine/rules/rule.ts';
import type { RuleId } from '../../src/engine/rules/rule-ids.ts';
import type { SimulatorBehaviour } from '../../src/stand-ins/fortigate/behaviour.ts';
import { Cli } from '../../src/stand-ins/fortigate/cli.ts';
import { createDeviceState, type DeviceState } from '../../src/stand-ins/fortigate/device-state.ts';
import { logIn, stampLines } from '../../src/stand-ins/fortigate/logins/log-in.ts';
import { readAll, readFollowUps, type Type, typeAll, typeInto } from './console.ts';
import { deviceConfig, versionOf } from './device.ts';
import {
  type Clock,
  deviceView,
  type RuleScenario,
  SAMPLE_RELEASES,
  type SampleRelease,
} from './scenario.ts';
import { settled } from './settled.ts';

/** One scenario on one device: its release, with VDOMs or without. */
export interface Case {
  readonly scenario: RuleScenario;
  readonly release: SampleRelease;
  readonly vdoms: boolean;
  /** Root by default. */
  readonly vdom?: string;
}

/** A simulated device: its configuration, its command line and its clock. */
export interface TestDevice {
  readonly state: DeviceState;
  readonly type: Type;
  readonly clock: Clock;
  /** Where the interfaces, the users and the VPN are. */
  readonly vdom: string;
  /** What a check brings back from it. */
  readonly collect: () => Promise<readonly EvidenceItem[]>;
}

const EVERYTHING = Object.keys(COMMANDS) as CommandId[];

export function casesOf(scenario: RuleScenario): readonly Case[] {
  return (scenario.releases ?? SAMPLE_RELEASES).flatMap((release) =>
    [false, true]
      .filter((vdoms) => scenario.vdoms === undefined || vdoms === (scenario.vdoms === 'only'))
      .map((vdoms) => ({ scenario, release, vdoms })),
  );
}

/** A backup of the broken device. */
export function brokenConfig({ scenario, release, vdoms, vdom = 'root' }: Case): string {
  return deviceConfig({ version: release, vdoms, vdom, broken: scenario.broken(versionOf(release)) });
}

export function clockOf(): Clock {
  return { now: new Date('2026-03-02T09:12:00Z') };
}

export function behaviourOf({ behaviour = {} }: RuleScenario, clock: Clock): SimulatorBehaviour {
  return { ...behaviour, clock: () => clock.now };
}

/** The broken device of a scenario; lines are typed into it directly, without SSH. */
export function createTestDevice(each: Case): TestDevice {
  const clock = clockOf();
  const state = createDeviceState(brokenConfig(each));
  const { outputs = {} } = each.scenario;
  const cli = new Cli({
    state,
    behaviour: behaviourOf(each.scenario, clock),
    outputs: new Map(Object.entries(outputs)),
    record: () => {},
  });
  const type = typeInto(cli);
  const { vdom = 'root' } = each;
  return { state, type, clock, vdom, collect: () => readAll(type, EVERYTHING, each.vdoms, vdom) };
}

/**
 * Broken; type the fix, every line accepted; what only a person can do is done: healthy; what verifies it
 * can be asked; type the undo: broken again, and all as it was.
 */
export async function closeLoop(scenario: RuleScenario, device: TestDevice): Promise<void> {
  const { state, type } = device;
  const { rule } = scenario;
  const scenarioFile = `test/engine/rules/${rule}/closed-loop.ts, “${scenario.name}”`;
  const fixFile = `src/engine/rules/${rule}/rule.ts, the fix for “${scenario.name}”`;
  const look = async () => examine(rule, scenario, device);
  const before = await look();
  const asItWas = settled(state);
  const isBroken = `${scenarioFile}: \`broken\` makes a device on which the rule finds something, but it says “${before.reason}”`;
  expect(before.verdict, isBroken).toBe('broken');
  expectLogin(scenario, device, 'refused');
  const { fix } = before;
  if (!fix || fix.apply.length === 0) throw new Error(`${fixFile}: it has no line to apply: ${fix?.note}`);

  expect(
    await typeAll(type, filled(fix.apply, scenario)),
    `${fixFile}: lines to apply that FortiOS refuses`,
  ).toEqual([]);
  if (scenario.person) {
    const { until } = scenario.person;
    const waiting = await examine(until, scenario, device);
    const isWaiting = `${scenarioFile}: \`person\`: after the fix, and before \`does\`, \`${until}\` is broken, but it says “${waiting.reason}”`;
    expect(waiting.verdict, isWaiting).toBe('broken');
    expect(fix.note, `${fixFile}: the note says what “the user must” do`).toContain('the user must');
    scenario.person.does(device);
    const done = await examine(until, scenario, device);
    const isDone = `${scenarioFile}: \`person\`: after \`does\`, \`${until}\` is not broken any more, but it says “${done.reason}”`;
    expect(done.verdict, isDone).not.toBe('broken');
  }
  const after = await look();
  expectLogin(scenario, device, 'in');
  expect(
    ['healthy', 'not-applicable'],
    `${fixFile}: after it the rule says “${after.reason}”:\n${fix.apply.join('\n')}`,
  ).toContain(after.verdict);

  expect(
    await typeAll(type, filled(fix.verify, scenario)),
    `${fixFile}: lines to verify that FortiOS refuses`,
  ).toEqual([]);

  if (scenario.noWayBack !== undefined) {
    expect(fix.undo, `${fixFile}: ${scenario.noWayBack}`).toEqual([]);
    expect(fix.note).toContain('nothing to undo');
    return;
  }
  expect(
    await typeAll(type, filled(fix.undo, scenario)),
    `${fixFile}: lines to undo that FortiOS refuses`,
  ).toEqual([]);
  scenario.again?.(device);
  const again = await look();
  expectLogin(scenario, device, 'refused');
  expect(
    again.verdict,
    `${fixFile}: after the undo the rule says “${again.reason}”:\n${fix.undo.join('\n')}`,
  ).toBe('broken');
  if (scenario.leaves !== undefined) return;
  expect(settled(state), `${fixFile}: the undo leaves the configuration changed`).toEqual(asItWas);
}

interface Examined {
  readonly verdict: Verdict | undefined;
  readonly reason: string | undefined;
  readonly fix: Diagnosis['findings'][number]['fix'] | undefined;
}

/** `[2210:root:1a]`, `vd-root:0`, `(root)`: how a log names its VDOM. */
const ROOT = /(?<=:|vd-|\()root(?=[:)])/g;

/** What the check says of the device as it is now. */
export async function diagnose(
  scenario: Pick<RuleScenario, 'pasted' | 'login' | 'directories'>,
  device: TestDevice,
): Promise<Diagnosis> {
  const read = await device.collect();
  const log = logOf(scenario, device);
  const items = [...read, ...(await readFollowUps(device.type, [...read, ...log]))];
  const pasted = Object.entries(scenario.pasted?.(deviceView(device.state, device.vdom)) ?? {}).map(
    ([name, text]): EvidenceItem => ({ name, text: text.replace(ROOT, device.vdom) }),
  );
  return diagnoseItems([...items, ...pasted, ...log]);
}

/** What the daemons print of the login, and what the person sees. */
function logOf(
  { login, directories = {} }: Pick<RuleScenario, 'login' | 'directories'>,
  { state, vdom, clock }: TestDevice,
): readonly EvidenceItem[] {
  if (!login) return [];
  const result = logIn(state, vdom, directories, login);
  const text = [...stampLines(result, clock.now), ...result.notices].join('\n');
  return text === '' ? [] : [{ name: 'login', text }];
}

function expectLogin(
  { login, directories = {} }: RuleScenario,
  { state, vdom }: TestDevice,
  expected: 'in' | 'refused',
): void {
  if (!login) return;
  const { outcome } = logIn(state, vdom, directories, login);
  expect(outcome === 'in' ? 'in' : 'refused', `the login of ${login.user}`).toBe(expected);
}

/** What it says of this rule. */
export async function examine(rule: RuleId, scenario: RuleScenario, device: TestDevice): Promise<Examined> {
  const diagnosis = await diagnose(scenario, device);
  const check = diagnosis.checks.find((each) => each.rule === rule);
  const finding = diagnosis.findings.find((each) => each.rule === rule);
  return { verdict: check?.verdict, reason: check?.reason, fix: finding?.fix };
}

/** What a person types for the placeholders of a fix. */
export function filled(
  lines: readonly string[],
  { fill = {} }: Pick<RuleScenario, 'fill'>,
): readonly string[] {
  return lines.map((line) =>
    line.replace(/<([a-zA-Z0-9-]+)>/g, (placeholder, name: string) => fill[name] ?? placeholder),
  );
}
