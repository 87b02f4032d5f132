import { valueIfKnown } from '../../facts/fact.ts';
import type { Facts } from '../../facts/facts.ts';
import type { VirtualIp, Zone } from '../../facts/network/firewall-values.ts';
import type { Interface } from '../../facts/network/interface-values.ts';
import type { PushService } from '../../facts/values.ts';
import { parseIpv4 } from '../../fortios/address.ts';
import { sameVdom } from '../../fortios/vdom-name.ts';
import { healthy } from '../define-rule.ts';
import type { Healthy } from '../rule.ts';
import { acceptsFtm, callbackAddress, callbackInterface, readAccessLists } from './callback-interface.ts';
import { shareOfFilter } from './phone-sources.ts';
import { coversPort, inRange, type ServiceNames } from './service-ports.ts';

/** FortiOS's form for a VIP that follows the interface's address. */
const INTERFACE_ADDRESS = '0.0.0.0';

type Taking = 'yes' | 'no' | 'unsure';

interface InTheWay {
  readonly vip: VirtualIp;
  readonly takes: (port: number) => Taking;
}

export type VipFacts = Pick<
  Facts,
  'pushService' | 'vips' | 'interfaces' | 'customServices' | 'serviceGroups' | 'zones'
>;

/** Virtual IPs on the address and interface of the callback. */
export function conflictingVips(facts: VipFacts): readonly InTheWay[] | undefined {
  const service = valueIfKnown(facts.pushService);
  const interfaces = valueIfKnown(facts.interfaces);
  if (!service || !interfaces) return undefined;
  return vipsBefore(reachedInterfaces(service, interfaces), facts, callbackAddress(service))?.filter(
    ({ vip }) => !leadsToPush(vip, service, interfaces),
  );
}

/** Virtual IPs that come before a service on these interfaces; `address`: another one at which clients reach it. */
export function vipsBefore(
  reached: readonly Interface[],
  facts: Omit<VipFacts, 'pushService'>,
  address?: string,
): readonly InTheWay[] | undefined {
  const interfaces = valueIfKnown(facts.interfaces);
  const vips = valueIfKnown(facts.vips);
  if (!interfaces || !vips) return undefined;
  const addresses = [address, ...reached.flatMap((each) => [each.address?.value, ...each.secondary])].flatMap(
    (each) => (each === undefined ? [] : (parseIpv4(each) ?? [])),
  );
  const services = {
    custom: valueIfKnown(facts.customServices) ?? [],
    groups: valueIfKnown(facts.serviceGroups) ?? [],
  };
  const zones = valueIfKnown(facts.zones) ?? [];
  return vips
    .filter(
      (vip) =>
        vip.enabled &&
        mayMatchPhones(vip) &&
        isOnAddress(vip, addresses, reached) &&
        isOnInterface(vip.externalInterface, vip, reached, interfaces, zones) &&
        (vip.sourceInterfaces.length === 0 ||
          vip.sourceInterfaces.some((name) => isOnInterface(name, vip, reached, interfaces, zones))),
    )
    .map((vip) => ({ vip, takes: (port) => takesPort(vip, port, services) }));
}

/** Whether a virtual IP leads to an interface of the FortiGate itself that accepts the callback: it is the way in. */
function leadsToPush(vip: VirtualIp, service: PushService, interfaces: readonly Interface[]): boolean {
  const port = String(service.serverPort.value);
  if (vip.mappedPort !== '' && vip.mappedPort !== port) return false;
  return interfaces
    .filter((each) => !each.down)
    .flatMap(readAccessLists)
    .some((list) => acceptsFtm(list) && vip.mappedAddress !== '' && list.address === vip.mappedAddress);
}

/** Healthy where a virtual IP leads the phone to an interface that accepts the callback, if the one that it calls does not. */
export function judgeForwarding(
  facts: Pick<VipFacts, 'pushService' | 'vips' | 'interfaces'>,
): Healthy | undefined {
  const service = valueIfKnown(facts.pushService);
  const interfaces = valueIfKnown(facts.interfaces);
  const address = service && callbackAddress(service);
  if (!service || !interfaces || address === undefined) return undefined;
  const forwarding = (valueIfKnown(facts.vips) ?? []).find(
    (vip) =>
      vip.enabled &&
      vip.ports.take !== 'none' &&
      (vip.ports.range === undefined || inRange(vip.ports.range, service.serverPort.value)) &&
      vip.externalAddress.value === address &&
      leadsToPush(vip, service, interfaces),
  );
  if (!forwarding) return undefined;
  const reason = `virtual IP ${forwarding.name} leads the phone to an interface that accepts \`ftm\``;
  return healthy(reason, forwarding.externalAddress.quotes, ['pushService', 'vips']);
}

function reachedInterfaces(service: PushService, interfaces: readonly Interface[]): readonly Interface[] {
  const target = callbackInterface(service, interfaces);
  return target.kind === 'exact' ? [target.interface] : target.interfaces;
}

/** Whether a virtual IP takes every port, without port forwarding: changing the push port would not help. */
export function takesEveryPort(vip: VirtualIp): boolean {
  return vip.ports.range === undefined && vip.services.length === 0;
}

/** A virtual IP restricted to a few sources does not match a phone or client in a mobile network. */
function mayMatchPhones({ sources }: VirtualIp): boolean {
  const share = shareOfFilter(sources.value);
  return share !== 'few' && share !== 'none';
}

function isOnAddress(vip: VirtualIp, addresses: readonly number[], reached: readonly Interface[]): boolean {
  const [first = '', last = first] = vip.externalAddress.value.split('-');
  if (first === INTERFACE_ADDRESS) return reached.some((each) => each.name === vip.externalInterface);
  const from = parseIpv4(first);
  const to = parseIpv4(last);
  return from !== undefined && to !== undefined && addresses.some((each) => from <= each && each <= to);
}

/**
 * FortiOS translates only packets on the interface named in the virtual IP. An unknown name may be a zone that is not
 * in the evidence.
 */
function isOnInterface(
  name: string,
  { vdom }: VirtualIp,
  reached: readonly Interface[],
  all: readonly Interface[],
  zones: readonly Zone[],
): boolean {
  const inScope = reached.filter((each) => sameVdom(each.vdom, vdom));
  if (reached.length > 0 && inScope.length === 0) return false;
  const zone = zones.find((each) => each.name === name && (each.vdom ?? vdom) === vdom);
  const names = zone?.interfaces ?? [name];
  return (
    names.includes('any') ||
    inScope.some((each) => names.includes(each.name)) ||
    names.some((one) => !all.some((each) => each.name === one))
  );
}

/** Whether a virtual IP forwards this port. */
export function takesPort(vip: VirtualIp, port: number, services: ServiceNames): Taking {
  if (vip.ports.take === 'none') return 'no';
  const taken =
    vip.ports.take === 'ports'
      ? yesOrNo(inRange(vip.ports.range ?? '', port))
      : vip.services.length > 0
        ? coversPort(vip.services, port, vip.vdom, services)
        : 'yes';
  return taken === 'yes' && shareOfFilter(vip.sources.value) === 'unsure' ? 'unsure' : taken;
}

function yesOrNo(answer: boolean): Taking {
  return answer ? 'yes' : 'no';
}
