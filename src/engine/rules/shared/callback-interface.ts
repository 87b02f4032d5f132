import type { Quote } from '../../evidence/types.ts';
import type { Sourced } from '../../facts/fact.ts';
import type { FactValues } from '../../facts/facts.ts';
import type { Interface } from '../../facts/network/interface-values.ts';
import type { HostLookup, PushService } from '../../facts/values.ts';
import { isIpAddress, isIpv6Address } from '../../fortios/address.ts';
import type { Fix, RuleContext } from '../rule.ts';
import { configEntry, globalFix, quoteValue } from './fix.ts';
import { listAddresses, wanInterfaces } from './wan-interfaces.ts';

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
      /** Why it is this interface, in brackets; empty where its address is the one that the phone calls. */
      readonly because: string;
      /** Where a name leads to that address: the lookup. The phone may be told another one. */
      readonly resolved: readonly Quote[];
    }
  /** `server` is a name, or an address that no interface holds: it may be any of these. */
  | { readonly kind: 'candidates'; readonly interfaces: readonly Interface[] };

/** The interface that the phone calls: the one that is named or has the address, else every WAN interface. */
export function callbackInterface(
  service: PushService,
  interfaces: readonly Interface[],
  live?: FactValues['liveAddresses'],
  lookups?: readonly HostLookup[],
): CallbackInterface {
  const named = service.interface?.value;
  const byName = named ? interfaces.find((each) => each.name === named) : undefined;
  // The interface that answers was not read: the others say nothing about it.
  if (named && !byName) return { kind: 'candidates', interfaces: [] };
  if (byName) {
    const because = ' (`system ftm-push` names this interface)';
    return { kind: 'exact', interface: byName, accessList: ownAccessList(byName), because, resolved: [] };
  }
  const server = callbackAddress(service);
  const address = addressCalled(service, lookups);
  const owner =
    address !== undefined && isIpAddress(address)
      ? interfaces.find((each) => listAddresses(each, live).includes(address))
      : undefined;
  if (owner) {
    const accessList =
      readAccessLists(owner).find((each) => each.address === address) ?? ownAccessList(owner);
    const because = address === server ? '' : ` (the name resolves to ${address})`;
    const resolved = address === server ? [] : (lookups ?? []).filter((each) => each.address === address);
    return {
      kind: 'exact',
      interface: owner,
      accessList,
      because,
      resolved: resolved.flatMap(({ quotes }) => quotes),
    };
  }
  return { kind: 'candidates', interfaces: wanInterfaces(interfaces) };
}

/** The access lists of an interface: its own and those of its secondary addresses. */
export function readAccessLists(on: Interface): readonly (AccessList & { readonly address?: string })[] {
  const seconds = on.secondaryAccess.map(({ key, address, allowaccess }) => ({
    on,
    secondary: key,
    address,
    allowaccess,
  }));
  return [{ ...ownAccessList(on), address: on.address?.value }, ...seconds];
}

function ownAccessList(on: Interface): AccessList {
  return { on, allowaccess: on.allowaccess };
}

/** Whether the callback is accepted on this address. */
export function acceptsFtm(accessList: AccessList): boolean {
  return accessList.allowaccess.value.includes('ftm');
}

/** Lets the callback in on one address. `more`: what to know besides the cost of it. */
export function allowFtm(accessList: AccessList, context: RuleContext, more?: string): Fix {
  const { name } = accessList.on;
  return globalFix(context, {
    apply: editAccessList(accessList, 'append allowaccess ftm'),
    undo: editAccessList(accessList, 'unselect allowaccess ftm'),
    verify: [`show system interface ${quoteValue(name)}`],
    note: accessNote(name, more),
  });
}

/** Lines that change one access list: `append allowaccess ftm`, `unselect allowaccess ftm`. */
function editAccessList({ on, secondary }: AccessList, line: string): readonly string[] {
  const inner =
    secondary === undefined
      ? [line]
      : ['config secondaryip', `    edit ${secondary}`, `        ${line}`, '    next', 'end'];
  return configEntry('system interface', on.name, inner);
}

/** The cost of allowing `ftm` first, then what else to know. */
export function accessNote(on: string, more = ''): string {
  return `This opens the push port on ${on} to every source; \`append\` keeps the rest of its list, which \`set\` would replace.${more === '' ? '' : ` ${more}`} The push service is then open to all and asks every caller for a client certificate.`;
}

/** Address or name that the phone is told to call; `undefined` if unset. */
export function callbackAddress(service: PushService): string | undefined {
  return service.server?.value || service.serverIp?.value || undefined;
}

/** The address itself, or what its name resolves to. */
export function addressCalled(
  service: PushService,
  lookups: readonly HostLookup[] | undefined,
): string | undefined {
  const value = callbackAddress(service);
  if (value === undefined || isIpAddress(value)) return value;
  return lookups?.find(({ name }) => name.toLowerCase() === value.toLowerCase())?.address;
}

/** `198.51.100.10:4433`, or the port alone, for sentences. */
export function callbackEndpoint(service: PushService): string {
  const address = callbackAddress(service);
  const port = service.serverPort.value;
  if (address === undefined) return `port ${port}`;
  return isIpv6Address(address) ? `[${address.replace(/[[\]]/g, '')}]:${port}` : `${address}:${port}`;
}
