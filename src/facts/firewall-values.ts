import type { Sourced } from './fact.ts';

export interface LocalInPolicy {
  readonly id: string;
  readonly vdom?: string;
  readonly interfaces: readonly string[];
  readonly sources: readonly string[];
  readonly destinations: readonly string[];
  readonly services: readonly string[];
  /** Of sources, destinations and services, those that stand for everything but what is named. */
  readonly negated: readonly ('sources' | 'destinations' | 'services')[];
  readonly action: Sourced<'accept' | 'deny'>;
  /** Off also where it is only about the management interface of a cluster (`ha-mgmt-intf-only`). */
  readonly enabled: boolean;
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
  readonly enabled: boolean;
}
