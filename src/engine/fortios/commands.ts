import { parseIpv4 } from './address.ts';
import {
  type CalledFor,
  isInCluster,
  namesAddress,
  namesAuthority,
  namesLdap,
  namesOwnCertificate,
  namesPasswordPolicy,
  namesPeer,
  namesPool,
  namesPortal,
  namesRange,
  namesRemoteCertificate,
  namesSaml,
  namesSchedule,
  namesSdwanZone,
  namesService,
  namesServiceGroup,
  namesZone,
  servesVpn,
} from './called-for.ts';
import { type FortiosVersion, hasSince } from './version.ts';

/**
 * The closed catalogue: every command that may ever be sent to a device, and every read-only command that an
 * answer may ask a person to run. Nothing outside it, and outside the debug commands of a live check
 * (`debug-commands.ts`), reaches a device.
 *
 * `scope` says where the command is valid on a multi-VDOM device (`domain` notes, section 2):
 * `any` everywhere, `global` after `config global`, `vdom` inside a VDOM.
 */
export type CommandScope = 'any' | 'global' | 'vdom';

export interface CommandSpec {
  readonly text: string;
  readonly scope: CommandScope;
  /** First version of each branch that supports the command, if later than its first release, in ascending order. */
  readonly since?: readonly string[];
  /**
   * Why a check does not send it automatically although a rule would use the answer: it creates traffic, takes
   * seconds, or needs a person to log in at the same time.
   */
  readonly onRequest?: string;
  /** A check sends it only if previous answers leave open what it would show. */
  readonly onlyWhere?: CalledFor;
  /**
   * What a check sends instead: it prints only the entries that facts use, of a table that may hold thousands. The whole
   * table is read where this has no answer.
   */
  readonly short?: string;
  /** Where nothing is in use it prints nothing, which is no refusal then. */
  readonly mayBeSilent?: true;
  /** What a device named before, in one word behind `text`; without it the command is not sent. */
  readonly argument?: CommandArgument;
  /** Lines that choose, for this session alone, what the command prints, and print nothing themselves; the last undoes it. */
  readonly filter?: readonly string[];
}

/** An IPv4 address, or the name of an object. */
export type CommandArgument = 'address' | 'name';

export const COMMANDS = {
  'system-status': { text: 'get system status', scope: 'any' },
  'vdom-list': { text: 'diagnose sys vd list', scope: 'global' },
  'vdom-property': { text: 'get system vdom-property', scope: 'global' },
  'ftm-push': { text: 'show full-configuration system ftm-push', scope: 'global' },
  interfaces: { text: 'show system interface', scope: 'global' },
  administrators: { text: 'show system admin', scope: 'global' },
  'admin-profiles': { text: 'show system accprofile', scope: 'global' },
  'system-global': { text: 'show full-configuration system global', scope: 'global' },
  dns: { text: 'show system dns', scope: 'global' },
  ddns: { text: 'show system ddns', scope: 'global' },
  'central-management': { text: 'show system central-management', scope: 'global' },
  fortiguard: { text: 'show system fortiguard', scope: 'global' },
  'interface-addresses': { text: 'get system interface physical', scope: 'global' },
  'ssl-vpn': { text: 'show full-configuration vpn ssl settings', scope: 'vdom' },
  vips: { text: 'show firewall vip', scope: 'vdom' },
  'local-users': { text: 'show user local', scope: 'vdom' },
  'user-groups': { text: 'show user group', scope: 'vdom' },
  radius: { text: 'show full-configuration user radius', scope: 'vdom' },
  fortitokens: { text: 'show user fortitoken', scope: 'vdom' },
  'fortitoken-info': { text: 'diagnose fortitoken info', scope: 'vdom' },
  ldap: { text: 'show user ldap', scope: 'vdom', onlyWhere: namesLdap },
  saml: { text: 'show full-configuration user saml', scope: 'vdom', onlyWhere: namesSaml },
  'password-policies': { text: 'show user password-policy', scope: 'vdom', onlyWhere: namesPasswordPolicy },
  'ssl-portals': { text: 'show vpn ssl web portal', scope: 'vdom', onlyWhere: namesPortal },
  'ssl-sessions': { text: 'get vpn ssl monitor', scope: 'vdom', onlyWhere: namesPool },
  'phase1-interfaces': { text: 'show vpn ipsec phase1-interface', scope: 'vdom' },
  'ipsec-tunnels': {
    text: 'get vpn ipsec tunnel summary',
    scope: 'vdom',
    onlyWhere: namesRange,
    mayBeSilent: true,
  },
  peers: { text: 'show user peer', scope: 'vdom', onlyWhere: namesPeer },
  policies: {
    text: 'show firewall policy',
    // `set groups` and `set users`: policies that name neither admit no user to a VPN. Bracket expressions are in every
    // dialect of regular expressions, alternatives are not.
    short: 'show firewall policy | grep -f "set [gu][rs][oe][ur][ps]"',
    scope: 'vdom',
    onlyWhere: servesVpn,
  },
  'local-in-policies': { text: 'show firewall local-in-policy', scope: 'vdom' },
  'custom-services': { text: 'show firewall service custom', scope: 'vdom', onlyWhere: namesService },
  'service-groups': { text: 'show firewall service group', scope: 'vdom', onlyWhere: namesServiceGroup },
  addresses: { text: 'show firewall address', scope: 'vdom', onlyWhere: namesAddress },
  'address-groups': { text: 'show firewall addrgrp', scope: 'vdom', onlyWhere: namesAddress },
  'address-object': {
    text: 'show firewall address',
    argument: 'name',
    scope: 'vdom',
    onRequest: 'it is sent for the address pool of SSL VPN while sessions use it',
  },
  'recurring-schedules': {
    text: 'show firewall schedule recurring',
    scope: 'vdom',
    onlyWhere: namesSchedule,
  },
  'onetime-schedules': { text: 'show firewall schedule onetime', scope: 'vdom', onlyWhere: namesSchedule },
  'schedule-groups': { text: 'show firewall schedule group', scope: 'vdom', onlyWhere: namesSchedule },
  zones: { text: 'show system zone', scope: 'vdom', onlyWhere: namesZone },
  // `virtual-wan-link` before; asking 6.4.0 and older for that name would fail on all other releases.
  sdwan: { text: 'show system sdwan', scope: 'vdom', since: ['6.4.1'], onlyWhere: namesSdwanZone },
  // `show vpn certificate local` would print private keys too. Every VDOM lists the certificates of the whole device.
  'local-certificates': {
    text: 'get vpn certificate local details',
    scope: 'vdom',
    onlyWhere: namesOwnCertificate,
  },
  authorities: { text: 'show vpn certificate ca', scope: 'vdom', onlyWhere: namesAuthority },
  'remote-certificates': {
    text: 'show vpn certificate remote',
    scope: 'vdom',
    onlyWhere: namesRemoteCertificate,
  },
  'vdom-settings': { text: 'show full-configuration system settings', scope: 'vdom' },
  // 0.0.0.0 matches the default route alone. The whole table may hold all routes of the Internet.
  'default-route': { text: 'get router info routing-table details 0.0.0.0', scope: 'vdom' },
  'server-route': {
    text: 'get router info routing-table details',
    argument: 'address',
    scope: 'vdom',
    onRequest: 'it is sent for a directory or RADIUS server that did not answer, and in a sweep',
  },
  'ha-status': { text: 'get system ha status', scope: 'global', onlyWhere: isInCluster },
  'ssl-vpn-blocklist': {
    text: 'diagnose vpn ssl blocklist list',
    scope: 'vdom',
    since: ['7.2.6', '7.4.1'],
    onRequest: 'it prints nothing while nobody is blocked, which a missing permission does as well',
  },
  performance: {
    text: 'get system performance status',
    scope: 'global',
    onRequest: 'no cause needs it: a live check looks whether the device has room for a debug',
  },
  'event-log': {
    text: 'execute log display',
    filter: [
      'execute log filter reset',
      'execute log filter device memory',
      // Events.
      'execute log filter category 1',
      // Logins to SSL VPN and IPsec that failed or got in, and connections to LDAP servers that failed.
      'execute log filter field logid 0101039424 0101039426 0101039947 0101037121 0101037133 0100022113',
      'execute log filter view-lines 1000',
      'execute log filter reset',
    ],
    scope: 'vdom',
    onRequest:
      'a check about one user sends it, to find logins that failed in the last day; a sweep, to find connections to LDAP servers that failed',
  },
  'ping-push-server': {
    text: 'execute ping push.fortinet.com',
    scope: 'vdom',
    onRequest: 'it sends ICMP and takes about five seconds; `ping: true` of a device allows it',
  },
} as const satisfies Record<string, CommandSpec>;

export type CommandId = keyof typeof COMMANDS;

export function commandSpec(id: CommandId): CommandSpec {
  return COMMANDS[id];
}

const ARGUMENTS: Readonly<Record<CommandArgument, (word: string) => boolean>> = {
  address: (word) => parseIpv4(word) !== undefined,
  name: (word) => /^\w[\w.-]{0,78}$/.test(word),
};

/** The line of a command with an argument; `undefined` for a word of another kind, of any shape. */
export function commandWith(id: CommandId, word: string): string | undefined {
  const { text, argument } = commandSpec(id);
  const isTaken = argument !== undefined && typeof word === 'string' && ARGUMENTS[argument](word);
  return isTaken ? `${text} ${word}` : undefined;
}

export function isCalledFor(
  { onlyWhere }: CommandSpec,
  answerOf: (id: CommandId) => readonly string[] | undefined,
): boolean {
  return onlyWhere?.((command) => answerOf(command as CommandId)) ?? true;
}

/** Also true if the version is unknown. */
export function isKnownTo(version: FortiosVersion | undefined, { since = [] }: CommandSpec): boolean {
  return version === undefined || hasSince(version, since);
}
