import { describe, expect, it } from 'vitest';
import { parseInventory } from '../../../src/platform/config/inventory.ts';

describe('sweeps', () => {
  const GROUPS = 'defaults: { username: u, password: { env: P } }\ngroups: { branches: {} }\n';
  const DEVICES = 'devices: { fgt: { address: 192.0.2.7, groups: [branches] } }\n';
  const read = (...sweeps: readonly string[]) =>
    parseInventory(`${GROUPS}${DEVICES}sweeps: [${sweeps.join(', ')}]`, 'i.yaml');
  const NIGHTLY = 'name: nightly, group: branches, cron: "0 3 * * *", channel: C012AB3CD';

  it('have defaults', () => {
    expect(read(`{ ${NIGHTLY} }`).sweeps.get('nightly')).toEqual({
      name: 'nightly',
      group: 'branches',
      cron: '0 3 * * *',
      timeZone: 'UTC',
      channel: 'C012AB3CD',
      quietHours: [],
      maintenance: [],
      pages: 'never',
    });
    expect(parseInventory(`${GROUPS}${DEVICES}`, 'i.yaml').sweeps.size).toBe(0);
  });

  it.each([
    [
      'an unknown group',
      NIGHTLY.replace('group: branches', 'group: core'),
      /core is neither a group nor a device/,
    ],
    ['no cron', NIGHTLY.replace('0 3 * * *', 'daily'), /a cron expression with five fields/],
    ['seconds', NIGHTLY.replace('0 3 * * *', '0 0 3 * * *'), /a cron expression with five fields/],
    ['an hour that no day has', NIGHTLY.replace('0 3 * * *', '0 25 * * *'), /a cron expression/],
    ['no time zone', `${NIGHTLY}, timeZone: Madrid`, /a time zone of the IANA database/],
    ['pages without escalation', `${NIGHTLY}, pages: high`, /needs `escalation`/],
    [
      'an unknown device',
      `${NIGHTLY}, maintenance: [{ devices: [x], from: "01:00", until: "02:00" }]`,
      /x is neither/,
    ],
    [
      'a window that ends before it begins',
      `${NIGHTLY}, maintenance: [{ start: "2026-01-02T00:00", end: "2026-01-01T00:00" }]`,
      /ends before it begins/,
    ],
  ])('are refused with %s', (_, sweep, reason) => {
    expect(() => read(`{ ${sweep} }`)).toThrow(reason);
  });

  it('have different names', () => {
    expect(() => read(`{ ${NIGHTLY} }`, `{ ${NIGHTLY} }`)).toThrow(/nightly is used twice/);
  });

  it('name a workspace where several can install the app', () => {
    const text = `${GROUPS}${DEVICES}sweeps: [{ ${NIGHTLY} }]`;
    expect(() => parseInventory(text, 'i.yaml', { teams: ['T1AB'] })).toThrow(/several workspaces/);
    const named = text.replace('channel:', 'team: T1AB, channel:');
    expect(parseInventory(named, 'i.yaml', { teams: ['T1AB'] }).sweeps.size).toBe(1);
    expect(() => parseInventory(named, 'i.yaml', { teams: ['T2AB'] })).toThrow(/not in SLACK_ALLOWED_TEAMS/);
  });
});
