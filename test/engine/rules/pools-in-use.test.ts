import { describe, expect, it } from 'vitest';
import { diagnoseText } from '../../support/diagnose-text.ts';

const LOGIN = [
  'ike V=root:0:ra-crew:77: EAP 551290401 result FNBAM_SUCCESS',
  'ike V=root:0:ra-crew: EAP succeeded for user "wren" group "crew" 2FA=yes',
  'ike V=root:0:ra-crew:77: responder preparing EAP pass through message',
  'ike V=root:0:ra-crew_4:77: mode-cfg could not allocate IPv4 address',
  'ike V=root:0:ra-crew_4:77: schedule delete of IKE SA 91c5c0ff10aa2b3c/0d77f1e2b3c4d5e6\n',
].join('\n');
const RANGE = ['set ipv4-start-ip 10.99.8.21', 'set ipv4-end-ip 10.99.8.23'].map((line) => `        ${line}`);
const assigned = (last: number) => `assigned IPv4 address: 10.99.8.${last}/255.255.255.255`;
const shown = [
  'config vpn ipsec phase1-interface',
  '    edit "ra-crew"',
  '        set type dynamic',
  ...RANGE,
  '    next',
  'end\n',
].join('\n');
const picked = ['EDGE # show vpn ipsec phase1-interface ra-crew | grep ipv4', ...RANGE, '\n'].join('\n');
const list = (...addresses: readonly number[]) =>
  [
    'EDGE # diagnose vpn ike gateway list',
    ...addresses.flatMap((last, at) => [
      '',
      'vd: root/0',
      `name: ra-crew_${at}`,
      'version: 2',
      assigned(last),
    ]),
    '\n',
  ].join('\n');
const lines = (...addresses: readonly number[]) =>
  [
    '# diagnose vpn ike gateway list | grep assigned',
    ...addresses.map((last) => `  ${assigned(last)}`),
    '\n',
  ].join('\n');

it.each([
  ['whole outputs', shown + list(21, 22, 23)],
  ['picked lines', picked.replace('EDGE ', '') + lines(21, 22, 23)],
  ['the tunnel and picked addresses', shown + lines(21, 22, 23)],
])('a range that is used up is proof: %s', (_what, outputs) => {
  for (const text of [LOGIN + outputs, `${outputs}\n${LOGIN}`]) {
    const [finding] = diagnoseText(text).findings;
    expect(finding).toMatchObject({
      rule: 'ike-pool-exhausted',
      confidence: 'certain',
      title: 'All 3 addresses of ra-crew (10.99.8.21 to 10.99.8.23) are in use',
    });
    expect(finding?.fix.apply.join('\n')).toContain('edit "ra-crew"\n        set ipv4-end-ip <');
  }
});

it.each([
  ['one address is free', shown + list(21, 22)],
  ['a client has an address of another range', picked + lines(21, 22, 99)],
  ['one address is listed twice', picked + lines(21, 22, 22)],
])('it is likely only where %s', (_what, outputs) => {
  expect(diagnoseText(LOGIN + outputs).findings[0]).toMatchObject({
    rule: 'ike-pool-exhausted',
    confidence: 'likely',
  });
});

const object = (name: string, first: string, last: string) =>
  `    edit "${name}"\n        set type iprange\n        set start-ip ${first}\n        set end-ip ${last}\n    next`;
const full = (network: string, ...others: readonly string[]) =>
  diagnoseText(
    [
      'config firewall address',
      object('crew-pool', `${network}.200`, `${network}.201`),
      ...others,
      'end',
      'EDGE # get vpn ssl monitor',
      'SSL-VPN sessions:',
      ' Index   User    Group   Source IP      Duration        I/O Bytes       Tunnel/Dest IP',
      ` 0       wren   crew   203.0.113.10         100     27000/14000    ${network}.200`,
      ` 1       teal   crew   203.0.113.11         100     27000/14000    ${network}.201\n`,
    ].join('\n'),
  ).findings[0]?.fix;

it('the pool of SSL VPN gets the rest of the network that FortiOS sets aside for it', () => {
  const fix = full('10.212.134', object('inside', '10.0.0.0', '10.255.255.255'));
  expect(fix?.apply.join('\n')).toContain('set end-ip 10.212.134.254');
  expect(fix?.undo.join('\n')).toContain('set end-ip 10.212.134.201');
  expect(fix?.note).toContain('First check that nothing else uses 10.212.134.202 to 10.212.134.254');
});

it.each([
  ['the network is another one', full('10.20.8')],
  [
    'another object has addresses there',
    full('10.212.134', object('guests', '10.212.134.230', '10.212.134.239')),
  ],
])('a person chooses the last address where %s', (_what, fix) => {
  expect(fix?.apply.join('\n')).toContain('set end-ip <last-address>');
});

describe('a tunnel whose clients were counted', () => {
  const tunnel = (version: 1 | 2, name = 'ra-crew') =>
    [
      `EDGE # show vpn ipsec phase1-interface ${name}`,
      'config vpn ipsec phase1-interface',
      `    edit "${name}"`,
      '        set type dynamic',
      ...(version === 2
        ? ['        set ike-version 2', '        set eap enable']
        : ['        set mode aggressive', '        set xauthtype auto']),
      '        set authusrgrp "crew"',
      ...RANGE,
      '    next',
      'end',
      '',
    ].join('\n');
  const counted = (command: string, count: number) => `EDGE # ${command}\n${count}\n`;

  it.each([
    ['diagnose vpn ike gateway list name ra-crew | grep -c "assigned IPv4 address"', 1],
    ['diag vpn ike gateway list | grep -c assigned', 2],
    ['get vpn ipsec tunnel summary | grep -c ra-crew_', 2],
  ] as const)('has no address left: %s', (command, version) => {
    const { verdict, findings } = diagnoseText(tunnel(version) + counted(command, 3));
    expect(verdict).toBe('broken');
    expect(findings.map(({ rule, title }) => [rule, title])).toEqual([
      [
        'ike-pool-exhausted',
        'All 3 addresses of 10.99.8.21 to 10.99.8.23 are in use: ra-crew has none for another client',
      ],
    ]);
    expect(findings[0]?.evidence.map(({ text }) => text)).toContain('3');
  });

  it.each([
    ['an address is left', tunnel(2) + counted('diagnose vpn ike gateway list | grep -c assigned', 2)],
    [
      'another tunnel was counted',
      tunnel(2) + counted('diagnose vpn ike gateway list name branch | grep -c assigned', 3),
    ],
    [
      'the clients of two tunnels were counted together',
      tunnel(2) + tunnel(2, 'ra-flock') + counted('diagnose vpn ike gateway list | grep -c assigned', 3),
    ],
    ['other lines were counted', tunnel(2) + counted('diagnose vpn ike gateway list | grep -c 10.99', 3)],
  ])('is not found where %s', (_what, text) => {
    expect(diagnoseText(text).findings.map(({ title }) => title)).not.toContainEqual(
      expect.stringContaining('All 3 addresses'),
    );
  });

  it('needs no bigger model', () => {
    const { answers } = diagnoseText(
      `Do they need a bigger firewall?\n\n${tunnel(2)}${counted('diagnose vpn ike gateway list | grep -c assigned', 3)}`,
    );
    expect(answers?.map(({ answer }) => answer)).toEqual([
      'A bigger model does not help: the address range is full, whatever the model.',
    ]);
  });

  it('of IKEv1 has no finding about push where nothing speaks of one', () => {
    expect(diagnoseText(tunnel(1)).findings).toEqual([]);
    expect(diagnoseText(`No push arrives.\n\n${tunnel(1)}`).findings).toMatchObject([
      { rule: 'ikev1-no-push' },
    ]);
  });

  it('has no address left where the list is picked lines', () => {
    const [finding] = diagnoseText(tunnel(1) + lines(21, 22, 23)).findings;
    expect(finding).toMatchObject({ rule: 'ike-pool-exhausted' });
  });
});
