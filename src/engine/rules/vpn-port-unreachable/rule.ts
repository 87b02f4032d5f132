import { statedQuote } from '../../facts/described/described.ts';
import { valueIfKnown } from '../../facts/fact.ts';
import type { Facts, FactValues } from '../../facts/facts.ts';
import { broken, defineRule, healthy, undecided } from '../define-rule.ts';
import type { Judgement } from '../rule.ts';
import { DEVICE_IN_FRONT } from '../shared/changes.ts';
import { profileNamesOtherPort } from '../shared/client-profile.ts';
import { OTHER_NETWORK } from '../shared/described-symptoms.ts';
import { nameList } from '../shared/logins.ts';
import { missedPorts, portsOfSslVpn, reachedElsewhere, silentClient } from '../shared/vpn-port.ts';
import { listAddresses, privateWan } from '../shared/wan-interfaces.ts';

export const rule = defineRule({
  id: 'vpn-port-unreachable',
  title: 'The client’s packets do not reach the FortiGate',
  severity: 'high',
  hop: 'connection',
  number: 101,
  forCustomer: 'the connection does not get as far as the firewall from where the user is',
  disturbs: 'nobody: elsewhere',
  afterChange: [[DEVICE_IN_FRONT, 'first look whether that device forwards and allows the port of the VPN.']],
  place: 'on the way to the FortiGate or in the address that the client has',
  answers: [
    // `do I have to change the port?`, `devo cambiare la porta?`
    [
      /\b(?:chang|move|cambi|ändern|verleg|mud|wijzig)\w{0,4}\b.{0,20}\b(?:port[aeo]?|puerto|poort)\b|\bPort\b.{0,20}\bändern\b/i,
      'The port can stay: the device in front of the FortiGate has to forward it.',
    ],
    [
      'who',
      'The cause stops clients in a network that blocks the port, or with another address in their profile; a second network shows which.',
    ],
    [
      'place',
      'The FortiGate is not at fault, as no packet reaches it: the router or provider in front is, or the address in the client.',
    ],
    [
      'which-port',
      'The port in the profile of the clients has to reach the FortiGate: TCP for SSL VPN, UDP 500 and 4500 for IPsec.',
    ],
    [
      'elsewhere',
      'Another network, address or port may pass where this one does not: a sniffer on the VPN port shows what arrives.',
    ],
    [
      'verify',
      'A sniffer on the VPN port shows it: the packets of the client have to arrive at the FortiGate.',
    ],
    ['where', 'The forward belongs on the device in front, the address in the profile of the client.'],
    ['own-change', 'A new router, line or provider in front needs the forward of the VPN port again.'],
    [
      'choice',
      'The forward in front or the address in the client has to be corrected; the FortiGate stays as it is.',
    ],
    ['prevent', 'A name in the profile of the clients, which follows the address, avoids one part of it.'],
  ],
  descriptions: [
    {
      all: ['noPacket', 'tenPercent|sslvpn|client|unanswered|foreignNet'],
      or: [
        ['noPacket', 'router|provider|wanAddress changed|new'],
        ['tenPercent', 'wanAddress|provider', 'profile old'],
        ['provider|router new|changed', 'tenPercent|unanswered|sslvpn', 'forward|router'],
        ['wanAddress / provider new|changed', 'profile old', 'tenPercent|sslvpn|unanswered|fails|waits'],
        ['mobileData works', 'foreignNet', 'tenPercent|sslvpn|unanswered'],
        ['mobileData works', 'tenPercent|unanswered'],
        ['forward missing|not|only', 'tenPercent|unanswered'],
      ],
      also: ['tenPercent', 'forward', 'mobileData works', 'router|provider new|changed', 'noPacket'],
      not: ['sslvpn works !not|fails', 'approval !not !saml', 'request phone', 'ipsec', 'listens'],
      title: 'The client’s packets do not reach the FortiGate: the way or the address before it is wrong',
      fix: 'Let the administrator watch with `diagnose sniffer packet any "tcp port 10443" 4` (with the port of your SSL VPN) while the client connects. If no packet arrives, compare the address and port in the client’s profile with those of the FortiGate, then look at the router or provider in front, which must forward the port. If it works over mobile data, the network of the user blocks the port; then ask its administrator to allow it.',
    },
  ],
  needs: ['callbackPackets'],
  wants: [
    'attempts',
    'sslVpn',
    'shownSettings',
    'flowEvents',
    'interfaces',
    'liveAddresses',
    'pushService',
    'userNotices',
    'described',
    'clientProfile',
  ],
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
    const own = new Set((valueIfKnown(facts.interfaces) ?? []).flatMap((each) => listAddresses(each)));
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
    if (silent.length === 0) {
      const forAll = noPacketAtAll(callbackPackets.value, facts);
      if (forAll) return forAll;
    }
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
    const isTried = statedQuote(OTHER_NETWORK, facts.described, 'works !not');
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
      fix: {
        todo: `First compare the address and port in the client’s profile with this FortiGate: SSL VPN listens on TCP ${first.port}, and FortiClient uses 443 if its profile names no other. ${isTried ? 'It fails from another network too, so the network of the user is not the cause. ' : 'If they are the same, let the user try from another network, a mobile phone for example: if that works, the first network blocks the port. '}${arrived[0] ? '' : 'If nobody gets in, look at the router or provider in front of the FortiGate, which must forward the port. '}`,
        forward: {
          to: 'the administrator of that network',
          text: `Please allow outgoing TCP ${first.port} to our VPN; nothing of ${clients} arrives here.`,
        },
      },
    });
  },
});

/** Nothing came to the port from any client, while a person says that the VPN is not reached. */
function noPacketAtAll(
  { captures, packets }: FactValues['callbackPackets'],
  facts: Pick<
    Facts,
    'sslVpn' | 'shownSettings' | 'userNotices' | 'pushService' | 'attempts' | 'liveAddresses'
  >,
): Judgement | undefined {
  const missed = missedPorts(
    facts,
    captures.flatMap(({ ports }) => (ports === 'all' ? [] : ports)),
  );
  const silent = captures.find(
    ({ ended, received, ports }) =>
      ended && received === 0 && ports !== 'all' && ports.some((port) => missed.has(port)),
  );
  const port = silent?.ports === 'all' ? undefined : silent?.ports.find((each) => missed.has(each));
  const isReached =
    packets.some(({ to }) => to.port === port) ||
    (valueIfKnown(facts.attempts) ?? []).some(({ trace }) => trace.vpn === 'sslvpn');
  const said = valueIfKnown(facts.userNotices)?.find(({ kind }) => kind === 'unreachable');
  if (!silent || port === undefined || isReached || !said) return undefined;
  const wan = privateWan(facts.liveAddresses);
  return broken(silent.interfaces.includes('any') ? 'likely' : 'possible', {
    title: `No packet for the VPN arrives on TCP ${port}`,
    summary: `The sniffer was limited to TCP ${port}, and counted no packet of any client. If one tried meanwhile, its packets end before this FortiGate.${wan ? ` ${wan.name} has the private address ${wan.value}, so a router in front of it translates, and must forward the port.` : ''}`,
    evidence: [...silent.quotes, ...(wan?.quotes ?? []), said.quote].slice(0, 5),
    fix: `Nothing has to change on the FortiGate. ${wan ? `Forward TCP ${port} on the router in front to ${wan.value}, or let it pass everything on (bridge mode).` : `Look at the router or provider in front of the FortiGate, which must forward TCP ${port}.`} Then compare its public address with the address and port in the clients’ profile. If only some fail, the network of those users may block the port.`,
  });
}
