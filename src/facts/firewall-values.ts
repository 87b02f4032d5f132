import type { Quote } from '../evidence/types.ts';
import type { Ipv4Range } from '../fortios/ipv4-ranges.ts';
import type { Sourced } from './fact.ts';

export interface LocalInPolicy {
  readonly id: string;
  readonly vdom?: string;
  readonly interfaces: readonly string[];
  readonly sources: readonly string[];
  /** Sources are Internet services, whatever `sources` holds (`internet-service-src`; 7.4.4 and later). */
  readonly otherSources: boolean;
  readonly destinations: readonly string[];
  readonly services: readonly string[];
  /** Of sources, destinations and services, those that stand for everything but what is named. */
  readonly negated: readonly ('sources' | 'destinations' | 'services')[];
  readonly action: Sourced<'accept' | 'deny'>;
  /** Name of the schedule; `always` where the text holds none. */
  readonly schedule: Sourced<string>;
  /** The lines that decide: its number, sources, services, negations, schedule and action. */
  readonly quotes: readonly Quote[];
  /** Off also where it is only about the management interface of a cluster (`ha-mgmt-intf-only`). */
  readonly enabled: boolean;
}

/** `firewall address`. */
export interface AddressObject {
  readonly name: string;
  readonly vdom?: string;
  /** `ipmask`, `iprange`, `geography`, `fqdn` …, as FortiOS spells it. */
  readonly type: string;
  /** Absent where the type is not about fixed IPv4 addresses. */
  readonly range?: Ipv4Range;
}

/** `firewall addrgrp`. */
export interface AddressGroup {
  readonly name: string;
  readonly vdom?: string;
  readonly members: readonly string[];
  /** Some members are taken out again (`exclude`). */
  readonly excludes: boolean;
}

/** `firewall schedule recurring`: at these times of every week. */
export interface RecurringSchedule {
  readonly name: string;
  readonly vdom?: string;
  /** `sunday` …; empty where no day is set, and the schedule never applies. */
  readonly days: readonly string[];
  /** `hh:mm`; equal where it is the whole day. */
  readonly start: string;
  readonly end: string;
}

/** `firewall schedule onetime`, as FortiOS writes it in its own time zone: `08:00 2026/01/31`. */
export interface OnetimeSchedule {
  readonly name: string;
  readonly vdom?: string;
  readonly start: string;
  readonly end: string;
}

/** `firewall schedule group`. */
export interface ScheduleGroup {
  readonly name: string;
  readonly vdom?: string;
  readonly members: readonly string[];
}

/** `firewall service group`. */
export interface ServiceGroup {
  readonly name: string;
  readonly vdom?: string;
  readonly members: readonly string[];
}

/** A zone, or an SD-WAN zone: a name that a policy may use for several interfaces. */
export interface Zone {
  readonly name: string;
  readonly vdom?: string;
  readonly interfaces: readonly string[];
}

/** A custom service: the TCP destination ports it covers, as FortiOS writes them (`4433`, `4000-5000`). */
export interface CustomService {
  readonly name: string;
  readonly vdom?: string;
  readonly tcpPorts: readonly string[];
}

export interface VirtualIp {
  readonly name: string;
  readonly vdom?: string;
  readonly externalAddress: Sourced<string>;
  readonly externalInterface: string;
  /** What it takes of TCP: every port, or those in `externalPort`; `none` for UDP and for translating DNS answers. */
  readonly takes: 'all' | 'ports' | 'none';
  /** `4433` or `4000-5000`; absent where it takes no ports of its own choice. */
  readonly externalPort?: string;
  /** Names of the services it is limited to; empty where it is not. */
  readonly services: readonly string[];
  /** The lines that say which ports it takes; `portforward` and `extport`, where they are there. */
  readonly portQuotes: readonly Quote[];
  /** Addresses and ranges it is limited to (`src-filter`); empty where it takes every source. */
  readonly sources: Sourced<readonly string[]>;
  /** Interfaces it is limited to (`srcintf-filter`); empty where it takes every one that `extintf` names. */
  readonly sourceInterfaces: readonly string[];
  readonly enabled: boolean;
}

/** A firewall policy that accepts the users or groups it names. */
export interface FirewallPolicy {
  readonly id: string;
  readonly vdom?: string;
  /** Neither a whole configuration nor the whole table was shown, so there may be others. */
  readonly partial?: true;
  /** `srcintf`: interfaces and zones. */
  readonly from: readonly string[];
  readonly groups: Sourced<readonly string[]>;
  readonly users: Sourced<readonly string[]>;
}
