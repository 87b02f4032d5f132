import { expect, it } from 'vitest';
import { diagnoseText } from '../../support/diagnose-text.ts';

interface Shape {
  readonly said?: string;
  readonly version?: string;
  readonly members?: string;
}

const settings = ({
  said = 'Local users get in, AD users never.',
  version = '2',
  members = '"dc-quay" "standby1"',
}: Shape) => `${said}

config user ldap
    edit "dc-quay"
        set server "192.0.2.14"
        set cnid "sAMAccountName"
        set dn "dc=quay,dc=example"
    next
end
config user group
    edit "crew"
        set member ${members}
    next
end
config vpn ipsec phase1-interface
    edit "roamers"
        set type dynamic
        set interface "wan1"
        set ike-version ${version}
        set peertype any
        set mode-cfg enable
        set eap enable
        set eap-identity send-request
        set authusrgrp "crew"
    next
end
`;
const RULE = 'ike-eap-method-mismatch';

it.each([
  ['local users get in', {}, 'likely'],
  [
    'in German, with the version',
    { said: 'Lokale Benutzer kommen rein, AD-Benutzer nie. FortiClient 7.2.5.' },
    'likely',
  ],
  ['the directory first', { said: 'LDAP users always fail, local users can connect.' }, 'likely'],
  ['not getting in', { said: 'AD users can’t get in, local users can.' }, 'likely'],
  ['the client names EAP', { said: 'FortiClient says EAPPasswordError.', members: '"dc-quay"' }, 'likely'],
  ['the group is mixed', { said: 'FortiClient says EAPPasswordError.' }, 'possible'],
] as const)('a directory behind IKEv2 with EAP whose users fail: %s', (_what, shape, confidence) => {
  const [finding] = diagnoseText(settings(shape)).findings;
  expect(finding).toMatchObject({ rule: RULE, confidence });
  expect(finding?.title).toContain('EAP-MSCHAPv2 cannot ask the LDAP server dc-quay');
  expect(finding?.fix.note).toContain('EAP-TTLS');
});

it.each([
  ['no one complains', { said: 'Our new tunnel.' }],
  ['local users fail too', { said: 'Local users do not get in, and AD users do not.' }],
  ['the tunnel is of IKEv1', { version: '1' }],
  ['the group holds local users only', { members: '"standby1"' }],
  ['the client uses EAP-TTLS', { said: 'With TTLS local users get in, AD users never.' }],
] as const)('shows no mismatch of EAP where %s', (_what, shape) => {
  expect(diagnoseText(settings(shape)).findings.map(({ rule }) => rule)).not.toContain(RULE);
});

const login = (...end: readonly string[]) =>
  [
    'ike V=root:0:roamers:55: EAP user "wren"',
    'ike V=root:0:roamers: auth group crew',
    'ike V=root:0:roamers: EAP 4410021 pending',
    "[466] __compose_group_list_from_req-Group 'crew', type 1",
    '[1108] radius_start-eap_local=1',
    'EAP: getNextMethod: vendor 0 type 26',
    'EAP-MSCHAPV2: Generated Challenge',
    'ike V=root:0:roamers:55 EAP 4410021 result FNBAM_CHALLENGED',
    'ike V=root:0:roamers:55: responder received EAP msg',
    ...end,
    'EAP: EAP entering state FAILURE',
    'ike V=root:0:roamers:55 EAP 4410022 result FNBAM_DENIED',
    'ike V=root:0:roamers: EAP failed for user "wren"\n',
  ].join('\n');
const SEARCH = "[888] fnbamd_ldap_build_dn_search_req-base:'dc=quay' filter:cn=wren";

it('a directory that is searched and not named is behind EAP-MSCHAPv2 too', () => {
  const [finding] = diagnoseText(login(SEARCH)).findings;
  expect(finding).toMatchObject({ rule: RULE, confidence: 'likely' });
  expect(finding?.title).toContain('EAP-MSCHAPv2 cannot ask the LDAP server of the group');
});

it.each([
  ['no directory was asked', login()],
  [
    'the directory took a password',
    login(SEARCH, '[984] __ldap_next_state-State: DN Search -> User Binding'),
  ],
])('shows no mismatch of EAP in a login where %s', (_what, text) => {
  expect(diagnoseText(text).findings.map(({ rule }) => rule)).not.toContain(RULE);
});
