import { valueIfKnown } from '../../facts/fact.ts';
import { defineRule } from '../define-rule.ts';
import { noCliFix } from '../shared/fix.ts';
import { reachedElsewhere } from '../shared/vpn-port.ts';

export const rule = defineRule({
  id: 'vpn-port-taken',
  title: 'A virtual IP takes the port of SSL VPN',
  severity: 'critical',
  hop: 'connection',
  number: 105,
  forCustomer: 'the firewall passes the connection on to another system',
  needs: ['sslVpn'],
  wants: ['attempts', 'flowEvents', 'vips'],
  versions: 'all with SSL VPN',
  references: ['KB211965'],
  checkPartial: reachedElsewhere,
  check({ sslVpn, flowEvents, vips }) {
    const ports = sslVpn.value.map(({ port }) => port.value);
    const taken = (valueIfKnown(flowEvents) ?? []).find(
      ({ to, dnat, protocol }) =>
        to?.port !== undefined && dnat !== undefined && ports.includes(to.port) && (protocol ?? 6) === 6,
    );
    if (!taken?.to || !taken.dnat) {
      return {
        verdict: 'unknown',
        reason: 'the evidence does not show where a connection to SSL VPN goes',
        need: 'a debug flow of one connection to the port of SSL VPN',
        commands: [],
        allowsHealthyCase: true,
      };
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
      fix: noCliFix(
        `Limit ${vip ? `virtual IP ${vip.name}` : 'the virtual IP with this `mappedip`'} to the ports that its server needs (\`portforward\`, \`extport\`), or give it another public address. Another port for SSL VPN helps only if the virtual IP does not forward it, and every client needs the new one.`,
      ),
    };
  },
});
