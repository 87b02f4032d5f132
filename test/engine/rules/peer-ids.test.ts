import { expect, it } from 'vitest';
import { diagnoseText } from '../../support/diagnose-text.ts';

const refused = (id: string) =>
  [
    'ike 0:harbour:41: responder received AUTH msg',
    `ike 0:harbour:41: received peer identifier FQDN '${id}'`,
    'ike 0:harbour:41: re-validate gw ID',
    'ike 0:harbour:41: gw validation failed',
    'ike 0:harbour:41: schedule delete of IKE SA 51aa0c77e4b2901d/90ce41f7722a13b0',
  ].join('\n');
const tunnels = (...ids: readonly (readonly [name: string, id: string])[]) =>
  [
    'config vpn ipsec phase1-interface',
    ...ids.flatMap(([name, id]) => [
      `    edit "${name}"`,
      '        set type dynamic',
      '        set interface "wan1"',
      '        set ike-version 2',
      '        set peertype one',
      '        set eap enable',
      '        set authusrgrp "crew"',
      `        set peerid "${id}"`,
      '    next',
    ]),
    'end',
  ].join('\n');
const found = (id: string, ...ids: readonly (readonly [string, string])[]) =>
  diagnoseText(`${refused(id)}\n\n${tunnels(...ids)}\n`).findings[0];

it.each([
  ['it is the first part of the other', 'rover', 'rovers'],
  ['one character differs', 'crew2', 'crew1'],
  ['a character is missing', 'lighhouse', 'lighthouse'],
])('the tunnel with the nearly equal ID is the one that was meant: %s', (_what, id, asked) => {
  const finding = found(id, ['harbour', 'quayside'], ['field', asked]);
  expect(finding).toMatchObject({ rule: 'ike-peer-id-mismatch', confidence: 'certain' });
  expect(finding?.title).toBe(`The client calls itself “${id}”, and field asks for “${asked}”`);
  expect(finding?.fix.note).toContain(`to “${asked}”`);
});

it.each([
  ['none is near', 'gulls', 'rovers'],
  ['it is the ID of another tunnel', 'rovers', 'rovers'],
  ['too few characters are equal', 'ro', 'rovers'],
])('no tunnel is taken for the right one where %s', (_what, id, other) => {
  const finding = found(id, ['harbour', 'quayside'], ['field', other]);
  expect(finding?.title).toBe(`The client calls itself “${id}”, and harbour asks for “quayside”`);
  expect(finding?.fix.note).toContain('to that of its own tunnel');
  expect(finding?.summary).toContain(`Of the other tunnels, field asks for “${other}”.`);
});

it.each([
  ['an output that was filtered', 'FGT # show vpn ipsec phase1-interface harbour | grep peer\n'],
  ['lines without a command', ''],
])('the ID that the tunnel asks for is read from %s below the log', (_what, command) => {
  const shown = `${command}        set peertype one\n        set peerid "quayside"\n        set eap enable\n`;
  const { findings, answers } = diagnoseText(`wrong psk?\n\n${refused('gulls')}\n\n${shown}`);
  expect(findings[0]?.rule).toBe('ike-peer-id-mismatch');
  expect(findings[0]?.title).toBe('The client calls itself “gulls”, and harbour asks for “quayside”');
  expect(findings[0]?.summary).not.toContain('not in the evidence');
  expect(answers?.map(({ answer }) => answer)).toEqual([
    'The login ends at the local ID, before the pre-shared key is proven: the log says nothing against the key.',
  ]);
});

it('the only tunnel is the right one', () => {
  expect(found('gulls', ['harbour', 'quayside'])?.fix.note).toContain('to “quayside”');
});
