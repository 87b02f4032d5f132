import type { CustomService, ServiceGroup } from '../../facts/network/firewall-values.ts';
import { sameVdom } from '../../fortios/vdom-name.ts';

/** Services in the evidence; every backup contains FortiOS's own in `firewall service custom`. */
export interface ServiceNames {
  readonly custom: readonly CustomService[];
  readonly groups: readonly ServiceGroup[];
}

/** Predefined services that local-in policies and virtual IPs use most, for evidence without a list of services. */
const PREDEFINED_TCP_PORTS: Readonly<Record<string, readonly number[]>> = {
  HTTP: [80],
  HTTPS: [443],
  SSH: [22],
  TELNET: [23],
  DNS: [53],
  BGP: [179],
  SMTP: [25],
  FTP: [21],
  RDP: [3389],
  SNMP: [161, 162],
  PING: [],
  ALL_ICMP: [],
  ALL_UDP: [],
  IKE: [],
  NTP: [],
};

/** Whether one of these services covers this TCP port. `unsure` if a service is not in the evidence. */
export function coversPort(
  names: readonly string[],
  port: number,
  vdom: string | undefined,
  services: ServiceNames,
): 'yes' | 'no' | 'unsure' {
  const each = names.map((name) => oneCovers(name, port, vdom, services));
  if (each.includes('yes')) return 'yes';
  return each.includes('unsure') ? 'unsure' : 'no';
}

/** Maximum nesting of groups: FortiOS refuses cycles, but a text may contain one. */
const MAX_DEPTH = 4;

function oneCovers(
  name: string,
  port: number,
  vdom: string | undefined,
  services: ServiceNames,
  depth = 0,
): 'yes' | 'no' | 'unsure' {
  if (name === 'ALL' || name === 'ALL_TCP') return 'yes';
  const inScope = (one: { readonly name: string; readonly vdom?: string }) =>
    one.name === name && sameVdom(one.vdom, vdom);
  const custom = services.custom.find(inScope);
  if (custom) return custom.tcpPorts.some((range) => inRange(range, port)) ? 'yes' : 'no';
  const group = services.groups.find(inScope);
  if (group && depth < MAX_DEPTH) {
    const each = group.members.map((member) => oneCovers(member, port, vdom, services, depth + 1));
    if (each.includes('yes')) return 'yes';
    return each.includes('unsure') ? 'unsure' : 'no';
  }
  const own = PREDEFINED_TCP_PORTS[name];
  if (!own) return 'unsure';
  return own.includes(port) ? 'yes' : 'no';
}

/** Whether a port is in a range: `4433` or `4000-5000`. */
export function inRange(range: string, port: number): boolean {
  const [first, last = first] = range.split('-').map(Number);
  return first !== undefined && last !== undefined && first <= port && port <= last;
}
