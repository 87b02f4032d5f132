import { type Fact, valueIfKnown } from '../facts/fact.ts';
import type { GlobalSettings, SslVpnSettings } from '../facts/facts.ts';

/** In the order of preference: FortiOS's own default first. IKE over TCP takes 443, 4500 or 11443, so none of those. */
const CANDIDATES = [4433, 4434, 8443, 9443, 10433];

/** A port for the phone's answer that neither the admin page nor an SSL VPN of the evidence uses. */
export function freeCallbackPort(
  global: Fact<GlobalSettings>,
  sslVpn: Fact<readonly SslVpnSettings[]>,
): number {
  const taken = new Set([
    valueIfKnown(global)?.adminSport.value,
    ...(valueIfKnown(sslVpn) ?? []).map((each) => each.port.value),
  ]);
  return CANDIDATES.find((port) => !taken.has(port)) ?? 4433;
}
