import type { Quote } from '../../evidence/types.ts';
import type { Attempt } from '../../facts/attempt.ts';
import { type Fact, valueIfKnown } from '../../facts/fact.ts';
import type { Facts } from '../../facts/facts.ts';
import { hopIndex } from '../../facts/hop.ts';
import type { CallbackPackets, SniffedPacket } from '../../facts/log-events.ts';
import { healthy } from '../define-rule.ts';
import type { Judgement } from '../rule.ts';
import { addressesOf } from './wan-interfaces.ts';

/** `2210:root:1a` of sslvpn. */
const SSL_SESSION = /^\d{1,10}:[^:]{1,40}:[0-9a-f]{1,8}$/;

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
    ? {
        verdict: 'not-applicable',
        reason: 'the logins of the evidence show where the clients got to',
        decidedBy: ['attempts'],
      }
    : undefined;
}

/** Whether a packet to this address is for the FortiGate itself, as far as the addresses of its interfaces are known. */
export function ownAddressTest({
  interfaces,
  liveAddresses,
}: Pick<Facts, 'interfaces' | 'liveAddresses'>): (address: string) => boolean {
  const live = valueIfKnown(liveAddresses);
  const all = valueIfKnown(interfaces) ?? [];
  const own = new Set(all.flatMap((each) => addressesOf(each, live)));
  const hasUnknown = all.some((each) => each.mode !== 'static' && addressesOf(each, live).length === 0);
  return (address) => own.size === 0 || hasUnknown || own.has(address);
}

/** First packets of clients to this port that nothing answered, with the interface they came in on where it is shown. */
export function unansweredSyns(packets: Fact<CallbackPackets>, port: number): readonly SniffedPacket[] {
  const all = valueIfKnown(packets)?.packets ?? [];
  const answered = new Set(
    all
      .filter(({ from, flags }) => from.port === port && flags.includes('syn'))
      .map(({ to }) => `${to.address} ${to.port}`),
  );
  return all.filter(
    ({ from, to, flags, direction }) =>
      to.port === port &&
      direction !== 'out' &&
      flags.includes('syn') &&
      !flags.includes('ack') &&
      !answered.has(`${from.address} ${from.port}`),
  );
}

/** Lines of the first few. */
export function quotesOfPackets(packets: readonly SniffedPacket[], limit = 2): readonly Quote[] {
  return packets.slice(0, limit).flatMap(({ quotes }) => quotes);
}
