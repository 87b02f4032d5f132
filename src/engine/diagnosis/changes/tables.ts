import type { Quote } from '../../evidence/types.ts';
import type { FactKey, Facts, FactValues } from '../../facts/facts.ts';
import {
  type ChangeArea,
  type ComparedSetting,
  type SettingGroup,
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
  readonly settingsOf: (entry: EntryOf<K>) => readonly ComparedSetting[];
}

interface Entry {
  readonly vdom?: string;
  /** There may be others. */
  readonly partial?: true;
}

function table<K extends TableFact>({ fact: key, area, path, nameOf, isUnused, settingsOf }: Table<K>) {
  return (facts: Facts): SettingGroup => {
    const fact = facts[key];
    if (fact.state !== 'known') return { fact: key, what: path, objects: [], unknown: fact.reason };
    const entries = fact.value as readonly (EntryOf<K> & Entry)[];
    const objects = entries.map((entry) => ({
      area,
      place: nameOf === undefined ? path : `${path} ${nameOf(entry)}`,
      // The VDOM of an interface is a setting, and not where its entry is.
      vdom: key === 'interfaces' ? undefined : entry.vdom,
      ...(isUnused?.(entry) ? { unused: true as const } : {}),
      settings: settingsOf(entry),
    }));
    const isPartial = fact.partial !== undefined || entries.some(({ partial }) => partial);
    const partial = fact.partial ?? 'the evidence shows single entries';
    return { fact: key, what: path, objects, ...(isPartial ? { partial } : {}) };
  };
}

function status(area: ChangeArea, isEnabled: boolean, quotes: readonly Quote[] = []): ComparedSetting {
  return unsourced(area, 'status', isEnabled, quotes);
}

/** Tables of a configuration, each as a function that reads it from the facts. */
export const TABLES: readonly ((facts: Facts) => SettingGroup)[] = [
  table({
    fact: 'interfaces',
    area: 'interfaces',
    path: 'system interface',
    nameOf: ({ name }) => name,
    settingsOf: (each) => [
      unsourced('interfaces', 'ip', each.address, each.quotes),
      unsourced('interfaces', 'secondary ip', each.secondary),
      unsourced('interfaces', 'mode', each.mode),
      unsourced('interfaces', 'role', each.role),
      unsourced('interfaces', 'vdom', each.vdom),
      unsourced('interfaces', 'status', each.down ? 'down' : 'up'),
      sourced('interfaces', 'allowaccess', each.allowaccess),
      ...(each.secondaryAccess ?? []).map((second) =>
        sourced('interfaces', `allowaccess of ${second.address}`, second.allowaccess),
      ),
    ],
  }),
  table({
    fact: 'sslVpn',
    area: 'ssl-vpn',
    path: 'vpn ssl settings',
    isUnused: ({ interfaces, rules }) => interfaces.value.length === 0 && rules.length === 0,
    settingsOf: (each) => [
      sourced('ssl-vpn', 'status', each.enabled),
      // Sources name 443 and 10443.
      unsureDefault(sourced('ssl-vpn', 'port', each.port)),
      sourced('ssl-vpn', 'source-interface', each.interfaces),
      sourced('timers', 'login-timeout', each.loginTimeout),
      sourced('ssl-vpn', 'login-attempt-limit', each.loginAttemptLimit),
      sourced('ssl-vpn', 'login-block-time', each.loginBlockTime),
      unsourced('ssl-vpn', 'groups of the authentication rules', each.groups),
      unsourced('ssl-vpn', 'users of the authentication rules', each.users),
    ],
  }),
  table({
    fact: 'radiusServers',
    area: 'timers',
    path: 'user radius',
    nameOf: ({ name }) => name,
    settingsOf: (each) => [
      sourced('timers', 'timeout', each.timeout),
      sourced('users', 'all-usergroup', each.allUsergroup),
    ],
  }),
  table({
    fact: 'phase1s',
    area: 'timers',
    path: 'vpn ipsec phase1-interface',
    nameOf: ({ name }) => name,
    settingsOf: (each) => [
      sourced('timers', 'negotiate-timeout', each.negotiateTimeout),
      sourced('other', 'ike-version', each.ikeVersion),
      unsourced('other', 'eap', each.eap),
      unsourced('other', 'authusrgrp', each.userGroup),
      sourced('other', 'forticlient-enforcement', each.onlyFortiClient),
    ],
  }),
  table({
    fact: 'firewallPolicies',
    area: 'policies',
    path: 'firewall policy',
    nameOf: ({ id }) => id,
    settingsOf: (each) => [
      unsourced('policies', 'srcintf', each.from),
      sourced('policies', 'groups', each.groups),
      sourced('policies', 'users', each.users),
    ],
  }),
  table({
    fact: 'localInPolicies',
    area: 'policies',
    path: 'firewall local-in-policy',
    nameOf: ({ id }) => id,
    settingsOf: (each) => [
      unsourced('policies', 'intf', each.interfaces),
      unsourced('policies', 'srcaddr', each.sources),
      unsourced('policies', 'dstaddr', each.destinations),
      unsourced('policies', 'service', each.services),
      unsourced('policies', 'negated', each.negated),
      sourced('policies', 'action', each.action),
      sourced('policies', 'schedule', each.schedule),
      status('policies', each.enabled),
    ],
  }),
  table({
    fact: 'vips',
    area: 'policies',
    path: 'firewall vip',
    nameOf: ({ name }) => name,
    settingsOf: (each) => [
      sourced('policies', 'extip', each.externalAddress),
      unsourced('policies', 'extintf', each.externalInterface),
      unsourced('policies', 'extport', each.externalPort, each.portQuotes),
      unsourced('policies', 'TCP ports that it takes', each.takes, each.portQuotes),
      unsourced('policies', 'service', each.services),
      sourced('policies', 'src-filter', each.sources),
      status('policies', each.enabled),
    ],
  }),
  table({
    fact: 'administrators',
    area: 'administrators',
    path: 'system admin',
    nameOf: ({ name }) => name,
    settingsOf: (each) => [
      sourced('administrators', 'trusthost', each.trustedHosts),
      sourced('administrators', 'ip6-trusthost', each.trustedHosts6),
      unsourced('administrators', 'accprofile', each.profile),
    ],
  }),
  table({
    fact: 'localUsers',
    area: 'users',
    path: 'user local',
    nameOf: ({ name }) => name,
    settingsOf: (each) => [
      sourced('users', 'two-factor', each.twoFactor),
      sourced('users', 'fortitoken', each.token),
      unsourced('users', 'type', each.type),
      status('users', each.enabled, each.disabledBy),
    ],
  }),
  table({
    fact: 'userGroups',
    area: 'users',
    path: 'user group',
    nameOf: ({ name }) => name,
    settingsOf: (each) => [sourced('users', 'member', each.members)],
  }),
];
