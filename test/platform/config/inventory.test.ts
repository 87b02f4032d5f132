import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FtmError } from '../../../src/engine/ftm-error.ts';
import { loadInventory, parseInventory } from '../../../src/platform/config/inventory.ts';

const FINGERPRINT = `SHA256:${'A'.repeat(43)}`;

const FULL = `
defaults:
  username: ftm-check
  password: { env: FGT_PASSWORD }
groups:
  branches:
    timeouts: { connect: 5s, command: 500ms }
  lab:
    username: lab
    privateKey: { file: /run/secrets/lab }
    algorithms: legacy
devices:
  FGT-branch-07:
    address: 192.0.2.7
    hostKeys: ["${FINGERPRINT}"]
    groups: [branches]
  fgt-lab:
    address: lab.example.com
    port: 2222
    vdom: customer-1
    groups: [lab, branches]
access:
  - users: [U012AB3CD]
    channels: [C012AB3CD]
    devices: [branches]
  - channels: ["*"]
    devices: [fgt-lab]
`;

describe('parseInventory', () => {
  it('puts defaults, groups and devices together', () => {
    const inventory = parseInventory(FULL, 'inventory.yaml');
    expect(inventory.devices.get('fgt-branch-07')).toEqual({
      alias: 'FGT-branch-07',
      address: '192.0.2.7',
      port: 22,
      username: 'ftm-check',
      credential: { kind: 'password', password: { env: 'FGT_PASSWORD' } },
      hostKeys: [FINGERPRINT],
      groups: ['branches'],
      algorithms: 'modern',
      timeouts: { connect: 5000, command: 500, job: 180_000 },
    });
    expect(inventory.devices.get('fgt-lab')).toMatchObject({
      port: 2222,
      username: 'lab',
      vdom: 'customer-1',
      credential: { kind: 'key', privateKey: { file: '/run/secrets/lab' } },
      algorithms: 'legacy',
      timeouts: { connect: 5000 },
    });
    expect(inventory.grants).toEqual([
      { users: ['U012AB3CD'], channels: ['C012AB3CD'], devices: ['branches'] },
      { channels: ['*'], devices: ['fgt-lab'] },
    ]);
  });

  it('leads to a device through its jump hosts, with keys and agents of their own', () => {
    const inventory = parseInventory(
      `
defaults:
  username: ftm-check
  agent: { key: "${FINGERPRINT}" }
  jump: inner
  knownHosts: ~/.ssh/known_hosts
jumpHosts:
  outer: { address: bastion.example.com, username: jump, agent: true, knownHosts: /etc/ssh/known, algorithms: legacy }
  inner:
    address: 192.0.2.1
    port: 2222
    username: hop
    password: { env: HOP }
    hostKeys: ["${FINGERPRINT}"]
    jump: outer
    timeouts: { connect: 3s }
devices:
  fgt-behind: { address: 192.0.2.7 }
  fgt-direct: { address: 192.0.2.8, jump: false }
`,
      'inventory.yaml',
    );
    expect(inventory.devices.get('fgt-behind')).toMatchObject({
      credential: { kind: 'agent', socket: { env: 'SSH_AUTH_SOCK' }, key: FINGERPRINT },
      knownHosts: '~/.ssh/known_hosts',
      jumps: [
        {
          kind: 'jump-host',
          alias: 'outer',
          port: 22,
          credential: { kind: 'agent', socket: { env: 'SSH_AUTH_SOCK' } },
          knownHosts: '/etc/ssh/known',
          algorithms: 'legacy',
          timeouts: { connect: 15_000 },
        },
        {
          alias: 'inner',
          port: 2222,
          username: 'hop',
          hostKeys: [FINGERPRINT],
          timeouts: { connect: 3000 },
        },
      ],
    });
    expect(inventory.devices.get('fgt-direct')?.jumps).toBeUndefined();
  });

  const jumpHosts = (lines: string) =>
    `jumpHosts:\n${lines}\ndevices:\n  fgt: { address: a, username: u, password: { env: P } }`;

  const device = (lines: string) =>
    `devices:\n  fgt:\n    address: 192.0.2.1\n    username: u\n    password: { env: P }\n${lines}`;

  it.each([
    ['broken YAML', 'devices:\n  a: [', /inv\.yaml:2:\d+: /],
    ['an empty file', '', /inv\.yaml:1:1: the file: /],
    ['a list', '- a', /inv\.yaml:1:1: the file: /],
    [
      'an unknown setting',
      device('    adress: x'),
      /inv\.yaml:6:5: devices\.fgt\.adress is not a known setting/,
    ],
    [
      'a secret in the file',
      'devices:\n  fgt:\n    address: a\n    username: u\n    password: hunter2',
      /5:5: devices\.fgt\.password: .*a reference instead of the secret/,
    ],
    [
      'a name with spaces',
      'devices:\n  "f gt": { address: a, username: u, password: { env: P } }',
      /2:3: devices\.f gt: .*letters, digits/,
    ],
    [
      'a bad fingerprint',
      device('    hostKeys: ["aa:bb"]'),
      /6:16: devices\.fgt\.hostKeys\.0: a fingerprint SHA256/,
    ],
    [
      'a bad duration',
      device('    timeouts: { connect: 5 }'),
      /6:17: devices\.fgt\.timeouts\.connect: .*90s/,
    ],
    [
      'no credential',
      'devices:\n  fgt: { address: a, username: u }',
      /2:3: devices\.fgt: has no password, privateKey or agent/,
    ],
    [
      'no user name',
      'devices:\n  fgt: { address: a, password: { env: P } }',
      /2:3: devices\.fgt: has no username/,
    ],
    ['two credentials in one place', device('    privateKey: { env: K }'), /2:3: devices\.fgt: .*choose one/],
    [
      'an unknown group',
      device('    groups: [nowhere]'),
      /6:14: devices\.fgt\.groups\.0: nowhere is not in groups/,
    ],
    [
      'aliases that differ in case',
      `${device('')}  FGT:\n    address: b\n    username: u\n    password: { env: P }`,
      /6:3: devices\.FGT: differs from fgt only/,
    ],
    [
      'a device named as a group',
      `groups:\n  fgt: {}\n${device('')}`,
      /4:3: devices\.fgt: has the name of a group/,
    ],
    ['a grant to nobody', `${device('')}access:\n  - devices: [fgt]`, /7:5: access\.0: name users/],
    [
      'a grant for nothing known',
      `${device('')}access:\n  - users: ["*"]\n    devices: [ftg]`,
      /8:15: access\.0\.devices\.0: ftg is neither/,
    ],
    ['a jump host that is none', device('    jump: nowhere'), /2:3: devices\.fgt: is behind nowhere/],
    ['a jump host without a name', device('    jump: true'), /6:5: devices\.fgt\.jump: the name of a jump/],
    [
      'a jump host behind nothing',
      jumpHosts('  b: { address: b, username: u, password: { env: P }, jump: c }'),
      /2:3: jumpHosts\.b: is behind c, which/,
    ],
    [
      'a way in a circle',
      jumpHosts('  b: { address: b, username: u, password: { env: P }, jump: b }'),
      /2:3: jumpHosts\.b: leads back to b/,
    ],
    [
      'a jump host without a credential of its own',
      `defaults: { username: u, password: { env: P } }\n${jumpHosts('  b: { address: b, username: u }')}`,
      /3:3: jumpHosts\.b: has no password/,
    ],
    [
      'a jump host with a setting of devices',
      jumpHosts('  b: { address: b, username: u, agent: true, vdom: root }'),
      /jumpHosts\.b\.vdom is not a known setting/,
    ],
    ['an agent that is neither', device('    agent: yes please'), /6:5: devices\.fgt\.agent: true, or/],
    ['an agent beside a password', device('    agent: true'), /2:3: devices\.fgt: .*choose one/],
    ['a bad key for the agent', device('    agent: { key: aa }'), /devices\.fgt\.agent/],
    ['an empty known_hosts', device('    knownHosts: ""'), /6:5: devices\.fgt\.knownHosts/],
    [
      'a user name with a line in it',
      'devices:\n  fgt: { address: a, username: "u\\nexecute reboot", password: { env: P } }',
      /devices\.fgt\.username: a user name/,
    ],
    [
      'a name instead of a user id',
      `${device('')}access:\n  - users: [ana]\n    devices: [fgt]`,
      /7:13: access\.0\.users\.0: a Slack user id/,
    ],
  ])('refuses %s and says where', (_, text, expected) => {
    expect(() => parseInventory(text, 'inv.yaml')).toThrow(expected);
  });

  it('says what to add to a grant where several workspaces can install the app', () => {
    const text = `${device('')}access:\n  - { users: [U012AB3CD], devices: [fgt] }\n  - { channels: [C012AB3CD], teams: [T012AB3CD], devices: [fgt] }`;
    expect(parseInventory(text, 'inv.yaml').grants[1]).toMatchObject({ teams: ['T012AB3CD'] });
    const rules = { teams: ['T012AB3CD', 'T045EF6GH'] };
    const problem = /7:5: access\.0: .*add this to it: teams: \[T012AB3CD, T045EF6GH\]$/;
    expect(() => parseInventory(text, 'inv.yaml', rules)).toThrow(problem);
    const added = text.replace('users: [U', 'teams: [T012AB3CD, T045EF6GH], users: [U');
    expect(parseInventory(added, 'inv.yaml', rules).grants).toHaveLength(2);
  });

  it('never repeats a secret that was written into the file', () => {
    const text = device('').replace('{ env: P }', 'hunter2');
    expect(() => parseInventory(text, 'inv.yaml')).toThrow(/^(?=[\s\S]*password)(?![\s\S]*hunter2)/);
  });

  it('reads a file, and says which file is missing', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ftm-check-test-'));
    try {
      await writeFile(join(folder, 'inventory.yaml'), FULL);
      expect((await loadInventory(join(folder, 'inventory.yaml'))).devices.size).toBe(2);
      await expect(loadInventory(join(folder, 'none.yaml'))).rejects.toMatchObject({
        code: 'ftm_inventory_invalid',
        message: expect.stringContaining('none.yaml'),
      });
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('answers any text with an inventory or a typed error', () => {
    const lines = fc.constantFrom(
      ...FULL.split('\n'),
      'a: &x [*x]',
      '\t- "',
      '? {',
      '<<: *b',
      'devices: !!map {}',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(lines, fc.string()), { maxLength: 12 }), (text) => {
        try {
          parseInventory(text.join('\n'), 'inv.yaml');
        } catch (error) {
          if (!(error instanceof FtmError)) throw error;
          expect(error.code).toBe('ftm_inventory_invalid');
        }
      }),
    );
  });
});

it.each([
  ['brackets', `devices: ${'['.repeat(5000)}`, '1:74'],
  ['closed brackets', `devices: ${'['.repeat(5000)}${']'.repeat(5000)}`, '1:74'],
  ['maps', `devices: ${'{a: '.repeat(5000)}`, '1:266'],
  ['dashes', `devices:\n  ${'- '.repeat(5000)}x`, '2:129'],
  ['marked keys', `devices:\n  ${'- ? '.repeat(2500)}x`, '2:129'],
  [
    'dashes in many lines',
    Array.from({ length: 50 }, (_, n) => `${' '.repeat(60 * n)}${'- '.repeat(30)}`).join('\n'),
    '3:129',
  ],
  ['blocks', Array.from({ length: 1000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'), '65:65'],
])('says where it is nested too deeply: %s', (_, text, place) => {
  expect(() => parseInventory(text, 'inventory.yaml')).toThrow(`inventory.yaml:${place}: nested too deeply`);
});
