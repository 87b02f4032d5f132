import { type Fact, valueIfKnown } from '../../facts/fact.ts';
import type { Facts, FactValues } from '../../facts/facts.ts';
import type { Endpoint } from '../../facts/log-events.ts';
import type { Interface } from '../../facts/network/interface-values.ts';
import { isPrivateAddress } from '../../fortios/address.ts';
import { sameVdom } from '../../fortios/vdom-name.ts';
import { addressCalled, callbackInterface } from './callback-interface.ts';
import { listAddresses, wanInterfaces } from './wan-interfaces.ts';

/** Facts about the address and port that the phone calls. */
export const CALLBACK_FACTS = ['pushService', 'interfaces', 'liveAddresses', 'hostLookups'] as const;

export type CallbackFacts = Pick<Facts, 'pushService' | 'interfaces'> &
  Partial<Pick<Facts, 'liveAddresses' | 'hostLookups'>>;

/** A packet in a debug flow or a sniffer; fields that were not printed are absent. */
interface SeenPacket {
  readonly to: Endpoint;
  /** IP protocol number. */
  readonly protocol?: number;
  readonly vdom?: string;
  /** Incoming interface. */
  readonly interface?: string;
}

const TCP = 6;

/**
 * Tests whether a packet is a phone's callback: TCP, to this port, to the address that the phone is told to call, in
 * the VDOM of the interface that holds it. Unknown fields exclude nothing.
 */
export function callbackTest(facts: CallbackFacts, port: number): (packet: SeenPacket) => boolean {
  /** Created with the first packet to this port, because most evidence holds none. */
  let isDestination: ((packet: SeenPacket) => boolean) | undefined;
  return (packet) => {
    if (packet.to.port !== port || (packet.protocol !== undefined && packet.protocol !== TCP)) return false;
    isDestination ??= destinationTest(facts);
    return isDestination(packet);
  };
}

function destinationTest(facts: CallbackFacts): (packet: SeenPacket) => boolean {
  const isCalled = calledAddress(facts);
  const vdom = calledVdom(facts);
  const isElsewhere = otherWay(facts);
  return (packet) =>
    sameVdom(packet.vdom, vdom) && isCalled(packet.to.address) && !isElsewhere(packet.interface);
}

/**
 * Tests whether an interface is another Internet interface than the one that the phone is told to call. Phones in the
 * company's own network may use an internal interface.
 */
function otherWay(facts: CallbackFacts): (name: string | undefined) => boolean {
  const called = calledInterface(facts);
  const others = wanInterfaces(valueIfKnown(facts.interfaces) ?? []).filter((each) => each !== called);
  return (name) => called !== undefined && others.some((each) => each.name === name);
}

/** The VDOM in which the phone's packet arrives, if the evidence shows it. */
export function calledVdom(facts: CallbackFacts): string | undefined {
  return calledInterface(facts)?.vdom;
}

function calledInterface({ pushService, interfaces, liveAddresses }: CallbackFacts): Interface | undefined {
  const service = valueIfKnown(pushService);
  const all = valueIfKnown(interfaces);
  const target = service && all && callbackInterface(service, all, ifKnown(liveAddresses));
  return target?.kind === 'exact' ? target.interface : undefined;
}

function calledAddress(facts: CallbackFacts): (address: string) => boolean {
  const service = valueIfKnown(facts.pushService);
  const live = ifKnown(facts.liveAddresses);
  const all = valueIfKnown(facts.interfaces) ?? [];
  const held = new Set(all.flatMap((each) => listAddresses(each, live)));
  const called = service && addressCalled(service, ifKnown(facts.hostLookups));
  if (called !== undefined && held.has(called)) return (address) => address === called;

  const target = service && callbackInterface(service, all, live);
  const named = target?.kind === 'exact' ? listAddresses(target.interface, live) : [];
  if (called === undefined && named.length > 0) return (address) => named.includes(address);

  const mayBeOwn = holdsAll(facts, all, live) ? (address: string) => held.has(address) : () => true;
  if (called === undefined) return mayBeOwn;
  // A device in front may translate the address into a private one of the FortiGate.
  return (address) => address === called || (isPrivateAddress(address) && mayBeOwn(address));
}

/** Every address of the FortiGate is in the evidence. */
function holdsAll(
  { interfaces }: CallbackFacts,
  all: readonly Interface[],
  live: FactValues['liveAddresses'] | undefined,
): boolean {
  return interfaces.state === 'known' && (live !== undefined || all.every(({ mode }) => mode === 'static'));
}

function ifKnown<T>(fact: Fact<T> | undefined): T | undefined {
  return fact && valueIfKnown(fact);
}
