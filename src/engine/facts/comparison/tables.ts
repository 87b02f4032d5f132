import type { Quote } from '../../evidence/types.ts';
import { formatIpv4Range } from '../../fortios/ipv4-ranges.ts';
import type { FactKey, Facts, FactValues } from '../facts.ts';
import {
  type ChangeArea,
  type ComparedSetting,
  type FieldsOf,
  type SettingGroup,
  showFields,
  sourced,
  unsourced,
  unsureDefault,
} from './settings.ts';

type TableFact = {
  [K in FactKey]: FactValues[K] extends readonly (infer _)[] ? K : never;
}[FactKey];
type EntryOf<K extends TableFact> = FactValues[K] extends readonly (infer E)[] ? E : never;

interface Table<K extends TableFact> {
  readonly fact: K;
  readonly area: ChangeArea;
  /** `firewall vip`; also the name of its entries if the table is not known. */
  readonly path: string;
  /** Absent for an object that each VDOM has once. */
  readonly nameOf?: (entry: EntryOf<K>) => string;
  /** Whether such an object has no effect, and FortiOS may leave it out. */
  readonly isUnused?: (entry: EntryOf<K>) => boolean;
  /** Its entries only matter where others name them: a table that neither text shows is not worth a word. */
  readonly isNamedByOthers?: true;
  readonly fields: FieldsOf<EntryOf<K>>;
}

interface Entry {
  readonly vdom?: string;
  /** There may be others. */
  readonly partial?: true;
}

function table<K extends TableFact>(description: Table<K>) {
  const { fact: key, area, path, nameOf, isUnused, isNamedByOthers } = description;
  return (facts: Facts): SettingGroup => {
    const fact = facts[key];
    const known = { fact: key, what: path, ...(isNamedByOthers && { isNamedByOthers }) };
    if (fact.state !== 'known') return { ...known, objects: [], unknown: fact.reason };
    const entries = fact.value as readonly (EntryOf<K> & Entry)[];
    const objects = entries.map((entry) => ({
      area,
      place: nameOf === undefined ? path : `${path} ${nameOf(entry)}`,
      // The VDOM of an interface is a setting, and not where its entry is.
      vdom: key === 'interfaces' ? undefined : entry.vdom,
      ...(isUnused?.(entry) ? { unused: true as const } : {}),
      settings: showFields<EntryOf<K>>(description.fields, entry),
    }));
    const isPartial = fact.partial !== undefined || entries.some(({ partial }) => partial);
    const partial = fact.partial ?? 'the evidence shows single entries';
    return { ...known, objects, ...(isPartial ? { partial } : {}) };
  };
}

function status(area: ChangeArea, isEnabled: boolean, quotes: readonly Quote[] = []): ComparedSetting {
  return unsourced(area, 'status', isEnabled, quotes);
}

const IDENTITY = 'names the entry';
const PLACE = 'is where the entry stands';
const OF_THE_TEXT = 'says what the text shows, not what the device has';
const WITH_ANOTHER = 'is shown with another field';

/** Tables of a configuration, each as a function that reads it from the facts. */
export const TABLES = {
  interfaces: table({
    fact: 'interfaces',
    area: 'interfaces',
    path: 'system interface',
    nameOf: ({ name }) => name,
    fields: {
      name: IDENTITY,
      address: (each) => unsourced('interfaces', 'ip', each.address, each.quotes),
      quotes: WITH_ANOTHER,
      address6: (each) => unsourced('interfaces', 'ip6-address', each.address6),
      secondary: (each) => unsourced('interfaces', 'secondary ip', each.secondary),
      mode: (each) => unsourced('interfaces', 'mode', each.mode),
      role: (each) => unsourced('interfaces', 'role', each.role),
      vdom: (each) => unsourced('interfaces', 'vdom', each.vdom),
      down: (each) => unsourced('interfaces', 'status', each.down ? 'down' : 'up'),
      partial: OF_THE_TEXT,
      allowaccess: (each) => sourced('interfaces', 'allowaccess', each.allowaccess),
      secondaryAccess: (each) =>
        (each.secondaryAccess ?? []).map((second) =>
          sourced('interfaces', `allowaccess of ${second.address}`, second.allowaccess),
        ),
    },
  }),
  sslVpn: table({
    fact: 'sslVpn',
    area: 'ssl-vpn',
    path: 'vpn ssl settings',
    isUnused: ({ interfaces, rules }) => interfaces.value.length === 0 && rules.length === 0,
    fields: {
      vdom: PLACE,
      enabled: (each) => sourced('ssl-vpn', 'status', each.enabled),
      // Sources name 443 and 10443.
      port: (each) => unsureDefault(sourced('ssl-vpn', 'port', each.port)),
      interfaces: (each) => sourced('ssl-vpn', 'source-interface', each.interfaces),
      sources: (each) => sourced('ssl-vpn', 'source-address', each.sources),
      negated: (each) => sourced('ssl-vpn', 'source-address-negate', each.negated),
      loginTimeout: (each) => sourced('timers', 'login-timeout', each.loginTimeout),
      loginAttemptLimit: (each) => sourced('ssl-vpn', 'login-attempt-limit', each.loginAttemptLimit),
      loginBlockTime: (each) => sourced('ssl-vpn', 'login-block-time', each.loginBlockTime),
      rules: WITH_ANOTHER,
      groups: (each) => unsourced('ssl-vpn', 'groups of the authentication rules', each.groups),
      users: (each) => unsourced('ssl-vpn', 'users of the authentication rules', each.users),
    },
  }),
  sslPortals: table({
    fact: 'sslPortals',
    area: 'ssl-vpn',
    path: 'vpn ssl web portal',
    nameOf: ({ name }) => name,
    isNamedByOthers: true,
    fields: {
      name: IDENTITY,
      vdom: PLACE,
      tunnelMode: (each) => sourced('ssl-vpn', 'tunnel-mode', each.tunnelMode),
      webMode: (each) => sourced('ssl-vpn', 'web-mode', each.webMode),
      hostCheck: (each) => sourced('ssl-vpn', 'host-check', each.hostCheck),
      limitUserLogins: (each) => sourced('ssl-vpn', 'limit-user-logins', each.limitUserLogins),
    },
  }),
  radiusServers: table({
    fact: 'radiusServers',
    area: 'timers',
    path: 'user radius',
    nameOf: ({ name }) => name,
    fields: {
      name: IDENTITY,
      vdom: PLACE,
      timeout: (each) => sourced('timers', 'timeout', each.timeout),
      allUsergroup: (each) => sourced('users', 'all-usergroup', each.allUsergroup),
    },
  }),
  phase1s: table({
    fact: 'phase1s',
    area: 'timers',
    path: 'vpn ipsec phase1-interface',
    nameOf: ({ name }) => name,
    fields: {
      name: IDENTITY,
      vdom: PLACE,
      negotiateTimeout: (each) => sourced('timers', 'negotiate-timeout', each.negotiateTimeout),
      ikeVersion: (each) => sourced('other', 'ike-version', each.ikeVersion),
      dialup: (each) => unsourced('other', 'type dynamic', each.dialup),
      eap: (each) => sourced('other', 'eap', each.eap),
      interface: (each) => sourced('other', 'interface', each.interface),
      mode: (each) => sourced('other', 'mode', each.mode),
      peerType: (each) => sourced('other', 'peertype', each.peerType),
      peerId: (each) => sourced('other', 'peerid', each.peerId),
      localGateway: (each) => sourced('other', 'local-gw', each.localGateway),
      networkId: (each) => sourced('other', 'network-id', each.networkId),
      dhGroups: (each) => sourced('other', 'dhgrp', each.dhGroups),
      firstAddress: (each) => sourced('other', 'ipv4-start-ip', each.firstAddress),
      lastAddress: (each) => sourced('other', 'ipv4-end-ip', each.lastAddress),
      userGroup: (each) => unsourced('other', 'authusrgrp', each.userGroup),
      peerGroup: (each) => unsourced('other', 'usrgrp', each.peerGroup),
      onlyFortiClient: (each) => sourced('other', 'forticlient-enforcement', each.onlyFortiClient),
    },
  }),
  firewallPolicies: table({
    fact: 'firewallPolicies',
    area: 'policies',
    path: 'firewall policy',
    nameOf: ({ id }) => id,
    fields: {
      id: IDENTITY,
      vdom: PLACE,
      partial: OF_THE_TEXT,
      from: (each) => unsourced('policies', 'srcintf', each.from),
      groups: (each) => sourced('policies', 'groups', each.groups),
      users: (each) => sourced('policies', 'users', each.users),
    },
  }),
  localInPolicies: table({
    fact: 'localInPolicies',
    area: 'policies',
    path: 'firewall local-in-policy',
    nameOf: ({ id }) => id,
    fields: {
      id: IDENTITY,
      vdom: PLACE,
      interfaces: (each) => unsourced('policies', 'intf', each.interfaces),
      sources: (each) => unsourced('policies', 'srcaddr', each.sources),
      otherSources: (each) => unsourced('policies', 'internet-service-src', each.otherSources),
      destinations: (each) => unsourced('policies', 'dstaddr', each.destinations),
      services: (each) => unsourced('policies', 'service', each.services),
      negated: (each) => unsourced('policies', 'negated', each.negated),
      action: (each) => sourced('policies', 'action', each.action),
      schedule: (each) => sourced('policies', 'schedule', each.schedule),
      enabled: (each) => status('policies', each.enabled),
      quotes: WITH_ANOTHER,
    },
  }),
  vips: table({
    fact: 'vips',
    area: 'policies',
    path: 'firewall vip',
    nameOf: ({ name }) => name,
    fields: {
      name: IDENTITY,
      vdom: PLACE,
      externalAddress: (each) => sourced('policies', 'extip', each.externalAddress),
      externalInterface: (each) => unsourced('policies', 'extintf', each.externalInterface),
      externalPort: (each) => unsourced('policies', 'extport', each.externalPort, each.portQuotes),
      portQuotes: WITH_ANOTHER,
      takes: (each) => unsourced('policies', 'TCP ports that it takes', each.takes, each.portQuotes),
      services: (each) => unsourced('policies', 'service', each.services),
      sources: (each) => sourced('policies', 'src-filter', each.sources),
      mappedAddress: (each) => unsourced('policies', 'mappedip', each.mappedAddress),
      mappedPort: (each) => unsourced('policies', 'mappedport', each.mappedPort),
      sourceInterfaces: (each) => unsourced('policies', 'srcintf-filter', each.sourceInterfaces),
      enabled: (each) => status('policies', each.enabled),
    },
  }),
  administrators: table({
    fact: 'administrators',
    area: 'administrators',
    path: 'system admin',
    nameOf: ({ name }) => name,
    fields: {
      name: IDENTITY,
      partial: OF_THE_TEXT,
      trustedHosts: (each) => sourced('administrators', 'trusthost', each.trustedHosts),
      trustedHosts6: (each) => sourced('administrators', 'ip6-trusthost', each.trustedHosts6),
      profile: (each) => unsourced('administrators', 'accprofile', each.profile),
      twoFactor: (each) => sourced('administrators', 'two-factor', each.twoFactor),
      token: (each) => sourced('administrators', 'fortitoken', each.token),
    },
  }),
  localUsers: table({
    fact: 'localUsers',
    area: 'users',
    path: 'user local',
    nameOf: ({ name }) => name,
    fields: {
      name: IDENTITY,
      vdom: PLACE,
      partial: OF_THE_TEXT,
      shownAlone: OF_THE_TEXT,
      twoFactor: (each) => sourced('users', 'two-factor', each.twoFactor),
      token: (each) => sourced('users', 'fortitoken', each.token),
      type: (each) => unsourced('users', 'type', each.type),
      remoteServer: (each) => unsourced('users', 'server', each.remoteServer),
      hasEmail: (each) => unsourced('users', 'email-to is set', each.hasEmail),
      caseSensitive: (each) => unsourced('users', 'username-sensitivity', each.caseSensitive),
      enabled: (each) => status('users', each.enabled, each.disabledBy),
      disabledBy: WITH_ANOTHER,
    },
  }),
  userGroups: table({
    fact: 'userGroups',
    area: 'users',
    path: 'user group',
    nameOf: ({ name }) => name,
    fields: {
      name: IDENTITY,
      vdom: PLACE,
      members: (each) => sourced('users', 'member', each.members),
      matches: (each) =>
        each.matches.map(({ key, server, group, quotes }) =>
          unsourced('users', `match ${key}`, `${server}: ${group}`, quotes),
        ),
    },
  }),
  adminProfiles: table({
    fact: 'adminProfiles',
    area: 'administrators',
    path: 'system accprofile',
    nameOf: ({ name }) => name,
    isNamedByOthers: true,
    fields: {
      name: IDENTITY,
      grants: (each) => unsourced('administrators', 'grants anything', each.grants),
    },
  }),
  vdomSettings: table({
    fact: 'vdomSettings',
    area: 'other',
    path: 'system settings',
    isUnused: () => true,
    isNamedByOthers: true,
    fields: {
      vdom: PLACE,
      ikeTcpPort: (each) => unsureDefault(sourced('other', 'ike-tcp-port', each.ikeTcpPort)),
    },
  }),
  ddns: table({
    fact: 'ddns',
    area: 'push-service',
    path: 'system ddns',
    nameOf: ({ key }) => key,
    isNamedByOthers: true,
    fields: {
      key: IDENTITY,
      domain: (each) => unsourced('push-service', 'ddns-domain', each.domain),
      monitorInterfaces: (each) => unsourced('push-service', 'monitor-interface', each.monitorInterfaces),
    },
  }),
  zones: table({
    fact: 'zones',
    area: 'policies',
    path: 'system zone',
    nameOf: ({ name }) => name,
    isNamedByOthers: true,
    fields: {
      name: IDENTITY,
      vdom: PLACE,
      interfaces: (each) => unsourced('policies', 'interface', each.interfaces),
    },
  }),
  addresses: table({
    fact: 'addresses',
    area: 'policies',
    path: 'firewall address',
    nameOf: ({ name }) => name,
    isNamedByOthers: true,
    fields: {
      name: IDENTITY,
      vdom: PLACE,
      type: (each) => unsourced('policies', 'type', each.type),
      range: (each) => unsourced('policies', 'addresses', each.range && formatIpv4Range(each.range)),
    },
  }),
  addressGroups: table({
    fact: 'addressGroups',
    area: 'policies',
    path: 'firewall addrgrp',
    nameOf: ({ name }) => name,
    isNamedByOthers: true,
    fields: {
      name: IDENTITY,
      vdom: PLACE,
      members: (each) => unsourced('policies', 'member', each.members),
      excludes: (each) => unsourced('policies', 'exclude', each.excludes),
    },
  }),
  customServices: table({
    fact: 'customServices',
    area: 'policies',
    path: 'firewall service custom',
    nameOf: ({ name }) => name,
    isNamedByOthers: true,
    fields: {
      name: IDENTITY,
      vdom: PLACE,
      tcpPorts: (each) => unsourced('policies', 'tcp-portrange', each.tcpPorts),
    },
  }),
  serviceGroups: table({
    fact: 'serviceGroups',
    area: 'policies',
    path: 'firewall service group',
    nameOf: ({ name }) => name,
    isNamedByOthers: true,
    fields: {
      name: IDENTITY,
      vdom: PLACE,
      members: (each) => unsourced('policies', 'member', each.members),
    },
  }),
  recurringSchedules: table({
    fact: 'recurringSchedules',
    area: 'policies',
    path: 'firewall schedule recurring',
    nameOf: ({ name }) => name,
    isNamedByOthers: true,
    fields: {
      name: IDENTITY,
      vdom: PLACE,
      days: (each) => unsourced('policies', 'day', each.days),
      start: (each) => unsourced('policies', 'start', each.start),
      end: (each) => unsourced('policies', 'end', each.end),
    },
  }),
  onetimeSchedules: table({
    fact: 'onetimeSchedules',
    area: 'policies',
    path: 'firewall schedule onetime',
    nameOf: ({ name }) => name,
    isNamedByOthers: true,
    fields: {
      name: IDENTITY,
      vdom: PLACE,
      start: (each) => unsourced('policies', 'start', each.start),
      end: (each) => unsourced('policies', 'end', each.end),
    },
  }),
  scheduleGroups: table({
    fact: 'scheduleGroups',
    area: 'policies',
    path: 'firewall schedule group',
    nameOf: ({ name }) => name,
    isNamedByOthers: true,
    fields: {
      name: IDENTITY,
      vdom: PLACE,
      members: (each) => unsourced('policies', 'member', each.members),
    },
  }),
} satisfies { readonly [K in TableFact]?: (facts: Facts) => SettingGroup };
