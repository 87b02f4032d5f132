import { type Fact, valueIfKnown } from '../facts/fact.ts';
import type { GlobalSettings, PushService, SslVpnSettings } from '../facts/values.ts';
import { configBlock, globalFix } from './fix.ts';
import type { Fix, RuleContext } from './rule.ts';

interface PortUsers {
  readonly global: Fact<GlobalSettings>;
  readonly sslVpn: Fact<readonly SslVpnSettings[]>;
  /** Whatever else has this port. */
  readonly takes?: (port: number) => boolean;
}

/** In the order of preference: FortiOS's default first. IKE over TCP takes 443, 4500 or 11443, so none of those. */
const CANDIDATES = [4433, 4434, 8443, 9443, 10433];

/** A port for the phone's answer that neither the admin page nor an SSL VPN of the evidence uses. */
function freeCallbackPort({ global, sslVpn, takes }: PortUsers, current: number): number {
  const settings = valueIfKnown(global);
  const taken = new Set([
    current,
    settings?.adminSport.value,
    settings?.adminPort.value,
    settings?.adminSshPort.value,
    settings?.adminTelnetPort.value,
    ...(valueIfKnown(sslVpn) ?? []).map((each) => each.port.value),
  ]);
  return CANDIDATES.find((port) => !taken.has(port) && !takes?.(port)) ?? 4499;
}

/** Moving the push port disturbs nobody: each push tells the phone which port to call. */
export function moveCallbackPort(
  context: RuleContext,
  service: PushService,
  users: PortUsers,
  notes: readonly string[],
): Fix {
  const port = freeCallbackPort(users, service.serverPort.value);
  return globalFix(context, {
    apply: configBlock('system ftm-push', [`set server-port ${port}`]),
    undo: configBlock('system ftm-push', [`set server-port ${service.serverPort.value}`]),
    verify: ['show full-configuration system ftm-push', 'show full-configuration system global'],
    note: [
      `Each push tells the phone the port, so nothing changes on the phones; a device in front that forwards ${service.serverPort.value} has to forward ${port} instead.`,
      ...notes,
    ].join(' '),
  });
}
