import { describe, expect, it } from 'vitest';
import { diagnoseText } from '../../support/diagnose-text.ts';

const entry = (path: string, ...entries: readonly (readonly [name: string, ...lines: string[]])[]) =>
  [
    `config ${path}`,
    ...entries.flatMap(([name, ...lines]) => [
      `    edit "${name}"`,
      ...lines.map((line) => `        ${line}`),
      '    next',
    ]),
    'end',
  ].join('\n');
const users = entry('user local', ['wren', 'set type password'], ['siskin', 'set type password']);
const groups = (staff: string, sales = '"wren"') =>
  entry('user group', ['staff', `set member ${staff}`], ['sales', `set member ${sales}`]);
const policy = entry('firewall policy', [
  '12',
  'set srcintf "ra-eap"',
  'set dstintf "lan"',
  'set action accept',
  'set groups "staff" "sales"',
]);
const tunnel = (...lines: readonly string[]) =>
  entry('vpn ipsec phase1-interface', [
    'ra-eap',
    'set type dynamic',
    'set interface "wan1"',
    'set ike-version 2',
    'set eap enable',
    'set eap-identity send-request',
    ...lines,
  ]);
const ASKS = 'set authusrgrp "staff"';
const log = (result: string, ...lines: readonly string[]) =>
  [
    'ike V=root:0:ra-eap:43: responder preparing EAP identity request',
    'ike V=root:0:ra-eap:43: responder received EAP msg',
    'ike V=root:0:ra-eap: EAP user "wren"',
    ...lines,
    'ike V=root:0:ra-eap: EAP 7002215503 pending',
    `ike V=root:0:ra-eap:43 EAP 7002215503 result ${result}`,
    ...(result === 'FNBAM_DENIED' ? ['ike V=root:0:ra-eap: EAP failed for user "wren"'] : []),
  ].join('\n');
const DENIED = log('FNBAM_DENIED', 'ike V=root:0:ra-eap: auth group staff');

describe('a local user who logs in by EAP and is not in the group that the tunnel asks', () => {
  it.each([
    ['the debug of IKE names the group', [DENIED, tunnel(ASKS), users, groups('"siskin"'), policy]],
    [
      'only the tunnel names the group',
      [log('FNBAM_DENIED'), tunnel(ASKS), users, groups('"siskin"'), policy],
    ],
    ['the tunnel was not read', [DENIED, users, groups('"siskin"')]],
  ])('is refused for that, where %s', (_what, texts) => {
    const { findings } = diagnoseText(texts.join('\n'));
    expect(findings[0]).toMatchObject({ rule: 'ike-user-group-mismatch', confidence: 'likely' });
    expect(findings[0]?.title).toBe('ra-eap asks only the group staff, and wren is in sales');
    expect(findings.filter(({ explainedBy }) => explainedBy === undefined)).toHaveLength(1);
  });

  it.each([
    ['is in it', [DENIED, tunnel(ASKS), users, groups('"siskin" "wren"')]],
    ['may come from a server in it', [DENIED, tunnel(ASKS), users, groups('"siskin" "dc01"')]],
    ['may be of a group that was not read', [DENIED, tunnel(ASKS), users]],
    ['got in', [log('FNBAM_SUCCESS'), tunnel(ASKS), users, groups('"siskin"')]],
    [
      'is asked in any group of the policies',
      [log('FNBAM_DENIED'), tunnel(), users, groups('"siskin"'), policy],
    ],
  ])('is not refused for that where the user %s', (_what, texts) => {
    expect(diagnoseText(texts.join('\n')).findings.map(({ rule }) => rule)).not.toContain(
      'ike-user-group-mismatch',
    );
  });
});

describe('a login that IKE refuses of a user without a second factor', () => {
  it('does not fail because of the second factor', () => {
    const rules = diagnoseText([DENIED, tunnel(ASKS), users, groups('"wren"')].join('\n')).findings;
    expect(rules.map(({ rule }) => rule)).not.toContain('two-factor-not-assigned');
  });
});
