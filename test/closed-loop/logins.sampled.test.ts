import { describe, expect, it } from 'vitest';
import type { RuleId } from '../../src/engine/rules/rule-ids.ts';
import type { Directories } from '../../src/stand-ins/fortigate/logins/directories.ts';
import { logIn } from '../../src/stand-ins/fortigate/logins/log-in.ts';
import type { Login } from '../../src/stand-ins/fortigate/logins/login.ts';
import { sampleOf } from '../support/amount.ts';
import { typeAll } from './console.ts';
import { access, dialup, plainUser, type Sections, sslVpn } from './device.ts';
import { createTestDevice, diagnose, type TestDevice } from './loop.ts';
import type { RuleScenario, SampleRelease } from './scenario.ts';

/**
 * Each way in, with the servers behind it: what breaks it is typed, the same login is refused and its cause found; what
 * takes that back is typed, and the login gets in again.
 */
interface Way {
  readonly name: string;
  readonly sections: Sections;
  readonly login: Login;
  readonly faults: readonly Fault[];
}

interface Fault {
  readonly rule: RuleId;
  /** Lines that break the device, and lines that mend it. */
  readonly breaks?: readonly string[];
  readonly mends?: readonly string[];
  /** What is different about the login, or about the servers. */
  readonly login?: Partial<Login>;
  readonly directories?: Directories;
  readonly releases?: readonly SampleRelease[];
}

const GROUP = 'CN=VPN-Users,OU=Groups,DC=example,DC=net';
const ACS = 'https://vpn.example.net:10443/remote/saml/login';
const ENTITY = 'https://idp.example.net/entity';
const PASSWORD = 'her-own-words';
const MARLOW = {
  dn: 'CN=Marlow Reed,OU=Staff,DC=example,DC=net',
  names: { sAMAccountName: 'marlow', cn: 'Marlow Reed' },
  password: PASSWORD,
  groups: [GROUP],
};
const LDAP = { issuer: 'example-root', binds: 'CN=svc-vpn,DC=example,DC=net', people: [MARLOW] };
const RADIUS = { people: [{ name: 'marlow', password: PASSWORD, group: 'Staff-VPN' }] };
const IDP = {
  certificate: 'REMOTE_Cert_1',
  signs: 'response-and-assertion',
  acs: ACS,
  people: { marlow: { username: 'marlow@example.net', groups: 'vpn-staff-id' } },
} as const;
const DIRECTORIES: Directories = {
  ldap: { '192.0.2.30': LDAP },
  radius: { '192.0.2.31': RADIUS },
  idp: { [ENTITY]: IDP },
};

const SERVERS: Sections = {
  'user ldap': [
    'edit "DC01"',
    'set server "192.0.2.30"',
    'set cnid "sAMAccountName"',
    'set dn "dc=example,dc=net"',
    'set type regular',
    'set username "CN=svc-vpn,DC=example,DC=net"',
    'set secure ldaps',
    'next',
  ],
  'user radius': ['edit "NPS1"', 'set server "192.0.2.31"', 'next'],
  'user saml': [
    'edit "entra"',
    'set entity-id "https://vpn.example.net:10443/remote/saml/metadata"',
    `set single-sign-on-url "${ACS}"`,
    `set idp-entity-id "${ENTITY}"`,
    'set idp-cert "REMOTE_Cert_1"',
    'set user-name "username"',
    'set group-name "groups"',
    'next',
  ],
  'vpn certificate ca': ['edit "example-root"', 'next'],
};

function group(member: string, match?: string): Sections {
  const matches =
    match === undefined
      ? []
      : ['config match', 'edit 1', `set server-name "${member}"`, `set group-name "${match}"`, 'next', 'end'];
  return { 'user group': ['edit "vpn-users"', `set member "${member}"`, ...matches, 'next'] };
}

const SSL: Sections = {
  ...SERVERS,
  'user local': plainUser('wren'),
  'vpn ssl settings': sslVpn(10_443),
  'vpn ssl web portal': ['edit "full-access"', 'set tunnel-mode enable', 'set web-mode enable', 'next'],
  'firewall policy': access('ssl.root', 'vpn-users'),
};

const tunnelOf = (...more: readonly string[]): Sections => ({
  ...SERVERS,
  'user local': plainUser('wren'),
  ...dialup([
    'set dhgrp 14',
    'set peertype any',
    'set authusrgrp "vpn-users"',
    'set ipv4-start-ip 10.99.3.1',
    'set ipv4-end-ip 10.99.3.50',
    ...more,
  ]),
});
const IKEV1 = ['set mode aggressive'];
const IKEV2 = ['set ike-version 2', 'set eap enable', 'set eap-identity send-request'];

const set = (path: string, key: string, line: string) => [
  `config ${path}`,
  `edit "${key}"`,
  line,
  'next',
  'end',
];
const ldap = (line: string) => set('user ldap', 'DC01', line);
const radius = (line: string) => set('user radius', 'NPS1', line);
const saml = (line: string) => set('user saml', 'entra', line);
const tunnel = (line: string) => set('vpn ipsec phase1-interface', 'ra-staff', line);
const policy = (line: string) => ['config firewall policy', 'edit 1', line, 'next', 'end'];
const match = (name: string) => [
  'config user group',
  'edit "vpn-users"',
  'config match',
  'edit 1',
  `set group-name "${name}"`,
  'next',
  'end',
  'next',
  'end',
];

const LDAP_FAULTS: readonly Fault[] = [
  { rule: 'ldap-user-not-found', breaks: ldap('set cnid "cn"'), mends: ldap('set cnid "sAMAccountName"') },
  {
    rule: 'ldap-user-not-found',
    breaks: ldap('set dn "ou=Guests,dc=example,dc=net"'),
    mends: ldap('set dn "dc=example,dc=net"'),
  },
  {
    rule: 'ldap-server-unreachable',
    breaks: ldap('set server "192.0.2.99"'),
    mends: ldap('set server "192.0.2.30"'),
  },
  { rule: 'ldap-user-refused', login: { password: 'another' } },
  {
    rule: 'ldap-user-refused',
    directories: { ldap: { '192.0.2.30': { ...LDAP, people: [{ ...MARLOW, refusal: '775' }] } } },
  },
  { rule: 'ldap-group-mismatch', breaks: match('CN=Others,DC=example,DC=net'), mends: match(GROUP) },
  {
    rule: 'ldaps-certificate-untrusted',
    breaks: ['config vpn certificate ca', 'delete "example-root"', 'end'],
    mends: ['config vpn certificate ca', 'edit "example-root"', 'next', 'end'],
    releases: ['7.4.8'],
  },
];

const RADIUS_FAULTS: readonly Fault[] = [
  {
    rule: 'radius-server-unreachable',
    breaks: radius('set server "192.0.2.99"'),
    mends: radius('set server "192.0.2.31"'),
  },
  { rule: 'radius-rejected', login: { password: 'another' } },
  {
    rule: 'radius-authenticator-invalid',
    directories: { radius: { '192.0.2.31': { ...RADIUS, answers: 'unsigned' } } },
  },
  { rule: 'radius-group-attribute-missing', breaks: match('Others'), mends: match('Staff-VPN') },
];

const SAML_FAULTS: readonly Fault[] = [
  {
    rule: 'saml-idp-certificate-wrong',
    breaks: saml('set idp-cert "REMOTE_Cert_2"'),
    mends: saml('set idp-cert "REMOTE_Cert_1"'),
  },
  {
    rule: 'saml-url-or-entity-mismatch',
    breaks: saml(`set single-sign-on-url "${ACS}/"`),
    mends: saml(`set single-sign-on-url "${ACS}"`),
  },
  { rule: 'saml-clock-skew', directories: { idp: { [ENTITY]: { ...IDP, isClockWrong: true } } } },
];
const SSL_SAML_FAULTS: readonly Fault[] = [
  {
    rule: 'saml-attribute-or-group-mismatch',
    breaks: saml('set group-name "memberOf"'),
    mends: saml('set group-name "groups"'),
  },
  { rule: 'saml-attribute-or-group-mismatch', breaks: match('another-id'), mends: match('vpn-staff-id') },
];

const IKE_FAULTS: readonly Fault[] = [
  { rule: 'ike-proposal-mismatch', breaks: tunnel('set dhgrp 5'), mends: tunnel('set dhgrp 14') },
];
const IKEV2_FAULTS: readonly Fault[] = [
  ...IKE_FAULTS,
  { rule: 'ike-eap-not-negotiated', breaks: tunnel('set eap disable'), mends: tunnel('set eap enable') },
  { rule: 'ike-no-policy', breaks: policy('set status disable'), mends: policy('set status enable') },
  {
    rule: 'ike-network-id-or-version-mismatch',
    breaks: [
      'config vpn ipsec phase1-interface',
      'edit "ra-staff"',
      'set network-overlay enable',
      'set network-id 12',
      'next',
      'end',
    ],
    mends: tunnel('set network-overlay disable'),
  },
  { rule: 'ike-psk-mismatch', login: { isKeyWrong: true } },
  { rule: 'ike-pool-exhausted', login: { clientsConnected: 50 } },
];

const WAYS: readonly Way[] = [
  {
    name: 'SSL VPN with a password',
    sections: { ...SSL, ...group('marlow'), 'user local': plainUser('marlow') },
    login: { user: 'marlow', vpn: 'sslvpn' },
    faults: [
      { rule: 'local-password-wrong', login: { password: 'another' } },
      {
        rule: 'user-not-in-vpn-rule',
        breaks: set('user group', 'vpn-users', 'unset member'),
        mends: set('user group', 'vpn-users', 'set member "marlow"'),
      },
    ],
  },
  {
    name: 'SSL VPN with LDAP',
    sections: { ...SSL, ...group('DC01', GROUP) },
    login: { user: 'marlow', password: PASSWORD, vpn: 'sslvpn' },
    faults: LDAP_FAULTS,
  },
  {
    name: 'SSL VPN with RADIUS',
    sections: { ...SSL, ...group('NPS1', 'Staff-VPN') },
    login: { user: 'marlow', password: PASSWORD, vpn: 'sslvpn' },
    faults: RADIUS_FAULTS,
  },
  {
    name: 'SSL VPN with SAML',
    sections: { ...SSL, ...group('entra', 'vpn-staff-id') },
    login: { user: 'marlow', vpn: 'sslvpn', saml: true },
    faults: [...SAML_FAULTS, ...SSL_SAML_FAULTS],
  },
  {
    name: 'IKEv1 with a password',
    sections: { ...tunnelOf(...IKEV1), ...group('marlow'), 'user local': plainUser('marlow') },
    login: { user: 'marlow', vpn: 'ikev1' },
    faults: [...IKE_FAULTS, { rule: 'ike-psk-mismatch', login: { isKeyWrong: true } }],
  },
  {
    name: 'IKEv1 with LDAP',
    sections: { ...tunnelOf(...IKEV1), ...group('DC01', GROUP) },
    login: { user: 'marlow', password: PASSWORD, vpn: 'ikev1' },
    faults: LDAP_FAULTS,
  },
  {
    name: 'IKEv2 with EAP',
    sections: { ...tunnelOf(...IKEV2), ...group('marlow'), 'user local': plainUser('marlow') },
    login: { user: 'marlow', vpn: 'ikev2' },
    faults: [...IKEV2_FAULTS, { rule: 'local-password-wrong', login: { password: 'another' } }],
  },
  {
    name: 'IKEv2 with EAP at a RADIUS server',
    sections: { ...tunnelOf(...IKEV2), ...group('NPS1', 'Staff-VPN') },
    login: { user: 'marlow', password: PASSWORD, vpn: 'ikev2' },
    faults: [...IKEV2_FAULTS, ...RADIUS_FAULTS],
  },
  {
    name: 'IKEv2 with EAP-TTLS and LDAP',
    sections: { ...tunnelOf(...IKEV2), ...group('DC01', GROUP) },
    login: { user: 'marlow', password: PASSWORD, vpn: 'ikev2', eapMethod: 'TTLS' },
    faults: [{ rule: 'ike-eap-method-mismatch', login: { eapMethod: 'MSCHAPv2' } }],
  },
  {
    name: 'IKEv2 with SAML',
    sections: { ...tunnelOf(...IKEV2), ...group('entra', 'vpn-staff-id') },
    login: { user: 'marlow', vpn: 'ikev2', saml: true },
    faults: [...SAML_FAULTS, ...IKEV2_FAULTS],
  },
];

const RELEASES = ['7.2.8', '7.4.8'] as const satisfies readonly SampleRelease[];

/** A sample has each way in on one of the releases, with VDOMs or without, and half of its faults, in turn. */
describe.each(WAYS.map((way, index) => ({ name: way.name, way, index })))('$name', ({ way, index }) => {
  describe.each(sampleOf(RELEASES, 2, index))('FortiOS %s', (release) => {
    it.each(sampleOf([false, true], 2, index >> 1))(
      'gets in, and nothing is wrong; VDOMs %s',
      async (vdoms) => {
        const device = deviceOf(way, release, vdoms);
        expect(outcome(way, device)).toBe('in');
        const { findings, attempts } = await diagnose(caseOf(way), device);
        expect(findings.filter(({ rule }) => way.faults.some((fault) => fault.rule === rule))).toEqual([]);
        expect(attempts.map((each) => each.outcome)).not.toContain('failed');
        expect(attempts.map((each) => each.outcome)).not.toContain('denied');
      },
    );

    const faults = way.faults.filter(({ releases }) => releases?.includes(release) ?? true);
    it.each(sampleOf(faults, 2, index).map((fault) => ({ fault, title: titleOf(fault) })))(
      '$title',
      async ({ fault }) => {
        const device = deviceOf(way, release, false);
        expect(await typeAll(device.type, fault.breaks ?? [])).toEqual([]);
        expect(outcome(way, device, fault)).not.toBe('in');
        const broken = await diagnose(caseOf(way, fault), device);
        expect(broken.findings.map(({ rule }) => rule)).toContain(fault.rule);

        expect(await typeAll(device.type, fault.mends ?? [])).toEqual([]);
        expect(outcome(way, device)).toBe('in');
        const mended = await diagnose(caseOf(way), device);
        expect(mended.findings.map(({ rule }) => rule)).not.toContain(fault.rule);
      },
    );
  });
});

function deviceOf({ sections }: Way, release: SampleRelease, vdoms: boolean): TestDevice {
  const scenario: RuleScenario = { rule: 'local-password-wrong', name: 'logins', broken: () => sections };
  return createTestDevice({ scenario, release, vdoms });
}

function caseOf({ login }: Way, fault?: Fault): Pick<RuleScenario, 'login' | 'directories'> {
  return {
    login: { ...login, ...fault?.login },
    directories: { ...DIRECTORIES, ...fault?.directories },
  };
}

function outcome(way: Way, { state, vdom }: TestDevice, fault?: Fault): string {
  const { login, directories } = caseOf(way, fault);
  return logIn(state, vdom, directories ?? {}, login ?? way.login).outcome;
}

function titleOf({ rule, breaks, login }: Fault): string {
  return `${rule}: ${breaks?.find((line) => /^(?:set|unset|delete) /.test(line)) ?? JSON.stringify(login ?? 'of the server')}`;
}
