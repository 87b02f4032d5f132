import { valueIfKnown } from '../../facts/fact.ts';
import type { Facts } from '../../facts/facts.ts';
import type { SnifferCapture } from '../../facts/log-events.ts';
import { defineRule, healthy } from '../define-rule.ts';
import { noCliFix } from '../shared/fix.ts';
import { nameList } from '../shared/logins.ts';
import { reachedElsewhere } from '../shared/vpn-port.ts';

export const rule = defineRule({
  id: 'vpn-port-unreachable',
  title: 'The client’s packets do not reach the FortiGate',
  severity: 'high',
  hop: 'connection',
  number: 101,
  forCustomer: 'the connection does not get as far as the firewall from where the person is',
  needs: ['callbackPackets'],
  wants: ['attempts', 'sslVpn', 'shownSettings'],
  versions: 'all with SSL VPN',
  references: ['KB211965'],
  // Another client that got through does not answer the question about this one.
  checkPartial: (facts) => (facts.callbackPackets.state === 'known' ? undefined : reachedElsewhere(facts)),
  check({ callbackPackets, ...facts }) {
    const ports = vpnPorts(facts);
    const { captures, packets } = callbackPackets.value;
    const arrived = packets.find(({ to, direction }) => ports.has(to.port ?? 0) && direction !== 'out');
    if (arrived) {
      return healthy('packets of a client reach the port of SSL VPN', arrived.quotes, ['callbackPackets']);
    }
    const silent = captures.flatMap((capture) => {
      const client = silentClient(capture);
      const named = [...capture.filter.matchAll(/\bport (\d{1,5})/g)].map(([, digits]) => Number(digits));
      const port = [...ports].find((each) => named.length === 0 || named.includes(each));
      return client === undefined || port === undefined ? [] : [{ capture, client, port }];
    });
    const [first] = silent;
    if (!first) {
      return {
        verdict: 'unknown',
        reason: 'the evidence does not show whether packets of the client arrive',
        need: 'a sniffer capture of the port of SSL VPN, limited to the client’s address, while the client connects',
        commands: [],
        allowsHealthyCase: true,
      };
    }
    const clients = nameList(silent.map(({ client }) => client));
    return {
      verdict: 'broken',
      confidence: 'likely',
      title: `No packet of ${clients} arrives on TCP ${first.port}, the port of SSL VPN`,
      summary: `The sniffer was limited to ${clients} and TCP ${first.port}, and counted no packet. If the client tried this address and port meanwhile, its packets end before this FortiGate; a client with another port in its profile would not be in this capture.`,
      evidence: silent.slice(0, 2).flatMap(({ capture }) => capture.quotes),
      fix: noCliFix(
        `First compare the address and port in the client’s profile with this FortiGate: SSL VPN listens on TCP ${first.port}, and FortiClient uses 443 if its profile names no other. If they are the same, let the person try from another network, a mobile phone for example: if that works, the first network blocks the port. If nobody gets in, look at the router or provider in front of the FortiGate, which must forward the port. To forward to the administrator of that network: “Please allow outgoing TCP ${first.port} to our VPN; nothing of ${clients} arrives here.”`,
      ),
    };
  },
});

function vpnPorts({ sslVpn, shownSettings }: Pick<Facts, 'sslVpn' | 'shownSettings'>): ReadonlySet<number> {
  const shown = valueIfKnown(shownSettings)?.get('vpn ssl settings port');
  return new Set([
    ...(valueIfKnown(sslVpn) ?? []).map(({ port }) => port.value),
    ...(shown ? [Number(shown.value)] : []),
  ]);
}

/** The one host of the filter, where the sniffer ended without a packet: `host 203.0.113.77 and tcp port 10443`. */
function silentClient({ filter, ended, received }: SnifferCapture): string | undefined {
  const [host, another] = [...filter.matchAll(/\bhost ([0-9a-f.:]{3,45})/gi)].map(([, address]) => address);
  const isOther = /\bnot\b|!|\bor host\b/i.test(filter);
  return ended && received === 0 && another === undefined && !isOther ? host : undefined;
}
