import { describe, expect, it } from 'vitest';
import { checkPages } from '../../src/oncall/checks/check-escalation.ts';
import { parseInventory } from '../../src/platform/config/inventory.ts';

function check(escalation: string, unusable: readonly string[] = [], more = ''): readonly string[] {
  const inventory = parseInventory(
    `
defaults: { username: audit, password: { env: P } }
groups: { branches: , empty: }
devices: { fgt-branch-07: { address: 192.0.2.7, groups: [branches] } }
escalation:
  routes:
    pd: { kind: pagerduty, routingKey: { env: PD } }
    team: { kind: slack, levels: [{ user: U0BEN }] }
${escalation}
${more}
`,
    'inventory.yaml',
  );
  return checkPages(inventory, new Set(unusable)).flatMap(({ ok, detail }) => (ok ? [] : [detail]));
}

const SWEEP = 'sweeps: [{ name: nightly, cron: "0 3 * * *", channel: C0SUPPORT, pages: critical }]';
const ALERTS =
  '  alerts: { channels: [{ channel: C0SUPPORT }], generic: { secret: { env: H }, pages: high } }';

describe('what would page nobody', () => {
  it.each<[string, string, readonly string[], string, RegExp | undefined]>([
    ['nothing', '', [], SWEEP, undefined],
    [
      'a policy without a device',
      '  policies: [{ name: p, devices: [empty], routes: [pd] }]',
      [],
      '',
      /policies p: no device is in empty/,
    ],
    [
      'a policy of dead routes',
      '  policies: [{ name: p, routes: [pd] }]',
      ['pd'],
      '',
      /policies p: none of its routes/,
    ],
    [
      'a policy with one living route',
      '  policies: [{ name: p, routes: [pd, team] }]',
      ['pd'],
      '',
      undefined,
    ],
    [
      'a sweep whose order is dead',
      '  order: [pd]',
      ['pd'],
      SWEEP,
      /sweeps nightly: none of the routes in `order`/,
    ],
    [
      'alerts whose order is dead',
      `  order: [pd]\n${ALERTS}`,
      ['pd'],
      '',
      /alerts\.generic\.pages: none of the routes/,
    ],
    ['every route', '', ['pd', 'team'], '', /no route can page anybody/],
  ])('%s', (_, escalation, unusable, more, expected) => {
    const found = check(escalation, unusable, more);
    if (expected === undefined) expect(found).toEqual([]);
    else expect(found.join('\n')).toMatch(expected);
  });
});
