import {
  atLeast,
  type FortiosVersion,
  formatVersion,
  parseVersion,
} from '../../src/engine/fortios/version.ts';

/** Lines inside `config <path>` … `end`, by path. */
export type Sections = Readonly<Record<string, readonly string[]>>;

export interface DeviceSpec {
  readonly version: string;
  readonly vdoms: boolean;
  /** The VDOM that has the interfaces, the users and the VPN; root by default. */
  readonly vdom?: string;
  /** Sections in the place of the healthy ones. */
  readonly broken: Sections;
}

export function versionOf(text: string): FortiosVersion {
  const version = parseVersion(text);
  if (!version) throw new Error(`not a FortiOS version: ${text}`);
  return version;
}

function readsServer(version: FortiosVersion): boolean {
  return atLeast(version, '7.0.0') || (version.minor === 4 && atLeast(version, '6.4.10'));
}

/** The callback address in the field this release reads. */
export function addressLine(version: FortiosVersion, address = '198.51.100.10'): string {
  return readsServer(version) ? `set server "${address}"` : `set server-ip ${address}`;
}

export const MOBILE = 'FTKMOB11AA22BB33';
export const SPARE = 'FTKMOB44CC55DD66';
export const HARDWARE = 'FTK2000AAAAAAAAA';

/** Every token of the device but the user's. */
export const OTHER_TOKENS = [`edit "${SPARE}"`, 'next', `edit "${HARDWARE}"`, 'next'];
/** What a person types where a fix asks for a free token. */
export const TOKEN_FILL = { 'FTKMOB-serial': SPARE, 'address-for-the-activation': 'marlow@example.net' };

const GLOBAL_SECTIONS = (version: FortiosVersion): Sections => ({
  'system global': ['set hostname "FGT-EDGE"'],
  'system interface': [...wan('ping', 'ftm'), ...internal('ping', 'https', 'ssh')],
  'system admin': ['edit "admin"', 'set accprofile "super_admin"', 'set vdom "root"', 'next'],
  'system dns': ['set primary 192.0.2.53', 'set secondary 192.0.2.54'],
  'system ntp': ['set ntpsync enable'],
  'system ftm-push': [addressLine(version), 'set status enable'],
});

const VDOM_SECTIONS: Sections = {
  'user fortitoken': [
    ...[MOBILE, SPARE].flatMap((serial) => [
      `edit "${serial}"`,
      'set license "EFTM000000000001"',
      'set reg-id "example-registration"',
      'next',
    ]),
    `edit "${HARDWARE}"`,
    'next',
  ],
  'user ldap': [
    'edit "DC01"',
    'set server "192.0.2.30"',
    'set cnid "cn"',
    'set dn "dc=example,dc=net"',
    'next',
  ],
  'user local': holder('marlow', MOBILE),
  'user group': ['edit "vpn-users"', 'set member "marlow"', 'next'],
  'vpn ssl settings': sslVpn(10_443),
  'firewall policy': access('ssl.root', 'vpn-users'),
  'router static': ['edit 1', 'set gateway 198.51.100.1', 'set device "wan1"', 'next'],
};

export function wan(...access: string[]): string[] {
  return interfaceLines('wan1', '198.51.100.10', 'wan', access);
}

export function internal(...access: string[]): string[] {
  return interfaceLines('internal', '192.168.10.1', 'lan', access);
}

/** A provider assigns the address of the WAN. */
export const WAN_FROM_PROVIDER: Sections = {
  'system interface': [
    'edit "wan1"',
    'set vdom "root"',
    'set mode dhcp',
    'set allowaccess ping ftm',
    'set role wan',
    'next',
    ...internal('ping', 'https', 'ssh'),
  ],
};

export function interfaceLines(
  name: string,
  address: string,
  role: string,
  access: readonly string[],
): string[] {
  return [
    `edit "${name}"`,
    'set vdom "root"',
    `set ip ${address} 255.255.255.0`,
    `set allowaccess ${access.join(' ')}`,
    'set type physical',
    `set role ${role}`,
    'next',
  ];
}

export function holder(name: string, token: string): string[] {
  return [
    `edit "${name}"`,
    'set type password',
    'set two-factor fortitoken',
    `set fortitoken "${token}"`,
    `set email-to "${name}@example.net"`,
    'next',
  ];
}

/** A user of the directory DC01, with the token. */
export function ldapUser(name: string): string[] {
  return [
    `edit "${name}"`,
    'set type ldap',
    'set two-factor fortitoken',
    `set fortitoken "${MOBILE}"`,
    `set email-to "${name}@example.net"`,
    'set ldap-server "DC01"',
    'next',
  ];
}

export function sslVpn(port: number, ...more: string[]): string[] {
  return [
    'set servercert "Fortinet_Factory"',
    'set source-interface "wan1"',
    `set port ${port}`,
    ...more,
    'config authentication-rule',
    'edit 1',
    'set groups "vpn-users"',
    'set portal "full-access"',
    'next',
    'end',
  ];
}

/** A policy that lets what comes in by this interface reach the inside; of groups, if any are named. */
export function access(from: string, ...groups: readonly string[]): string[] {
  return [
    'edit 1',
    `set srcintf "${from}"`,
    'set dstintf "internal"',
    'set action accept',
    'set srcaddr "all"',
    'set dstaddr "all"',
    'set schedule "always"',
    'set service "ALL"',
    ...(groups.length === 0 ? [] : [`set groups ${groups.map((name) => `"${name}"`).join(' ')}`]),
    'next',
  ];
}

/** A dial-up tunnel on the WAN with these settings, and the policy behind it. */
export function dialup(settings: readonly string[], ...groups: readonly string[]): Sections {
  return {
    'vpn ipsec phase1-interface': [
      'edit "ra-staff"',
      'set type dynamic',
      'set interface "wan1"',
      ...settings,
      'next',
    ],
    'firewall policy': access('ra-staff', ...groups),
  };
}

/** A local user with a password alone. */
export function plainUser(name: string): string[] {
  return [`edit "${name}"`, 'set type password', 'next'];
}

/** A backup of a device on which push works, but for the sections that are given. */
export function deviceConfig({ version, vdoms, vdom = 'root', broken }: DeviceSpec): string {
  const release = versionOf(version);
  const global = GLOBAL_SECTIONS(release);
  const of = (sections: Sections, mine: (path: string) => boolean) =>
    Object.entries({ ...sections, ...pick(broken, mine) }).flatMap(([path, lines]) =>
      lines.length === 0 ? [] : [`config ${path}`, ...lines, 'end'],
    );
  const isGlobal = (path: string) => path.startsWith('system ') && path !== 'system settings';
  const globalLines = of(global, isGlobal);
  const vdomLines = of(VDOM_SECTIONS, (path) => !isGlobal(path));
  const header = `#config-version=FGT60F-${formatVersion(release)}-FW-build1000-250101:opmode=0:vdom=${vdoms ? 1 : 0}:user=admin`;
  if (!vdoms) return [header, ...globalLines, ...vdomLines].join('\n');
  return [
    header,
    'config vdom',
    'edit root',
    'next',
    'edit branch_2',
    'next',
    'end',
    'config global',
    ...globalLines.map((line) => (line === 'set vdom "root"' ? `set vdom "${vdom}"` : line)),
    'end',
    'config vdom',
    `edit ${vdom}`,
    ...vdomLines.map((line) => line.replace('"ssl.root"', `"ssl.${vdom}"`)),
    'end',
  ].join('\n');
}

function pick(sections: Sections, wanted: (path: string) => boolean): Sections {
  return Object.fromEntries(Object.entries(sections).filter(([path]) => wanted(path)));
}

/** An entry of a table: its name or number, and what `set` sets in it. */
export function entry(name: string | number, ...settings: readonly string[]): readonly string[] {
  const key = typeof name === 'number' ? name : `"${name}"`;
  return [`edit ${key}`, ...settings.map((setting) => `set ${setting}`), 'next'];
}
