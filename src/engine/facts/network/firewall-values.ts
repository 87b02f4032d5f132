import type { Quote } from '../../evidence/types.ts';
import { setting } from '../../fortios/config/find.ts';
import { formatIpv4Range, type Ipv4Range, parseIpv4Range } from '../../fortios/ipv4-ranges.ts';
import { type ChangeArea, compareUnsourced } from '../comparison/settings.ts';
import type { PlacedBlock } from '../config/config-view.ts';
import {
  bare,
  choiceField,
  declare,
  type EntryOf,
  type Field,
  flagField,
  listField,
  PARTIAL,
  readAs,
  textField,
  unshown,
} from '../config/fields.ts';
import { flagSetting, type Holder, wordSetting, wordsSetting } from '../config/setting.ts';

const ENABLED = bare(flagField('status', true));

export const ADDRESSES = declare({
  path: 'firewall address',
  area: 'policies',
  isNamedByOthers: true,
  fields: {
    /** `ipmask`, `iprange`, `geography`, `fqdn` …, in FortiOS's spelling. */
    type: bare(textField('type', 'ipmask')),
    /** Absent for types without fixed IPv4 addresses. */
    range: {
      name: 'addresses',
      show: (area: ChangeArea, name: string, range: Ipv4Range | undefined) =>
        compareUnsourced(area, name, range && formatIpv4Range(range)),
      read: readRange,
    },
  },
});
export type AddressObject = EntryOf<typeof ADDRESSES>;

function readRange(placed: PlacedBlock, holder: Holder): Ipv4Range | undefined {
  const value = (name: string, fallback: string) => wordSetting(placed, holder, name, fallback).value;
  const type = value('type', 'ipmask');
  if (type === 'ipmask' || type === 'interface-subnet')
    return parseIpv4Range(value('subnet', '0.0.0.0 0.0.0.0'));
  if (type !== 'iprange') return undefined;
  const first = value('start-ip', '');
  return parseIpv4Range(`${first}-${value('end-ip', first)}`);
}

export const ADDRESS_GROUPS = declare({
  path: 'firewall addrgrp',
  area: 'policies',
  isNamedByOthers: true,
  fields: {
    members: bare(listField('member')),
    /** Some members are excluded. */
    excludes: bare(flagField('exclude', false)),
  },
});
export type AddressGroup = EntryOf<typeof ADDRESS_GROUPS>;

const MIDNIGHT = '00:00';

/** At these times every week. */
export const RECURRING_SCHEDULES = declare({
  path: 'firewall schedule recurring',
  area: 'policies',
  isNamedByOthers: true,
  fields: {
    /** `sunday` …; empty if no day is set, so the schedule never applies. */
    days: readAs(bare(listField('day')), (...at) =>
      wordsSetting(...at, 'day', []).value.filter((day) => day !== 'none'),
    ),
    /** `hh:mm`; equal for the whole day. */
    start: bare(textField('start', MIDNIGHT)),
    end: bare(textField('end', MIDNIGHT)),
  },
});
export type RecurringSchedule = EntryOf<typeof RECURRING_SCHEDULES>;

/** In the device's time zone: `08:00 2026/01/31`. */
export const ONETIME_SCHEDULES = declare({
  path: 'firewall schedule onetime',
  area: 'policies',
  isNamedByOthers: true,
  fields: { start: bare(textField('start')), end: bare(textField('end')) },
});
export type OnetimeSchedule = EntryOf<typeof ONETIME_SCHEDULES>;

export const SCHEDULE_GROUPS = declare({
  path: 'firewall schedule group',
  area: 'policies',
  isNamedByOthers: true,
  fields: { members: bare(listField('member')) },
});

export const SERVICE_GROUPS = declare({
  path: 'firewall service group',
  area: 'policies',
  isNamedByOthers: true,
  fields: { members: bare(listField('member')) },
});
export type ServiceGroup = EntryOf<typeof SERVICE_GROUPS>;

export const CUSTOM_SERVICES = declare({
  path: 'firewall service custom',
  area: 'policies',
  isNamedByOthers: true,
  fields: {
    /** Destination ports in FortiOS's spelling: `4433`, `4000-5000`. Of `4433:1024-65535` the part after the colon is the source. */
    tcpPorts: readAs(bare(listField('tcp-portrange')), (...at) =>
      wordsSetting(...at, 'tcp-portrange', []).value.map((range) => range.split(':')[0] ?? ''),
    ),
  },
});
export type CustomService = EntryOf<typeof CUSTOM_SERVICES>;

const NEGATIONS = { sources: 'srcaddr', destinations: 'dstaddr', services: 'service' } as const;
const NEGATED = ['sources', 'destinations', 'services'] as const;
/** The deciding lines, in addition to that of the number. */
const DECISIVE = [
  'srcaddr',
  'srcaddr-negate',
  'internet-service-src',
  'dstaddr-negate',
  'service',
  'service-negate',
  'action',
];

export const LOCAL_IN_POLICIES = declare({
  path: 'firewall local-in-policy',
  area: 'policies',
  key: 'id',
  fields: {
    interfaces: bare(listField('intf')),
    sources: bare(listField('srcaddr')),
    /** Sources are Internet services, regardless of `sources` (7.4.4 and later). */
    otherSources: bare(flagField('internet-service-src', false)),
    destinations: bare(listField('dstaddr')),
    services: bare(listField('service')),
    /** Which of sources, destinations and services are negated. */
    negated: {
      name: 'negated',
      show: compareUnsourced,
      read: (...at) => NEGATED.filter((each) => flagSetting(...at, `${NEGATIONS[each]}-negate`, false).value),
    } satisfies Field<readonly (typeof NEGATED)[number][]>,
    action: choiceField('action', ['deny', 'accept']),
    schedule: textField('schedule', 'always'),
    /** Also false if the policy only concerns a cluster's management interface (`ha-mgmt-intf-only`). */
    enabled: readAs(
      ENABLED,
      (...at) => ENABLED.read(...at) && !flagSetting(...at, 'ha-mgmt-intf-only', false).value,
    ),
    quotes: unshown((placed, holder) => [placed.quote(holder), ...quoteSettings(placed, holder, DECISIVE)]),
  },
});
export type LocalInPolicy = EntryOf<typeof LOCAL_IN_POLICIES>;

function quoteSettings(placed: PlacedBlock, holder: Holder, names: readonly string[]): readonly Quote[] {
  return names.flatMap((name) => {
    const found = setting(holder, name);
    return found ? [placed.quote(found)] : [];
  });
}

/** A zone or SD-WAN zone: a policy name for several interfaces. */
export const ZONES = declare({
  path: 'system zone',
  area: 'policies',
  isNamedByOthers: true,
  fields: { interfaces: bare(listField('interface')) },
});
export type Zone = EntryOf<typeof ZONES>;

/** Policies that accept the users or groups they name, or traffic of a VPN. */
export const FIREWALL_POLICIES = declare({
  path: 'firewall policy',
  area: 'policies',
  key: 'id',
  fields: {
    partial: PARTIAL,
    status: flagField('status', true),
    /** Interfaces and zones. */
    from: bare(listField('srcintf')),
    to: bare(listField('dstintf')),
    groups: listField('groups'),
    users: listField('users'),
  },
});
export type FirewallPolicy = EntryOf<typeof FIREWALL_POLICIES>;

/** TCP ports that a virtual IP forwards. */
interface ForwardedPorts {
  /** All, or those in `range`; `none` for UDP and for translating DNS answers. */
  readonly take: 'all' | 'ports' | 'none';
  /** `4433` or `4000-5000`; absent if it selects no ports itself. */
  readonly range: string | undefined;
  /** The lines that select them. */
  readonly quotes: readonly Quote[];
}

export const VIPS = declare({
  path: 'firewall vip',
  area: 'policies',
  fields: {
    externalAddress: textField('extip'),
    externalInterface: bare(textField('extintf', 'any')),
    ports: {
      name: 'extport',
      show: (area, name, { take, range, quotes }) => [
        compareUnsourced(area, name, range, quotes),
        compareUnsourced(area, 'TCP ports that it takes', take, quotes),
      ],
      read: readPorts,
    } satisfies Field<ForwardedPorts>,
    /** Names of the services it is limited to; empty without a limit. */
    services: bare(listField('service')),
    /** Addresses and ranges it is limited to; empty for every source. */
    sources: listField('src-filter'),
    /** Where it sends a connection, an address or a range; empty if unset. */
    mappedAddress: bare(textField('mappedip')),
    /** Empty if the port stays. */
    mappedPort: bare(textField('mappedport')),
    /** Interfaces it is limited to; empty for all that `extintf` names. */
    sourceInterfaces: bare(listField('srcintf-filter')),
    enabled: ENABLED,
  },
});
export type VirtualIp = EntryOf<typeof VIPS>;

/** These types forward by `extport` without `portforward`. */
const BY_SERVER = new Set(['server-load-balance', 'access-proxy']);
const PORT_SETTINGS = ['portforward', 'extport', 'service', 'server-type'];
/** Port values with which a server load balancer for `ip` takes every port. */
const EVERY_PORT = new Set(['', '0', '0-65535', '1-65535']);

function readPorts(placed: PlacedBlock, holder: Holder): ForwardedPorts {
  const word = (name: string, fallback: string) => wordSetting(placed, holder, name, fallback).value;
  const port = word('extport', '');
  const take = takenBy(word, port);
  return {
    take,
    range: take === 'ports' ? port : undefined,
    quotes: quoteSettings(placed, holder, PORT_SETTINGS),
  };
}

function takenBy(word: (name: string, fallback: string) => string, port: string): ForwardedPorts['take'] {
  const type = word('type', 'static-nat');
  if (type === 'dns-translation') return 'none';
  if (BY_SERVER.has(type)) {
    const server = word('server-type', type === 'access-proxy' ? 'https' : 'http');
    if (server === 'udp') return 'none';
    return server === 'ip' || EVERY_PORT.has(port) ? 'all' : 'ports';
  }
  if (word('portforward', 'disable') !== 'enable') return 'all';
  return word('protocol', 'tcp') === 'tcp' && port !== '' ? 'ports' : 'none';
}

export const DDNS = declare({
  path: 'system ddns',
  area: 'push-service',
  isNamedByOthers: true,
  key: 'key',
  fields: {
    domain: bare(textField('ddns-domain')),
    monitorInterfaces: bare(listField('monitor-interface')),
  },
});
export type DdnsEntry = EntryOf<typeof DDNS>;
