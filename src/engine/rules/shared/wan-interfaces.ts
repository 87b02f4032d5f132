import { type Fact, valueIfKnown } from '../../facts/fact.ts';
import type { FactValues } from '../../facts/facts.ts';
import type { Interface } from '../../facts/network/interface-values.ts';
import { isPrivateAddress } from '../../fortios/address.ts';

type LiveAddresses = FactValues['liveAddresses'];

/** Interfaces that face the Internet by role or name, and are not disabled. */
export function wanInterfaces(interfaces: readonly Interface[]): readonly Interface[] {
  return interfaces.filter(facesInternet);
}

/** Whether the role or name is that of a WAN interface, and it is not disabled. */
export function facesInternet(on: Interface): boolean {
  return !on.down && isWan(on);
}

/** Whether the role or name is that of a WAN interface, also where it is disabled. */
export function isWan({ role, name }: Interface): boolean {
  return role === 'wan' || /^wan\d*$/i.test(name);
}

/** Known addresses of an interface: configured, secondary and live ones. Empty if none is known. */
export function listAddresses(on: Interface, live?: LiveAddresses): readonly string[] {
  const held = live?.get(on.name);
  const current = held ? [held, ...held.further].map(({ value }) => value) : [];
  const all = [on.address?.value, ...on.secondary, ...current].filter((each) => each !== undefined);
  return [...new Set(all)];
}

/** A WAN interface whose live address is private: something in front of it translates. */
export function privateWan(liveFact: Fact<LiveAddresses>) {
  const [wan] = [...(valueIfKnown(liveFact) ?? [])].filter(
    ([name, { value }]) => /^wan\d*$/i.test(name) && isPrivateAddress(value),
  );
  return wan && { name: wan[0], ...wan[1] };
}

/** Whether one of the known addresses of the interface is public. */
export function holdsPublicAddress(on: Interface, live?: LiveAddresses): boolean {
  return listAddresses(on, live).some((each) => !isPrivateAddress(each));
}

/** Interfaces by which the Internet may be reached. */
export function waysOut(interfaces: readonly Interface[], live?: LiveAddresses): readonly Interface[] {
  return interfaces.filter((each) => facesInternet(each) || holdsPublicAddress(each, live));
}

/** The address for the phone, if exactly one WAN interface has a public address or receives one dynamically. */
export type AddressSuggestion =
  | { readonly kind: 'static'; readonly address: string }
  | { readonly kind: 'dynamic'; readonly interface: string; readonly mode: 'dhcp' | 'pppoe' };

/** The address to suggest to the push service: of the one WAN interface that determines it, else as a person names it. */
export function suggestAddress(
  interfacesFact: Fact<readonly Interface[]>,
  liveFact: Fact<LiveAddresses>,
  saidNetwork?: Fact<FactValues['saidNetwork']>,
): AddressSuggestion | undefined {
  const own = ofOneWan(interfacesFact, liveFact);
  const said = saidNetwork && valueIfKnown(saidNetwork)?.publicAddress?.value;
  return own?.kind === 'static' || said === undefined ? own : { kind: 'static', address: said };
}

function ofOneWan(
  interfacesFact: Fact<readonly Interface[]>,
  liveFact: Fact<LiveAddresses>,
): AddressSuggestion | undefined {
  const live = valueIfKnown(liveFact);
  const wans = wanInterfaces(valueIfKnown(interfacesFact) ?? []).filter(
    (each) => holdsPublicAddress(each, live) || (each.mode !== 'static' && live === undefined),
  );
  const [wan, another] = wans;
  if (!wan || another) return undefined;
  if (wan.mode !== 'static') return { kind: 'dynamic', interface: wan.name, mode: wan.mode };
  const address = listAddresses(wan, live).find((each) => !isPrivateAddress(each));
  return address === undefined ? undefined : { kind: 'static', address };
}
