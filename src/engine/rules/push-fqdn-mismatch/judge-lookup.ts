import type { FactValues } from '../../facts/facts.ts';
import type { HostLookup, Interface } from '../../facts/values.ts';
import { isPrivateAddress } from '../../fortios/address.ts';
import { healthy } from '../define-rule.ts';
import type { Fix, Judgement } from '../rule.ts';
import { addressesOf, holdsPublicAddress, wanInterfaces } from '../shared/wan-interfaces.ts';

/** What the resolved address proves; `undefined` if it proves nothing about this FortiGate. */
export function judgeLookup(
  lookup: HostLookup,
  interfaces: readonly Interface[] | undefined,
  live: FactValues['liveAddresses'] | undefined,
  dnsWorks: boolean | undefined,
  fix: (wan?: string) => Fix,
): Judgement | undefined {
  const { name, address } = lookup;
  const broken = (title: string, summary: string): Judgement => ({
    verdict: 'broken',
    confidence: 'likely',
    title,
    summary,
    evidence: lookup.quotes,
    fix: fix(),
  });

  if (address === undefined) {
    // If the FortiGate resolves no names at all, its DNS is the cause (push-dns-failure), and phones use a different
    // one.
    if (dnsWorks === false) return undefined;
    return broken(
      `The callback name ${name} does not resolve`,
      `The FortiGate could not resolve ${name}, the callback address of \`system ftm-push\`. If the phone cannot resolve the name either, it cannot send its answer, and the login times out.`,
    );
  }
  if (isPrivateAddress(address)) {
    return broken(
      `The callback name ${name} resolves to a private address`,
      `${name} resolves to ${address}, a private address. If phones outside get the same answer, they cannot reach it, and the login times out. With split DNS (another answer outside than inside) this is harmless.`,
    );
  }
  if (!interfaces) return undefined;
  const owner = interfaces.find((each) => addressesOf(each, live).includes(address));
  if (owner) {
    return healthy(`${name} resolves to ${address}, which ${owner.name} holds`, lookup.quotes);
  }
  const wans = wanInterfaces(interfaces);
  const unseen = (wans.length > 0 ? wans : interfaces).some((each) => addressesOf(each, live).length === 0);
  const behindNat = !interfaces.some((each) => holdsPublicAddress(each, live));
  if (unseen || behindNat) return undefined;
  const held = interfaces
    .filter((each) => holdsPublicAddress(each, live))
    .map((each) => `${each.name} ${addressesOf(each, live).find((one) => !isPrivateAddress(one))}`);
  return broken(
    `The callback name ${name} resolves to an address that this FortiGate does not have`,
    `${name} resolves to ${address}. No interface has that address; the public addresses are ${held.join(', ')}. The phone’s answer goes to another device and the login times out, unless a device in front forwards ${address} to this FortiGate.`,
  );
}
