import { valueIfKnown } from '../../facts/fact.ts';
import { broken, defineRule, healthy, undecided } from '../define-rule.ts';

import { profileNamesOtherPort } from '../shared/client-profile.ts';
import { nameList } from '../shared/logins.ts';
import { portsOfSslVpn, reachedElsewhere, silentClient } from '../shared/vpn-port.ts';
import { addressesOf } from '../shared/wan-interfaces.ts';

export const rule = defineRule({
  id: 'vpn-port-unreachable',
  title: 'The client’s packets do not reach the FortiGate',
  severity: 'high',
  hop: 'connection',
  number: 101,
  forCustomer: 'the connection does not get as far as the firewall from where the user is',
  place: 'the way to the FortiGate, or the address in the client: no packet arrives',
  needs: ['callbackPackets'],
  wants: ['attempts', 'sslVpn', 'shownSettings', 'flowEvents', 'interfaces', 'userNotices', 'clientProfile'],
  versions: 'all with SSL VPN',
  references: ['KB211965'],
  // Another client that got through does not answer the question about this one.
  checkPartial: (facts) =>
    facts.callbackPackets.state === 'known'
      ? undefined
      : (profileNamesOtherPort(facts) ?? reachedElsewhere(facts)),
  check({ callbackPackets, ...facts }) {
    const ports = portsOfSslVpn(facts);
    const { captures, packets } = callbackPackets.value;
    const logins = valueIfKnown(facts.attempts) ?? [];
    const traced = valueIfKnown(facts.flowEvents) ?? [];
    const own = new Set((valueIfKnown(facts.interfaces) ?? []).flatMap((each) => addressesOf(each)));
    const arrived = packets.filter(({ to, direction }) => ports.has(to.port ?? 0) && direction !== 'out');
    const silent = captures.flatMap((capture) => {
      const client = silentClient(capture, 'tcp');
      const named = [...capture.filter.matchAll(/\bport (\d{1,5})/g)].map(([, digits]) => Number(digits));
      const port = [...ports].find((each) => named.length === 0 || named.includes(each));
      if (client === undefined || port === undefined || own.has(client)) return [];
      // Packets of others show that the port is open, and nothing about this client.
      const isElsewhere =
        arrived.some(({ from }) => from.address === client) ||
        logins.some(({ trace }) => trace.client === client) ||
        traced.some(({ from, to }) => from?.address === client && ports.has(to?.port ?? 0));
      return isElsewhere ? [] : [{ capture, client, port }];
    });
    const [first] = silent;
    if (!first && arrived[0]) {
      return healthy('packets of a client reach the port of SSL VPN', arrived[0].quotes, ['callbackPackets']);
    }
    if (!first) {
      return undecided({
        reason: 'the evidence does not show whether packets of the client arrive',
        need: 'a sniffer capture of the port of SSL VPN, limited to the client’s address, while the client connects',
        commands: [],
        allowsHealthyCase: true,
      });
    }
    const clients = nameList(silent.map(({ client }) => client));
    const isTried = valueIfKnown(facts.userNotices)?.some(({ kind }) => kind === 'other-network-tried');
    const others = arrived[0]
      ? ` Packets of ${nameList(arrived.map(({ from }) => from.address))} do arrive.`
      : '';
    // A sniffer on one interface does not see what arrives on another.
    return broken(silent.some(({ capture }) => capture.interfaces.includes('any')) ? 'likely' : 'possible', {
      title: `No packet of ${clients} arrives on TCP ${first.port}, the port of SSL VPN`,
      summary: `The sniffer was limited to ${clients} and TCP ${first.port}, and counted no packet. If the client tried this address and port meanwhile, its packets end before this FortiGate; a client with another port in its profile would not be in this capture.${others}`,
      // Packets of others may go unanswered for a reason of their own, and the question is about this client.
      explains: ['ssl-vpn-not-serving'],
      evidence: [
        ...silent.slice(0, 2).flatMap(({ capture }) => capture.quotes),
        ...(arrived[0]?.quotes ?? []),
      ],
      fix: `First compare the address and port in the client’s profile with this FortiGate: SSL VPN listens on TCP ${first.port}, and FortiClient uses 443 if its profile names no other. ${isTried ? 'It fails from another network too, so the network of the user is not the cause. ' : 'If they are the same, let the user try from another network, a mobile phone for example: if that works, the first network blocks the port. '}${arrived[0] ? '' : 'If nobody gets in, look at the router or provider in front of the FortiGate, which must forward the port. '}To forward to the administrator of that network: “Please allow outgoing TCP ${first.port} to our VPN; nothing of ${clients} arrives here.”`,
    });
  },
});
