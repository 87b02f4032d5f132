import { describe, expect, it } from 'vitest';
import {
  aliasesEverywhere,
  allowedAliases,
  decide,
  namedUserGroups,
} from '../../../src/platform/access/decide.ts';
import { parseInventory } from '../../../src/platform/config/inventory.ts';

const DEVICES = `
defaults: { username: u, password: { env: P } }
groups: { branches: {}, core: {} }
devices:
  fgt-branch-07: { address: 192.0.2.7, groups: [branches] }
  fgt-hq: { address: 192.0.2.1, groups: [core] }
`;
const inventory = parseInventory(
  `${DEVICES}
access:
  - { users: [UANA], channels: [CSUPPORT], devices: [branches] }
  - { users: [UBEN], devices: ["*"] }
  - { channels: [CNOC], devices: [fgt-hq] }
  - { userGroups: [SNETWORK, SDUTY], channels: [CDUTY], devices: [core] }
  - { users: [UEVE], userGroups: [SNETWORK], devices: [branches] }
`,
  'inventory.yaml',
);

describe('decide', () => {
  it.each([
    ['UANA', 'CSUPPORT', 'fgt-branch-07', 'allowed'],
    ['UANA', 'CSUPPORT', 'FGT-Branch-07', 'allowed'],
    ['UANA', 'CSUPPORT', 'fgt-hq', 'refused'],
    ['UANA', 'CRANDOM', 'fgt-branch-07', 'refused'],
    ['UOTHER', 'CSUPPORT', 'fgt-branch-07', 'refused'],
    ['UBEN', 'CRANDOM', 'fgt-hq', 'allowed'],
    ['UOTHER', 'CNOC', 'fgt-hq', 'allowed'],
    ['UOTHER', 'CNOC', 'fgt-branch-07', 'refused'],
    ['UANA', 'CSUPPORT', 'fgt-nowhere', 'refused'],
    ['UOTHER', 'CRANDOM', 'fgt-nowhere', 'refused'],
    ['UBEN', 'CRANDOM', '192.0.2.1', 'refused'],
    ['*', 'CRANDOM', 'fgt-hq', 'refused'],
  ])('%s in %s asking for %s: %s', (user, channel, alias, kind) => {
    expect(decide(inventory, { user, channel, alias }).kind).toBe(kind);
  });

  it.each([
    ['UANA', 'CSUPPORT', 'allowed'],
    ['UANA', 'CRANDOM', 'refused'],
    ['UBEN', 'CRANDOM', 'allowed'],
  ])('%s in %s with evidence of their own: %s', (user, channel, kind) => {
    expect(decide(inventory, { user, channel }).kind).toBe(kind);
  });

  it.each([
    ['UANA', 'CSUPPORT', 'branches', ['fgt-branch-07']],
    ['UANA', 'CSUPPORT', 'Branches', ['fgt-branch-07']],
    ['UANA', 'CSUPPORT', '*', ['fgt-branch-07']],
    ['UBEN', 'CRANDOM', '*', ['fgt-branch-07', 'fgt-hq']],
    ['UOTHER', 'CNOC', '*', ['fgt-hq']],
  ])('%s in %s asking for group %s: %j', (user, channel, group, aliases) => {
    const decision = decide(inventory, { user, channel, group });
    expect(decision.kind === 'allowed' && decision.devices?.map(({ alias }) => alias)).toEqual(aliases);
  });

  it('refuses a group that is not granted in the words for one that does not exist', () => {
    const asked = (group: string, channel = 'CSUPPORT') =>
      decide(inventory, { user: 'UANA', channel, group });
    expect(asked('core')).toEqual({ kind: 'refused', reason: 'not-this-group' });
    expect(asked('nowhere')).toEqual(asked('core'));
    expect(asked('branches', 'CRANDOM')).toEqual({ kind: 'refused', reason: 'not-this-person-or-channel' });
  });

  it('refuses everybody when nothing is granted', () => {
    const closed = parseInventory(DEVICES, 'inventory.yaml');
    expect(decide(closed, { user: 'UANA', channel: 'C1', alias: 'fgt-hq' })).toEqual({
      kind: 'refused',
      reason: 'no-grants',
    });
  });

  it('hands over the device it allowed', () => {
    const decision = decide(inventory, { user: 'UBEN', channel: 'C1', alias: 'FGT-HQ' });
    expect(decision).toMatchObject({ kind: 'allowed', device: { alias: 'fgt-hq' } });
  });
});

it('decides alike for a device of others and for a name that no device has', () => {
  const ask = (alias: string) => decide(inventory, { user: 'UANA', channel: 'CSUPPORT', alias });
  expect(ask('fgt-hq')).toEqual(ask('fgt-nowhere'));
});

it('compares both with as many grants, so that neither takes longer', () => {
  let compared = 0;
  const grants = inventory.grants.map((grant) => ({
    ...grant,
    get devices() {
      compared += 1;
      return grant.devices;
    },
  }));
  const ask = (about: { alias: string } | { group: string }) => {
    compared = 0;
    decide({ ...inventory, grants }, { user: 'UANA', channel: 'CSUPPORT', ...about });
    return compared;
  };
  expect(ask({ alias: 'fgt-hq' })).toBeGreaterThan(0);
  expect(ask({ alias: 'fgt-nowhere' })).toBe(ask({ alias: 'fgt-hq' }));
  expect(ask({ group: 'core' })).toBeGreaterThan(0);
  expect(ask({ group: 'nowhere' })).toBe(ask({ group: 'core' }));
});

describe('people of other workspaces', () => {
  const shared = parseInventory(
    `${DEVICES}
access:
  - { channels: [COWN], devices: ["*"] }
  - { users: ["*"], channels: [CBOTH], teams: [TOWN, TPARTNER], devices: [branches] }
  - { channels: [CPARTNER], teams: [TPARTNER], devices: [fgt-hq] }
  - { channels: [CALL], teams: ["*"], devices: [fgt-hq] }
`,
    'inventory.yaml',
  );
  const own = { team: 'TOWN' };
  const partner = { team: 'TOWN', home: 'TPARTNER' };
  const stranger = { team: 'TOWN', home: 'TOTHER' };
  it.each([
    ['our own, a grant without teams', own, 'COWN', 'fgt-hq', 'allowed'],
    ['another, a grant without teams', partner, 'COWN', 'fgt-hq', 'refused'],
    ['one that is not known, a grant without teams', { home: 'unknown' }, 'COWN', 'fgt-hq', 'refused'],
    ['our own, listed', own, 'CBOTH', 'fgt-branch-07', 'allowed'],
    ['another, listed', partner, 'CBOTH', 'fgt-branch-07', 'allowed'],
    ['another, not listed', stranger, 'CBOTH', 'fgt-branch-07', 'refused'],
    ['our own, where only others are listed', own, 'CPARTNER', 'fgt-hq', 'refused'],
    ['another, where all are allowed', stranger, 'CALL', 'fgt-hq', 'allowed'],
    ['nobody: an alert', {}, 'COWN', 'fgt-hq', 'allowed'],
  ])('%s', (_, from, channel, alias, kind) => {
    expect(decide(shared, { user: 'UEVE', channel, ...from, alias }).kind).toBe(kind);
    expect(allowedAliases(shared, { user: 'UEVE', channel, ...from }).includes(alias)).toBe(
      kind === 'allowed',
    );
  });

  it('see no device of ours in the Home tab', () => {
    expect(aliasesEverywhere(inventory, { user: 'UBEN', ...own })).toHaveLength(2);
    expect(aliasesEverywhere(inventory, { user: 'UBEN', ...stranger })).toEqual([]);
  });
});

describe('allowedAliases', () => {
  it.each([
    ['UANA', 'CSUPPORT', ['fgt-branch-07']],
    ['UBEN', 'CNOC', ['fgt-branch-07', 'fgt-hq']],
    ['UOTHER', 'CRANDOM', []],
  ])('%s in %s', (user, channel, expected) => {
    expect(allowedAliases(inventory, { user, channel })).toEqual(expected);
  });
});

describe('user groups', () => {
  it.each([
    [['SNETWORK'], 'CDUTY', ['fgt-branch-07', 'fgt-hq']],
    [['SDUTY'], 'CDUTY', ['fgt-hq']],
    [['SDUTY'], 'CRANDOM', []],
    [['SNETWORK'], 'CRANDOM', ['fgt-branch-07']],
    [['SOTHER'], 'CDUTY', []],
    [[], 'CDUTY', []],
  ])('somebody in %j asks in %s', (userGroups, channel, expected) => {
    expect(allowedAliases(inventory, { user: 'UOTHER', userGroups, channel })).toEqual(expected);
  });

  it('count beside the people named in the same line', () => {
    expect(allowedAliases(inventory, { user: 'UEVE', channel: 'C1' })).toEqual(['fgt-branch-07']);
  });

  it('are known by name, so that nobody is asked about others', () => {
    expect(namedUserGroups(inventory)).toEqual(['SNETWORK', 'SDUTY']);
  });
});

describe('a live check', () => {
  const live = parseInventory(
    `
defaults: { username: u, password: { env: P } }
groups: { watched: { live: { max: 2m } } }
devices:
  fgt-quiet: { address: 192.0.2.7 }
  fgt-watched: { address: 192.0.2.8, groups: [watched] }
  fgt-any: { address: 192.0.2.9, live: true }
  fgt-not: { address: 192.0.2.9, groups: [watched], live: false }
access: [{ users: [UANA], devices: ["*"] }]
`,
    'inventory.yaml',
  );

  it.each([
    ['UANA', 'fgt-quiet', 60, { kind: 'refused', reason: 'live-not-here' }],
    ['UANA', 'fgt-not', 60, { kind: 'refused', reason: 'live-not-here' }],
    ['UANA', 'fgt-watched', 10, { kind: 'allowed' }],
    ['UANA', 'fgt-watched', 120, { kind: 'allowed' }],
    ['UANA', 'fgt-watched', 121, { kind: 'refused', reason: 'live-out-of-bounds', min: 10, max: 120 }],
    ['UANA', 'fgt-watched', 9, { kind: 'refused', reason: 'live-out-of-bounds' }],
    ['UANA', 'fgt-watched', 10.5, { kind: 'refused', reason: 'live-out-of-bounds' }],
    ['UANA', 'fgt-watched', Number.NaN, { kind: 'refused', reason: 'live-out-of-bounds' }],
    ['UANA', 'fgt-any', 300, { kind: 'allowed' }],
    ['UANA', 'fgt-any', 301, { kind: 'refused', reason: 'live-out-of-bounds', max: 300 }],
    ['UBEN', 'fgt-any', 60, { kind: 'refused', reason: 'not-this-person-or-channel' }],
  ])('%s at %s for %d s', (user, alias, seconds, decision) => {
    expect(decide(live, { user, channel: 'C1', alias, live: seconds })).toMatchObject(decision);
    expect(decide(live, { user: 'UANA', channel: 'C1', alias }).kind).toBe('allowed');
  });
});

describe('aliasesEverywhere', () => {
  it.each([
    ['UANA', [], []],
    ['UBEN', [], ['fgt-branch-07', 'fgt-hq']],
    ['UOTHER', ['SNETWORK'], ['fgt-branch-07']],
    ['UOTHER', [], []],
  ])('%s in %j', (user, userGroups, expected) => {
    expect(aliasesEverywhere(inventory, { user, userGroups })).toEqual(expected);
  });

  it('names what every channel may see to everybody, and what one channel may see to nobody', () => {
    const open = parseInventory(
      `${DEVICES}
access: [{ channels: ["*"], devices: [fgt-hq] }, { channels: [CNOC], users: ["*"], devices: ["*"] }]`,
      'i.yaml',
    );
    expect(aliasesEverywhere(open, { user: 'UANA' })).toEqual(['fgt-hq']);
  });
});
