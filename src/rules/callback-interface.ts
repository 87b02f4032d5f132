import type { FactValues } from '../facts/facts.ts';
import type { Interface, PushService } from '../facts/values.ts';
import { isIpAddress } from '../fortios/address.ts';
import { addressesOf, wanInterfaces } from './wan.ts';

/** Which interface the phone's answer arrives on, as far as the configuration tells. */
export type CallbackInterface =
  | { readonly kind: 'exact'; readonly interface: Interface; readonly because: string }
  /** `server` is a name, or an address no interface holds: any of these may be the one. */
  | { readonly kind: 'candidates'; readonly interfaces: readonly Interface[] };

export function callbackInterface(
  service: PushService,
  interfaces: readonly Interface[],
  live?: FactValues['liveAddresses'],
): CallbackInterface {
  const named = service.interface?.value;
  const byName = named ? interfaces.find((each) => each.name === named) : undefined;
  if (byName) {
    return { kind: 'exact', interface: byName, because: `\`ftm-push\` names interface ${byName.name}` };
  }
  const address = callbackAddress(service);
  const owner =
    address !== undefined && isIpAddress(address)
      ? interfaces.find((each) => addressesOf(each, live).includes(address))
      : undefined;
  if (owner) return { kind: 'exact', interface: owner, because: `${owner.name} holds ${address}` };
  return { kind: 'candidates', interfaces: wanInterfaces(interfaces) };
}

/** Address or name the phone is told to call; `undefined` when none is set. */
export function callbackAddress(service: PushService): string | undefined {
  return service.server?.value || service.serverIp?.value || undefined;
}

/** `198.51.100.10:4433`, or the port alone, for sentences. */
export function callbackEndpoint(service: PushService): string {
  const address = callbackAddress(service);
  const port = service.serverPort.value;
  return address === undefined ? `port ${port}` : `${address}:${port}`;
}
