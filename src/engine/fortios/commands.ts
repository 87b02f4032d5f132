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
  /** Continues `Needed:`. */
  readonly shows: string;
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

type More = Omit<CommandSpec, 'text' | 'shows' | 'scope'>;

function at(scope: CommandScope) {
  return <M extends More = object>(text: string, shows: string, more?: M): CommandSpec & M =>
    ({ text, shows, scope, ...more }) as CommandSpec & M;
}

const [anywhere, inGlobal, inVdom] = [at('any'), at('global'), at('vdom')];

export const COMMANDS = {
  'system-status': anywhere('get system status', 'the FortiOS version'),
  'vdom-list': inGlobal('diagnose sys vd list', 'the list of VDOMs'),
  'vdom-property': inGlobal('get system vdom-property', 'the list of VDOMs'),
  'ftm-push': inGlobal('show full-configuration system ftm-push', 'the FTM push settings'),
  interfaces: inGlobal('show system interface', 'the interfaces'),
  administrators: inGlobal('show system admin', 'the administrators'),
  'admin-profiles': inGlobal('show system accprofile', 'the administrator profiles'),
  'system-global': inGlobal('show full-configuration system global', 'the global settings'),
  dns: inGlobal('show system dns', 'the DNS settings'),
  ddns: inGlobal('show system ddns', 'the DDNS settings'),
  'central-management': inGlobal('show system central-management', 'the central management settings'),
  fortiguard: inGlobal('show system fortiguard', 'the FortiGuard settings'),
  'interface-addresses': inGlobal('get system interface physical', 'the interface addresses'),
  'ssl-vpn': inVdom('show full-configuration vpn ssl settings', 'the SSL VPN settings'),
  vips: inVdom('show firewall vip', 'the virtual IPs'),
  'local-users': inVdom('show user local', 'the local users'),
  'user-groups': inVdom('show user group', 'the user groups'),
  radius: inVdom('show full-configuration user radius', 'the RADIUS servers'),
  fortitokens: inVdom('show user fortitoken', 'the tokens'),
  'fortitoken-info': inVdom('diagnose fortitoken info', 'the token states'),
  ldap: inVdom('show user ldap', 'the LDAP servers', { onlyWhere: namesLdap }),
  saml: inVdom('show full-configuration user saml', 'the SAML servers', { onlyWhere: namesSaml }),
  'password-policies': inVdom('show user password-policy', 'the password policies', {
    onlyWhere: namesPasswordPolicy,
  }),
  'ssl-portals': inVdom('show vpn ssl web portal', 'the portals', { onlyWhere: namesPortal }),
  'ssl-sessions': inVdom('get vpn ssl monitor', 'the sessions of SSL VPN', { onlyWhere: namesPool }),
  'phase1-interfaces': inVdom('show vpn ipsec phase1-interface', 'the IPsec tunnels'),
  'ipsec-tunnels': inVdom('get vpn ipsec tunnel summary', 'the IPsec tunnels that are up', {
    onlyWhere: namesRange,
    mayBeSilent: true,
  }),
  peers: inVdom('show user peer', 'the peers', { onlyWhere: namesPeer }),
  policies: inVdom('show firewall policy', 'the firewall policies', {
    // `set groups` and `set users`: policies that name neither admit no user to a VPN. Bracket expressions are in every
    // dialect of regular expressions, alternatives are not.
    short: 'show firewall policy | grep -f "set [gu][rs][oe][ur][ps]"',
    onlyWhere: servesVpn,
  }),
  'local-in-policies': inVdom('show firewall local-in-policy', 'the local-in policies'),
  'custom-services': inVdom('show firewall service custom', 'the services', { onlyWhere: namesService }),
  'service-groups': inVdom('show firewall service group', 'the service groups', {
    onlyWhere: namesServiceGroup,
  }),
  addresses: inVdom('show firewall address', 'the addresses', { onlyWhere: namesAddress }),
  'address-groups': inVdom('show firewall addrgrp', 'the address groups', { onlyWhere: namesAddress }),
  'address-object': inVdom('show firewall address', 'the address pool of SSL VPN', {
    argument: 'name',
    onRequest: 'it is sent for the address pool of SSL VPN while sessions use it',
  }),
  'recurring-schedules': inVdom('show firewall schedule recurring', 'the schedules', {
    onlyWhere: namesSchedule,
  }),
  'onetime-schedules': inVdom('show firewall schedule onetime', 'the schedules', {
    onlyWhere: namesSchedule,
  }),
  'schedule-groups': inVdom('show firewall schedule group', 'the schedules', { onlyWhere: namesSchedule }),
  zones: inVdom('show system zone', 'the zones', { onlyWhere: namesZone }),
  // `virtual-wan-link` before; asking 6.4.0 and older for that name would fail on all other releases.
  sdwan: inVdom('show system sdwan', 'the SD-WAN settings', { since: ['6.4.1'], onlyWhere: namesSdwanZone }),
  // `show vpn certificate local` would print private keys too. Every VDOM lists the certificates of the whole device.
  'local-certificates': inVdom('get vpn certificate local details', 'the certificates', {
    onlyWhere: namesOwnCertificate,
  }),
  authorities: inVdom('show vpn certificate ca', 'the CA certificates', { onlyWhere: namesAuthority }),
  'remote-certificates': inVdom('show vpn certificate remote', 'the certificates of identity providers', {
    onlyWhere: namesRemoteCertificate,
  }),
  'vdom-settings': inVdom('show full-configuration system settings', 'the VDOM settings'),
  // 0.0.0.0 matches the default route alone. The whole table may hold all routes of the Internet.
  'default-route': inVdom('get router info routing-table details 0.0.0.0', 'the default route'),
  'server-route': inVdom(
    'get router info routing-table details',
    'the route to the server that did not answer',
    {
      argument: 'address',
      onRequest: 'it is sent for a directory or RADIUS server that did not answer, and in a sweep',
    },
  ),
  'ha-status': inGlobal('get system ha status', 'the HA status', { onlyWhere: isInCluster }),
  'ssl-vpn-blocklist': inVdom('diagnose vpn ssl blocklist list', 'the SSL VPN block list', {
    since: ['7.2.6', '7.4.1'],
    onRequest: 'it prints nothing while nobody is blocked, which a missing permission does as well',
  }),
  performance: inGlobal('get system performance status', 'the load of the device', {
    onRequest: 'no cause needs it: a live check looks whether the device has room for a debug',
  }),
  'event-log': inVdom('execute log display', 'the logins of the last day', {
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
    onRequest:
      'a check about one user sends it, to find logins that failed in the last day; a sweep, to find connections to LDAP servers that failed',
  }),
  'ping-push-server': inVdom('execute ping push.fortinet.com', 'a ping to push.fortinet.com', {
    onRequest: 'it sends ICMP and takes about five seconds; `ping: true` of a device allows it',
  }),
};

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
