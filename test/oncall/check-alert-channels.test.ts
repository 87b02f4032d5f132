import { expect, it } from 'vitest';
import { checkAlertChannels } from '../../src/oncall/checks/check-escalation.ts';
import { parseInventory } from '../../src/platform/config/inventory.ts';

it('the doctor names devices with one address, devices without a channel, and a channel without a grant', () => {
  const inventory = parseInventory(
    `defaults: { username: audit, password: { env: P } }
groups: { one: {}, two: {} }
devices:
  fgt-a: { address: 192.0.2.99, groups: [one] }
  fgt-b: { address: 192.0.2.99, groups: [two] }
  fgt-c: { address: 192.0.2.3 }
access: [{ channels: [C0ONE], devices: [one] }]
escalation:
  routes: { team: { kind: slack, levels: [{ user: U0BEN }] } }
  alerts: { channels: [{ devices: [one], channel: C0ONE }, { devices: [two], channel: C0TWO }] }
`,
    'inventory.yaml',
  );
  expect(checkAlertChannels(inventory)).toMatchObject([
    {
      ok: true,
      detail: expect.stringMatching(/^fgt-a, fgt-b have the address 192\.0\.2\.99: .*label device/),
    },
    { ok: true, detail: expect.stringMatching(/^fgt-c: their alerts start no check/) },
    { ok: false, detail: expect.stringMatching(/^C0TWO has no grant .* fgt-b/) },
  ]);
});
