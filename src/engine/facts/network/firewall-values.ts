import type { Quote } from '../../evidence/types.ts';
import type { Ipv4Range } from '../../fortios/ipv4-ranges.ts';
import type { Sourced } from '../fact.ts';

export interface LocalInPolicy {
  readonly id: string;
  readonly vdom?: string;
  readonly interfaces: readonly string[];
  readonly sources: readonly string[];
  /** Sources are Internet services, regardless of `sources` (`internet-service-src`; 7.4.4 and later). */
  readonly otherSources: boolean;
  readonly destinations: readonly string[];
  readonly services: readonly string[];
  /** Which of sources, destinations and services are negated. */
  readonly negated: readonly ('sources' | 'destinations' | 'services')[];
  readonly action: Sourced<'accept' | 'deny'>;
  /** Name of the schedule; `always` without a line. */
  readonly schedule: Sourced<string>;
  /** The deciding lines: number, sources, services, negations, schedule and action. */
  readonly quotes: readonly Quote[];
  /** Also false if the policy only concerns a cluster's management interface (`ha-mgmt-intf-only`). */
  readonly enabled: boolean;
}

/** `firewall address`. */
export interface AddressObject {
  readonly name: string;
  readonly vdom?: string;
  /** `ipmask`, `iprange`, `geography`, `fqdn` …, in FortiOS's spelling. */
  readonly type: string;
  /** Absent for types without fixed IPv4 addresses. */
  readonly range?: Ipv4Range;
}

/** `firewall addrgrp`. */
export interface AddressGroup {
  readonly name: string;
  readonly vdom?: string;
  readonly members: readonly string[];
  /** Some members are excluded (`exclude`). */
  readonly excludes: boolean;
}

/** `firewall schedule recurring`: at these times every week. */
export interface RecurringSchedule {
  readonly name: string;
  readonly vdom?: string;
  /** `sunday` …; empty if no day is set, so the schedule never applies. */
  readonly days: readonly string[];
  /** `hh:mm`; equal for the whole day. */
  readonly start: string;
  readonly end: string;
}

/** `firewall schedule onetime` in the device's time zone: `08:00 2026/01/31`. */
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

/** A zone or SD-WAN zone: a policy name for several interfaces. */
export interface Zone {
  readonly name: string;
  readonly vdom?: string;
  readonly interfaces: readonly string[];
}

/** A custom service: its TCP destination ports in FortiOS's spelling (`4433`, `4000-5000`). */
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
  /** Which TCP ports it forwards: all, or those in `externalPort`; `none` for UDP and for translating DNS answers. */
  readonly takes: 'all' | 'ports' | 'none';
  /** `4433` or `4000-5000`; absent if it selects no ports itself. */
  readonly externalPort?: string;
  /** Names of the services it is limited to; empty without a limit. */
  readonly services: readonly string[];
  /** The lines that select its ports: `portforward` and `extport`, if present. */
  readonly portQuotes: readonly Quote[];
  /** Where it sends a connection (`mappedip`), an address or a range; empty if unset. */
  readonly mappedAddress: string;
  /** `mappedport`; empty if the port stays. */
  readonly mappedPort: string;
  /** Addresses and ranges it is limited to (`src-filter`); empty for every source. */
  readonly sources: Sourced<readonly string[]>;
  /** Interfaces it is limited to (`srcintf-filter`); empty for all that `extintf` names. */
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
