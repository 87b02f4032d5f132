import { describe, expect, it } from 'vitest';
import { aliasesEverywhere, allowedAliases, decide, namedUserGroups } from '../../src/access/decide.ts';
import { parseInventory } from '../../src/config/inventory.ts';

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
    ['UANA', 'CSUPPORT', 'fgt-nowhere', 'unknown-device'],
    ['UOTHER', 'CRANDOM', 'fgt-nowhere', 'refused'],
    ['UBEN', 'CRANDOM', '192.0.2.1', 'unknown-device'],
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
