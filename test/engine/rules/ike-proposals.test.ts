import { expect, it } from 'vitest';
import { diagnoseText } from '../../support/diagnose-text.ts';

const exchange = (client: string, own: string) =>
  [
    'ike V=root:0: comes 203.0.113.41:1012->198.51.100.10:500,ifindex=6,vrf=0,len=465....',
    'ike V=root:0: IKEv2 exchange=SA_INIT id=a1b2c3d4e5f60718/0000000000000000 len=465',
    'ike V=root:0:a1b2c3d4e5f60718/0000000000000000:501: responder received SA_INIT msg',
    'ike V=root:0:a1b2c3d4e5f60718/0000000000000000:501: incoming proposal:',
    `ike V=root:0:a1b2c3d4e5f60718/0000000000000000:501:         type=DH_GROUP, val=${client}.`,
    'ike V=root:0:a1b2c3d4e5f60718/0000000000000000:501: my proposal, gw ra-staff:',
    `ike V=root:0:a1b2c3d4e5f60718/0000000000000000:501:         type=DH_GROUP, val=${own}.`,
    'ike V=root:0:a1b2c3d4e5f60718/0000000000000000:501: no proposal chosen',
  ].join('\n');

it.each([
  ['ECP384BP', 'MODP1536', 'The client offers DH group 29, and ra-staff accepts 5', 'set dhgrp 5 29'],
  ['ECP521', 'MODP1536', 'The client offers DH group 21, and ra-staff accepts 5', 'set dhgrp 5 21'],
])('gives the tunnel the strong group of the client: %s for %s', (client, own, title, line) => {
  const [finding] = diagnoseText(exchange(client, own)).findings;
  expect(finding).toMatchObject({ rule: 'ike-proposal-mismatch', title });
  expect(finding?.fix.apply.join('\n')).toContain(line);
});

it.each([
  ['MODP1024', 'weak'],
  ['MODP6144', 'Only where the client cannot be changed'],
])('changes the client that offers %s', (client, words) => {
  const [finding] = diagnoseText(exchange(client, 'MODP2048')).findings;
  expect(finding?.fix.apply).toEqual([]);
  expect(finding?.fix.todo?.join(' ')).toContain(words);
  expect(finding?.fix.todo?.join(' ').includes('is weak')).toBe(words === 'weak');
});
