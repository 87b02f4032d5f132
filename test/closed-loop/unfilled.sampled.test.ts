import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { AMOUNT } from '../support/amount.ts';
import { diagnoseText } from '../support/diagnose-text.ts';
import { typeAll } from './console.ts';
import { casesOf, createTestDevice, examine } from './loop.ts';
import { SCENARIOS } from './scenarios.ts';
import { settled } from './settled.ts';

it.each(SCENARIOS.filter((each) => each.fill !== undefined))(
  '$rule ($name): pasted as it is, a placeholder is refused',
  async (scenario) => {
    let seen = 0;
    for (const each of casesOf(scenario)) {
      // A sample has the first release with a placeholder.
      if (AMOUNT === 'sample' && seen === 1) break;
      const device = createTestDevice(each);
      const { fix } = await examine(scenario.rule, scenario, device);
      const unfilled = fix?.apply.filter((line) => /<[a-z]/i.test(line)) ?? [];
      if (unfilled.length === 0) continue;
      seen += 1;
      const before = settled(device.state);
      const refused = await typeAll(device.type, fix?.apply ?? []);
      for (const line of unfilled) {
        expect(
          refused.some((said) => said.startsWith(line.trim())),
          line,
        ).toBe(true);
      }
      const after = settled(device.state);
      const changed = [
        ...after.filter((line) => !before.includes(line)),
        ...before.filter((line) => !after.includes(line)),
      ];
      expect(changed.filter((line) => !scenario.changedUnfilled?.test(line))).toEqual([]);
    }
    expect(
      seen,
      'no release of this scenario has a placeholder, or the rule is not broken on it (closed-loop.test.ts)',
    ).toBeGreaterThan(0);
  },
);

/** Where the VDOM is not known its lines have no `config vdom` around them. */
it('lines for a VDOM do nothing where no VDOM was entered', async () => {
  const [scenario] = SCENARIOS.filter((each) => each.rule === 'token-locked');
  if (!scenario) throw new Error('no scenario of a locked token');
  const device = createTestDevice({ scenario, release: '7.4.8', vdoms: true });
  const before = settled(device.state);
  const { fix } = await examine(
    scenario.rule,
    scenario,
    createTestDevice({ scenario, release: '7.4.8', vdoms: false }),
  );
  const lines = fix?.apply ?? [];
  expect(await typeAll(device.type, lines)).toHaveLength(lines.length);
  expect(device.state.vdoms()).toEqual(['root', 'branch_2']);
  expect(settled(device.state)).toEqual(before);
});

/** A device that was read has the interface in its policy, and a flow that begins with the packet names it. */
it('a policy above one that only a debug flow shows stays out while its interface is a placeholder', async () => {
  const [scenario] = SCENARIOS.filter((each) => each.rule === 'local-in-policy-denies');
  if (!scenario) throw new Error('no scenario of a local-in policy');
  const device = createTestDevice({ scenario, release: '7.4.8', vdoms: false });
  const before = settled(device.state);
  const flow = readFileSync('src/engine/rules/local-in-policy-denies/fixtures/broken.flow.log', 'utf8');
  const [, drop = ''] = flow.split('\n');
  const lines = diagnoseText(drop).findings.find(({ rule }) => rule === scenario.rule)?.fix.apply ?? [];
  const unfilled = lines.filter((line) => line.includes('<wan>'));
  expect(unfilled).toHaveLength(1);
  const refused = await typeAll(device.type, lines);
  expect(refused.some((said) => said.startsWith(unfilled[0]?.trim() ?? ''))).toBe(true);
  const added = settled(device.state).filter((line) => !before.includes(line));
  expect(added.filter((line) => !line.startsWith('firewall service custom FTM-4433'))).toEqual([]);
});
