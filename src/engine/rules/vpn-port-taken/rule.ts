import { valueIfKnown } from '../../facts/fact.ts';
import type { Facts } from '../../facts/facts.ts';
import type { SslVpnSettings } from '../../facts/values.ts';
import { defineRule } from '../define-rule.ts';
import type { Fix, Judgement } from '../rule.ts';
import { takesEveryPort, vipsBefore } from '../shared/conflicting-vips.ts';
import { noCliFix } from '../shared/fix.ts';
import { reachedElsewhere } from '../shared/vpn-port.ts';
import { addressesOf } from '../shared/wan-interfaces.ts';

export const rule = defineRule({
  id: 'vpn-port-taken',
  title: 'A virtual IP takes the port of SSL VPN',
  severity: 'critical',
  hop: 'connection',
  number: 105,
  forCustomer: 'the firewall passes the connection on to another system',
  needs: ['sslVpn'],
  wants: ['attempts', 'flowEvents', 'vips', 'interfaces', 'customServices', 'serviceGroups', 'zones'],
  versions: 'all with SSL VPN',
  references: ['KB211965'],
  checkPartial: reachedElsewhere,
  check(facts) {
    const { sslVpn, flowEvents, vips } = facts;
    const ports = sslVpn.value.map(({ port }) => port.value);
    const taken = (valueIfKnown(flowEvents) ?? []).find(
      ({ to, dnat, protocol }) =>
        to?.port !== undefined && dnat !== undefined && ports.includes(to.port) && (protocol ?? 6) === 6,
    );
    if (!taken?.to || !taken.dnat) {
      return (
        fromSettings(facts) ?? {
          verdict: 'unknown',
          reason: 'the evidence does not show where a connection to SSL VPN goes',
          need: 'a debug flow of one connection to the port of SSL VPN',
          commands: [],
          allowsHealthyCase: true,
        }
      );
    }
    const { to, dnat } = taken;
    const vip = (valueIfKnown(vips) ?? []).find(
      (each) =>
        each.enabled && each.mappedAddress === dnat.address && each.externalAddress.value === to.address,
    );
    const name = vip ? `Virtual IP ${vip.name}` : 'A virtual IP';
    return {
      verdict: 'broken',
      confidence: 'certain',
      title: `${name} forwards TCP ${to.port}, the port of SSL VPN, to ${dnat.address}`,
      summary: `The client’s connection arrived and was sent on to ${dnat.address}: a virtual IP comes before the FortiGate’s own services. The VPN gets no connection, and clients stop at 10 %.`,
      evidence: [...taken.quotes, ...(vip ? [...vip.externalAddress.quotes, ...vip.portQuotes] : [])],
      fix: limitFix(vip ? `virtual IP ${vip.name}` : 'the virtual IP with this `mappedip`'),
    };
  },
});

type PortFacts = Pick<Facts, 'vips' | 'interfaces' | 'customServices' | 'serviceGroups' | 'zones'> & {
  readonly sslVpn: { readonly value: readonly SslVpnSettings[] };
};

/** A virtual IP on the address of an interface on which SSL VPN listens. */
function fromSettings(facts: PortFacts): Judgement | undefined {
  const interfaces = valueIfKnown(facts.interfaces) ?? [];
  const own = new Set(interfaces.flatMap((each) => addressesOf(each)));
  for (const vpn of facts.sslVpn.value.filter(({ enabled }) => enabled.value)) {
    const port = vpn.port.value;
    const reached = interfaces.filter(({ name }) => vpn.interfaces.value.includes(name));
    const taking = vipsBefore(reached, facts)?.find(
      ({ vip, takes }) => takes(port) === 'yes' && !own.has(vip.mappedAddress),
    )?.vip;
    if (reached.length === 0 || !taking) continue;
    return {
      verdict: 'broken',
      // That a virtual IP precedes SSL VPN is documented; that clients connect to this address is not shown.
      confidence: 'likely',
      title: `Virtual IP ${taking.name} forwards TCP ${port}, the port of SSL VPN`,
      summary: `Virtual IP ${taking.name} forwards ${takesEveryPort(taking) ? 'every port' : `TCP ${taking.externalPort ?? port}`} of an address on which SSL VPN listens to ${taking.mappedAddress}: a virtual IP comes before the FortiGate’s own services. The VPN gets no connection, and clients stop at 10 %.`,
      evidence: [...taking.externalAddress.quotes, ...taking.portQuotes, ...vpn.port.quotes],
      fix: limitFix(`virtual IP ${taking.name}`),
    };
  }
  return undefined;
}

function limitFix(vip: string): Fix {
  return noCliFix(
    `Limit ${vip} to the ports that its server needs (\`portforward\`, \`extport\`), or give it another public address. Another port for SSL VPN helps only if the virtual IP does not forward it, and every client needs the new one.`,
  );
}
