import type { Quote } from '../../evidence/types.ts';
import type { Attempt } from '../../facts/attempt.ts';
import { valueIfKnown } from '../../facts/fact.ts';
import type { Facts } from '../../facts/facts.ts';
import { hopIndex } from '../../facts/hop.ts';
import type { FlowTrace, SniffedPacket, SnifferCapture } from '../../facts/log-events.ts';
import { healthy, notApplicable } from '../define-rule.ts';
import type { Judgement } from '../rule.ts';
import { listAddresses } from './wan-interfaces.ts';

/** `2210:root:1a` of sslvpn. */
const SSL_SESSION = /^\d{1,10}:[^:]{1,40}:[0-9a-f]{1,8}$/;

const TCP = 6;

/** A client that reached SSL VPN, or users who log in elsewhere: why a rule about its port has nothing to say. */
export function reachedElsewhere({ attempts }: Pick<Facts, 'attempts'>): Judgement | undefined {
  const logins: readonly Attempt[] = valueIfKnown(attempts) ?? [];
  const reached = logins.find(
    ({ trace, session = '' }) => trace.vpn === 'sslvpn' || SSL_SESSION.test(session),
  );
  const evidence = reached?.hops[hopIndex('connection')]?.evidence ?? [];
  if (reached && evidence.length > 0) {
    return healthy('a client reached SSL VPN', evidence, ['attempts']);
  }
  return logins.length > 0
    ? notApplicable('the logins of the evidence show where the clients got to', ['attempts'])
    : undefined;
}

/** Whether a packet to this address is for the FortiGate itself, as far as the addresses of its interfaces are known. */
export function ownAddressTest({
  interfaces,
  liveAddresses,
}: Pick<Facts, 'interfaces' | 'liveAddresses'>): (address: string) => boolean {
  const live = valueIfKnown(liveAddresses);
  const all = valueIfKnown(interfaces) ?? [];
  const own = new Set(all.flatMap((each) => listAddresses(each, live)));
  const hasUnknown = all.some((each) => each.mode !== 'static' && listAddresses(each, live).length === 0);
  return (address) => own.size === 0 || hasUnknown || own.has(address);
}

/** Ports of SSL VPN, also where only the line of the port was shown. */
export function portsOfSslVpn({
  sslVpn,
  shownSettings,
}: Pick<Facts, 'sslVpn' | 'shownSettings'>): ReadonlySet<number> {
  const shown = valueIfKnown(shownSettings)?.get('vpn ssl settings port');
  return new Set([
    ...(valueIfKnown(sslVpn) ?? []).map(({ port }) => port.value),
    ...(shown ? [Number(shown.value)] : []),
  ]);
}

/** The one host of the filter, where the sniffer ended without a packet: `host 203.0.113.77 and tcp port 10443`. */
export function silentClient(
  { filter, ended, received }: SnifferCapture,
  protocol: 'tcp' | 'udp',
): string | undefined {
  const [host, another] = [...filter.matchAll(/(?<!\bdst )\bhost ([0-9a-f.:]{3,45})/gi)].map(
    ([, address]) => address,
  );
  const other = protocol === 'tcp' ? 'udp' : 'tcp';
  const isOther = new RegExp(`\\bnot\\b|!|\\bor host\\b|\\b(?:icmp|${other}|arp|esp|proto)\\b`, 'i').test(
    filter,
  );
  return ended && received === 0 && another === undefined && !isOther ? host : undefined;
}

/** UDP 500, and 4500 behind NAT. */
export function isIke(port: number | undefined): boolean {
  return port === 500 || port === 4_500;
}

/** The port of RADIUS today, and the old one. */
export function isRadius(port: number | undefined): boolean {
  return port === 1_812 || port === 1_645;
}

/** A client’s first packet to a port of the FortiGate, as a sniffer or debug flow shows it. */
export type FirstPacket = Pick<SniffedPacket, 'from' | 'to' | 'interface' | 'quotes'>;

/** First packets of clients to this port that nothing answered, with the interface they came in on where it is shown. */
export function unansweredSyns(
  { callbackPackets, flowEvents }: Pick<Facts, 'callbackPackets' | 'flowEvents'>,
  port: number,
): readonly FirstPacket[] {
  const all = valueIfKnown(callbackPackets)?.packets ?? [];
  const answered = new Set(
    all
      .filter(({ from, flags }) => from.port === port && flags.includes('syn'))
      .map(({ to }) => `${to.address} ${to.port}`),
  );
  const sniffed = all.filter(
    ({ from, to, flags, direction }) =>
      to.port === port &&
      direction !== 'out' &&
      flags.includes('syn') &&
      !flags.includes('ack') &&
      !answered.has(`${from.address} ${from.port}`),
  );
  return [...sniffed, ...packetsWithoutListener(valueIfKnown(flowEvents) ?? [], port)];
}

/** SSH, Telnet, HTTP, BGP, the FortiManager’s and the default of push: a client that misses the VPN does not mean them. */
const OTHER_PORTS: ReadonlySet<number> = new Set([22, 23, 80, 179, 541, 4433]);

/**
 * Clients whose packets arrive and are not answered. Where the port of SSL VPN is not shown, a person who misses the VPN
 * tells that the capture is about it.
 */
export function unansweredClients(
  facts: Pick<
    Facts,
    'callbackPackets' | 'flowEvents' | 'sslVpn' | 'shownSettings' | 'userNotices' | 'pushService'
  >,
): readonly FirstPacket[] {
  const sniffed = (valueIfKnown(facts.callbackPackets)?.packets ?? []).flatMap(({ to }) => to.port ?? []);
  return [...missedPorts(facts, sniffed)].flatMap((port) => unansweredSyns(facts, port));
}

/** Ports of SSL VPN; where none is shown, those of the sniffer that a person who misses the VPN can mean. */
export function missedPorts(
  facts: Pick<Facts, 'sslVpn' | 'shownSettings' | 'userNotices' | 'pushService'>,
  sniffed: readonly number[],
): ReadonlySet<number> {
  const shown = portsOfSslVpn(facts);
  const isMissed = valueIfKnown(facts.userNotices)?.some(({ kind }) => kind === 'unreachable') ?? false;
  const guessed = isMissed ? sniffed.filter((port) => !OTHER_PORTS.has(port)) : [];
  // On the port of push the packets may be those of a phone.
  const push = valueIfKnown(facts.pushService)?.serverPort.value;
  return new Set([...(shown.size > 0 ? shown : guessed)].filter((port) => port !== push));
}

/** `iprope_in_check() check failed on policy 0, drop`: no local-in rule of a service is for this address, port and interface. */
function packetsWithoutListener(traces: readonly FlowTrace[], port: number): readonly FirstPacket[] {
  return traces.flatMap(({ from, to, protocol, drop, interface: name, quotes }) => {
    const isLocal = drop?.reason === 'local-in' && (drop.policy ?? 0) === 0;
    if (!isLocal || !from || to?.port !== port || protocol !== TCP) return [];
    return [
      {
        from,
        to,
        quotes: quotes.filter((_, at) => at === 0 || at === quotes.length - 1),
        ...(name !== undefined && { interface: name }),
      },
    ];
  });
}

/** Lines of the first few. */
export function quotesOfPackets(packets: readonly FirstPacket[], limit = 2): readonly Quote[] {
  return packets.slice(0, limit).flatMap(({ quotes }) => quotes);
}
