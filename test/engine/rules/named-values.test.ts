import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { diagnose } from '../../../src/engine/diagnosis/diagnose.ts';

/** What the evidence holds is named, so that the reader has nothing to look up. */
it.each([
  ['ldap-user-not-found', 'broken.log', ['DC01 has no cn=marlow below dc=example,dc=net', '`cn`']],
  [
    'ldap-group-mismatch',
    'broken.config.log',
    [
      'marlow is not in CN=VPN-Users',
      'vpn-ad',
      'Add marlow to `CN=VPN-Users,OU=Groups',
      '`CN=Staff,OU=Groups',
    ],
  ],
  [
    'ldap-server-unreachable',
    'broken.log',
    [
      'execute ping 192.0.2.40',
      'get router info routing-table details 192.0.2.40',
      'show user ldap "DC01"',
      'DC01, 192.0.2.40 at 2026-03-02 09:12:04',
    ],
  ],
  [
    'radius-server-unreachable',
    'broken.log',
    [
      'execute ping 192.0.2.31',
      'show user radius "nps1"',
      "diagnose sniffer packet any 'host 192.0.2.31 and udp' 4 20 l",
    ],
  ],
  [
    'ldap-bind-account-refused',
    'broken.expired.log',
    [
      'DC01 refuses the FortiGate’s account CN=svc-vpn: the password has expired',
      'type it in the LDAP entry DC01 (`config user ldap`, `set password <password-of-the-account>`)',
    ],
  ],
  [
    'ldap-bind-account-refused',
    'broken.log',
    ['DC01 refuses the FortiGate’s account CN=svc-vpn: its name or password is wrong'],
  ],
  [
    'local-password-wrong',
    'broken.log',
    ['entry of marlow in `config user local` (`set passwd <new-password>`)'],
  ],
  ['ike-psk-mismatch', 'broken.eap.log', ['may differ for client', 'most likely']],
  ['ike-psk-mismatch', 'broken.log', ['it differs for client']],
  [
    'saml-attribute-or-group-mismatch',
    'broken.group.log',
    [
      'no group of the FortiGate matched',
      'identity provider send `vpn-staff-id`',
      'only if everybody',
      'vpn-contractors-id',
    ],
  ],
  ['wan-ftm-access-missing', 'broken.switched-off.conf', ['wan1 is the only WAN interface that is up']],
  [
    'admin-trusthost-blocks-callback',
    'broken.full-configuration.conf',
    ['Both administrators that were read have trusted hosts'],
  ],
  ['token-locked', 'broken.from-outside.txt', ['execute fortitoken-mobile renew FTKMOB11AA22BB33']],
  ['token-server-is-fortimanager', 'broken.txt', ['new tokens cannot be activated']],
  [
    'radius-rejected',
    'broken.log',
    ['nps1 refused marlow: authentication failed (E=691)', 'MS-CHAPv2 and PAP'],
  ],
  ['local-account-expired-or-disabled', 'broken.password-policy.txt', ['90 days']],
  ['ike-pool-exhausted', 'broken.full.txt', ['addresses after 10.99.3.10']],
  ['ssl-ip-pool-exhausted', 'broken.full.txt', ['uses 10.212.134.211 to 10.212.134.254']],
  [
    'local-in-policy-denies',
    'broken.vpn-port.txt',
    ['drops 203.0.113.140', 'whether 203.0.113.140 may connect', 'geo-abroad'],
  ],
  [
    'ike-certificate-mismatch',
    'broken.peer.log',
    ['the CA Heron-Root, not Heron-SubCA', 'Heron-SubCA instead of Heron-Root'],
  ],
  [
    'ike-certificate-mismatch',
    'broken.other-issuer.log',
    [
      'of pc-linnet: it must be of the CA Heron_Issuing_1, not Heron Issuing 2',
      'would refuse the certificates that get in today',
    ],
  ],
  [
    'port-conflict-vip',
    'broken.translated-one-to-one.log',
    ['Virtual IP mail-one-to-one forwards the phone’s answer to 10.20.1.25:4433'],
  ],
  ['ike-peer-id-mismatch', 'broken.peerid.log', ['it must be “staff”']],
  [
    'ike-proposal-mismatch',
    'broken.log',
    [
      'The client offers DH group 5, and ra-staff accepts 14 and 21',
      'must have DH group 14 or 21 (now 5)',
      'is weak',
    ],
  ],
  [
    'ike-user-group-mismatch',
    'broken.other-group.log',
    ['only the group sales, and oriole is in technicians', 'Policy 12'],
  ],
  ['user-not-in-vpn-rule', 'broken.ipsec.log', ['marlowe is not in vpn-local', 'add marlowe to vpn-local']],
  [
    'saml-attribute-or-group-mismatch',
    'broken.names.log',
    [
      'name the value `0f0f0f0f-0000-4000-8000-0000000000c3`',
      'an attribute named “group”; we received it as “http://schemas.example.net/claims/groups”',
    ],
  ],
  ['push-tls-inspected', 'broken.log', ['The FortiGate refused the push server’s certificate (unknown_ca)']],
  ['client-not-forticlient', 'broken.silent.log', ['may not be FortiClient']],
  [
    'host-check-failed',
    'broken.free-edition.txt',
    ['Portal lab-tunnel asks for a host check', 'Install the licensed FortiClient'],
  ],
  [
    'push-cert-untrusted',
    'broken.internal-authority.txt',
    ['from a CA of the company', 'a public CA for push.heron.example', 'nothing has to be installed'],
  ],
  ['admin-trusthost-blocks-callback', 'broken.flow.txt', ['dropped by policy 0']],
  ['source-ip-blocked', 'broken.log', ['by default after 60 s']],
  ['local-password-wrong', 'broken.sslvpn-alone.log', ['may block the address']],
  [
    'callback-asymmetric-route',
    'broken.log',
    ['Set `server` to the address', 'routing-table details 203.0.113.55`.'],
  ],
  [
    'ldap-group-mismatch',
    'broken.config.log',
    ['add that name to vpn-ad as a further entry of `config match`', 'The group that vpn-ad asks for'],
  ],
  ['token-server-unreachable', 'broken.txt', ['execute ping fds1.fortinet.com', 'This must show `Token']],
  ['ike-udp-blocked', 'broken.log', ['host 203.0.113.41 and udp port 4500']],
] as const)('%s: %s', (id, file, values) => {
  const path = new URL(`../../../src/engine/rules/${id}/fixtures/${file}`, import.meta.url);
  const { findings } = diagnose([{ name: file, text: readFileSync(path, 'utf8') }]);
  const finding = findings.find(({ rule }) => rule === id);
  const said = `${finding?.title}\n${finding?.summary}\n${finding?.fix.note}`;
  for (const value of values) expect(said).toContain(value);
});

it('only SSL VPN is said to block an address', () => {
  const path = new URL(
    '../../../src/engine/rules/local-password-wrong/fixtures/broken.eap.log',
    import.meta.url,
  );
  const { findings } = diagnose([{ name: 'ike.log', text: readFileSync(path, 'utf8') }]);
  expect(findings[0]).toMatchObject({ rule: 'local-password-wrong' });
  expect(findings[0]?.fix.note).not.toContain('block');
});

it.each([
  ['775', 'Unlock the account in the directory', 'Please unlock it'],
  ['533', 'Enable the account in the directory', 'Please enable it'],
  ['1', 'Look at the account in the directory', 'Please check the state of the account'],
])('a refusal with data %s asks for what ends it', (data, todo, request) => {
  const path = new URL('../../../src/engine/rules/ldap-user-refused/fixtures/broken.log', import.meta.url);
  const text = readFileSync(path, 'utf8').replaceAll(/data [0-9a-f]{3}/g, `data ${data}`);
  const { findings } = diagnose([{ name: 'ldap.log', text }]);
  const note = findings.find(({ rule }) => rule === 'ldap-user-refused')?.fix.note;
  expect(note).toContain(todo);
  expect(note).toContain(request);
});

it('a list of groups without a group is named as such, and no group is guessed', () => {
  const path = new URL('../../../src/engine/rules/user-not-in-vpn-rule/fixtures/broken.log', import.meta.url);
  const text = readFileSync(path, 'utf8').replace(/^.*group_desc.*\n/m, '');
  const [finding] = diagnose([{ name: 'login.log', text }]).findings;
  expect(finding).toMatchObject({ rule: 'user-not-in-vpn-rule', fix: { apply: [] } });
  expect(finding?.summary).toContain('sslvpn sent fnbamd no group');
  expect(finding?.evidence.map((each) => each.text).join()).toMatch(
    /invalid auth params.*Groups sent to FNBAM/,
  );
  expect(finding?.fix.note).toContain('carol: `show user local`, `show user group`');
});
