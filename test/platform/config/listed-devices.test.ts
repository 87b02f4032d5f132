import { describe, expect, it } from 'vitest';
import { policyFor } from '../../../src/oncall/engine/after-answer.ts';
import { decide } from '../../../src/platform/access/decide.ts';
import { parseInventory } from '../../../src/platform/config/inventory.ts';
import { findListedDevices, listsDevice } from '../../../src/platform/config/listed-devices.ts';

const DEVICES = `
defaults: { username: u, password: { env: P } }
groups: { branches: { customer: Northwind }, core: {} }
devices:
  fgt-branch-07: { address: 192.0.2.7, groups: [branches], site: Lyon }
  fgt-hq: { address: 192.0.2.1, groups: [core], customer: Acme Corp, site: Lyon }
`;
const open = (more: string) => parseInventory(`${DEVICES}${more}`, 'inventory.yaml');
const inventory = open('');
const named = (name: string) => findListedDevices(inventory.devices.values(), name).map(({ alias }) => alias);

describe('a name in a list of devices', () => {
  it.each([
    ['*', ['fgt-branch-07', 'fgt-hq']],
    ['fgt-hq', ['fgt-hq']],
    ['Branches', ['fgt-branch-07']],
    ['customer:northwind', ['fgt-branch-07']],
    ['customer:Acme Corp', ['fgt-hq']],
    ['site:Lyon', ['fgt-branch-07', 'fgt-hq']],
    ['Northwind', []],
    ['customer:Lyon', []],
  ])('%s is %j', (name, aliases) => {
    expect(named(name)).toEqual(aliases);
  });

  it.each([
    'access: [{ users: [UANA], devices: [NAME] }]',
    'escalation: { routes: { t: { kind: slack, levels: [{ user: UANA }] } }, policies: [{ name: p, devices: [NAME], routes: [t] }] }',
    'escalation: { routes: { t: { kind: slack, levels: [{ user: UANA }] } }, maintenance: [{ devices: [NAME], from: "01:00", until: "02:00" }] }',
    'escalation: { routes: { t: { kind: slack, levels: [{ user: UANA }] } }, alerts: { channels: [{ devices: [NAME], channel: C01 }] } }',
    'sweeps: [{ name: nightly, group: NAME, cron: "0 3 * * *", channel: C01 }]',
    'sweeps: [{ name: nightly, cron: "0 3 * * *", channel: C01, maintenance: [{ devices: [NAME], from: "01:00", until: "02:00" }] }]',
  ])('may be a customer or a site, and one that is nowhere is a fault: %s', (place) => {
    const text = (name: string) => place.replace('NAME', JSON.stringify(name));
    for (const name of ['*', 'branches', 'fgt-hq', 'customer:Acme Corp', 'site:Lyon'])
      expect(() => open(text(name))).not.toThrow();
    expect(() => open(text('customer:Contoso'))).toThrow(
      /customer:Contoso is neither a group nor a device, nor a customer: or site: of one/,
    );
  });

  it('is exact in the inventory: a grant never covers a device by chance', () => {
    const device = { alias: 'fgt-1', groups: ['core'], customer: 'Acme' };
    expect(listsDevice(['customer:acme'], device)).toBe(false);
    expect(listsDevice(['Acme'], device)).toBe(false);
    expect(listsDevice(['customer:Acme'], device)).toBe(true);
  });
});

describe('a customer', () => {
  it('is what a person may be granted, and asks about', () => {
    const granted = open('access: [{ users: [UANA], devices: ["customer:Northwind"] }]');
    const ask = (about: object) => decide(granted, { user: 'UANA', channel: 'C01', ...about });
    expect(ask({ alias: 'fgt-branch-07' }).kind).toBe('allowed');
    expect(ask({ alias: 'fgt-hq' }).kind).toBe('refused');
    expect(ask({ group: 'customer:Acme Corp' }).kind).toBe('refused');
    expect(ask({ group: 'site:lyon' })).toMatchObject({ devices: [{ alias: 'fgt-branch-07' }] });
  });

  it('has policies of its own', () => {
    const policy = { name: 'p', severity: 'low', affectedUsers: 0, routes: ['t'] } as const;
    const subject = { device: 'a', alias: 'a', cause: 'c', severity: 'high', affectedUsers: 2 } as const;
    const policies = [{ ...policy, devices: ['customer:Acme Corp'] }];
    expect(policyFor(policies, subject, { groups: [], customer: 'Acme Corp' })?.name).toBe('p');
    expect(policyFor(policies, subject, { groups: [], customer: 'Contoso' })).toBeUndefined();
    expect(policyFor(policies, subject, undefined)).toBeUndefined();
  });
});
