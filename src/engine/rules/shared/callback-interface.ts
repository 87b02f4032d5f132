import type { Sourced } from '../../facts/fact.ts';
import type { FactValues } from '../../facts/facts.ts';
import type { Interface, PushService } from '../../facts/values.ts';
import { isIpAddress, isIpv6Address } from '../../fortios/address.ts';
import { configEntry } from './fix.ts';
import { addressesOf, wanInterfaces } from './wan-interfaces.ts';

/** The access list for one address: the interface's own, or that of a secondary address. */
export interface AccessList {
  readonly on: Interface;
  /** Number of the secondary address in `config secondaryip`. */
  readonly secondary?: string;
  readonly allowaccess: Sourced<readonly string[]>;
}

/** The interface on which the callback arrives, as far as the configuration shows. */
export type CallbackInterface =
  | {
      readonly kind: 'exact';
      readonly interface: Interface;
      readonly accessList: AccessList;
      readonly because: string;
    }
  /** `server` is a name, or an address that no interface holds: it may be any of these. */
  | { readonly kind: 'candidates'; readonly interfaces: readonly Interface[] };

/** The interface that the phone calls: the one that is named or has the address, else every WAN interface. */
export function callbackInterface(
  service: PushService,
  interfaces: readonly Interface[],
  live?: FactValues['liveAddresses'],
): CallbackInterface {
  const named = service.interface?.value;
  const byName = named ? interfaces.find((each) => each.name === named) : undefined;
  // The interface that answers was not read: the others say nothing about it.
  if (named && !byName) return { kind: 'candidates', interfaces: [] };
  if (byName) {
    const because = `\`system ftm-push\` names this interface`;
    return { kind: 'exact', interface: byName, accessList: ownAccessList(byName), because };
  }
  const address = callbackAddress(service);
  const owner =
    address !== undefined && isIpAddress(address)
      ? interfaces.find((each) => addressesOf(each, live).includes(address))
      : undefined;
  if (owner) {
    const accessList = accessListsOf(owner).find((each) => each.address === address) ?? ownAccessList(owner);
    return { kind: 'exact', interface: owner, accessList, because: `it has the address ${address}` };
  }
  return { kind: 'candidates', interfaces: wanInterfaces(interfaces) };
}

/** The access lists of an interface: its own and those of its secondary addresses. */
export function accessListsOf(on: Interface): readonly (AccessList & { readonly address?: string })[] {
  const seconds = (on.secondaryAccess ?? []).map(({ key, address, allowaccess }) => ({
    on,
    secondary: key,
    address,
    allowaccess,
  }));
  return [{ ...ownAccessList(on), ...(on.address === undefined ? {} : { address: on.address }) }, ...seconds];
}

function ownAccessList(on: Interface): AccessList {
  return { on, allowaccess: on.allowaccess };
}

/** Whether the callback is accepted on this address. */
export function acceptsFtm(accessList: AccessList): boolean {
  return accessList.allowaccess.value.includes('ftm');
}

/** Lines that change one access list: `append allowaccess ftm`, `unselect allowaccess ftm`. */
export function editAccessList({ on, secondary }: AccessList, line: string): readonly string[] {
  const inner =
    secondary === undefined
      ? [line]
      : ['config secondaryip', `    edit ${secondary}`, `        ${line}`, '    next', 'end'];
  return configEntry('system interface', on.name, inner);
}

/** The cost of allowing `ftm`, and how to avoid it. */
export function accessNote(on: string): string {
  return `This opens the push port on ${on} to every source, because the phone’s address is not known in advance. The push service requires a client certificate. Use \`append\`: \`set allowaccess ftm\` would replace the list and could cut off HTTPS and SSH.`;
}

/** Address or name that the phone is told to call; `undefined` if unset. */
export function callbackAddress(service: PushService): string | undefined {
  return service.server?.value || service.serverIp?.value || undefined;
}

/** `198.51.100.10:4433`, or the port alone, for sentences. */
export function callbackEndpoint(service: PushService): string {
  const address = callbackAddress(service);
  const port = service.serverPort.value;
  if (address === undefined) return `port ${port}`;
  return isIpv6Address(address) ? `[${address.replace(/[[\]]/g, '')}]:${port}` : `${address}:${port}`;
}
