import { expect, it } from 'vitest';
import { sampleOf } from '../support/amount.ts';
import { typeAll } from './console.ts';
import { versionOf } from './device.ts';
import { createTestDevice, diagnose, filled } from './loop.ts';
import type { RuleScenario, SampleRelease } from './scenario.ts';
import { SCENARIOS } from './scenarios.ts';
import { settled } from './settled.ts';

const RELEASE: SampleRelease = '7.4.8';
/** Broken by the configuration alone: what is pasted beside it tells of one login on one device. */
const PLAIN = SCENARIOS.filter(
  (each) =>
    each.pasted === undefined && each.vdoms === undefined && (each.releases ?? [RELEASE]).includes(RELEASE),
);
const PLACEHOLDERS = {
  'public-ip-or-fqdn': '198.51.100.10',
  'public-ip': '198.51.100.10',
};

/**
 * Two things are broken, and a person pastes every fix of the answer in its order, and undoes them in the other. A sample
 * has a 48th of the pairs.
 */
it.each(PLAIN)('$rule ($name) beside every other', async (first) => {
  const at = PLAIN.indexOf(first);
  for (const second of sampleOf(PLAIN.slice(at + 1), 48, at)) {
    const both = together(first, second);
    if (both) await pasteAll(both, `${first.rule} (${first.name}) and ${second.rule} (${second.name})`);
  }
});

async function pasteAll(scenario: RuleScenario, names: string): Promise<void> {
  const device = createTestDevice({ scenario, release: RELEASE, vdoms: false });
  const before = await diagnose(scenario, device);
  const asItWas = settled(device.state);
  const found = new Set(before.findings.map((each) => each.rule));
  for (const { rule, fix } of before.findings) {
    expect(await typeAll(device.type, filled(fix.apply, scenario)), `${names}: apply ${rule}`).toEqual([]);
  }
  const after = await diagnose(scenario, device);
  const left = after.findings.filter((each) => found.has(each.rule) && each.fix.apply.length > 0);
  expect(
    left.map((each) => each.rule),
    `${names}: still broken`,
  ).toEqual([]);
  for (const { rule, fix } of before.findings.toReversed()) {
    expect(await typeAll(device.type, filled(fix.undo, scenario)), `${names}: undo ${rule}`).toEqual([]);
  }
  if (scenario.noWayBack === undefined) expect(settled(device.state), names).toEqual(asItWas);
}

/** `undefined` where both would have to be written into one section. */
function together(a: RuleScenario, b: RuleScenario): RuleScenario | undefined {
  const version = versionOf(RELEASE);
  const interfaces = { ...a.broken(version), ...b.broken(version) }['system interface'];
  // Every other section speaks of wan1.
  if (interfaces && !interfaces.includes('edit "wan1"')) return undefined;
  const paths = Object.keys(a.broken(version));
  if (Object.keys(b.broken(version)).some((path) => paths.includes(path))) return undefined;
  const noWayBack = a.noWayBack ?? b.noWayBack ?? a.leaves ?? b.leaves;
  return {
    rule: a.rule,
    name: a.name,
    broken: () => ({ ...a.broken(version), ...b.broken(version) }),
    behaviour: { ...a.behaviour, ...b.behaviour },
    outputs: { ...a.outputs, ...b.outputs },
    fill: { ...PLACEHOLDERS, ...a.fill, ...b.fill },
    noWayBack,
  };
}
