import type { Quote } from '../../evidence/types.ts';
import type { Attempt, FlowDrop } from '../../facts/attempt.ts';
import { type Fact, valueIfKnown } from '../../facts/fact.ts';
import type { CallbackPackets, FlowTrace, SniffedPacket } from '../../facts/log-events.ts';
import type { PushService } from '../../facts/values.ts';
import type { Fix, RuleContext } from '../rule.ts';
import { type CallbackFacts, callbackTest, calledVdom } from './callback-destination.ts';
import { vdomFix } from './fix.ts';

/** FortiOS's default port for the callback. */
export const DEFAULT_PORT = 4433;
/** Seconds. Earlier time stamps count from the start of a capture, not since the Unix epoch. */
const EPOCH_STAMPS = 1_000_000_000;

/** Packets between one client port and the push port. */
export interface Conversation {
  readonly source: string;
  readonly syns: readonly SniffedPacket[];
  /** SYN-ACKs. */
  readonly answers: readonly SniffedPacket[];
  /** Resets: no service listens on the port. */
  readonly refusals: readonly SniffedPacket[];
  /** Later packets of the client: it received the SYN-ACK. */
  readonly confirmed: boolean;
}

/** The port that the phone calls, FortiOS's default if the setting is not known. */
export function callbackPort(service: Fact<PushService>): number {
  return valueIfKnown(service)?.serverPort.value ?? DEFAULT_PORT;
}

/** Connections to this TCP port of the FortiGate whose start the sniffer saw, in the order of their first packet. */
export function conversationsTo(
  packets: Fact<CallbackPackets>,
  port: number,
  facts: CallbackFacts,
): readonly Conversation[] {
  const all = valueIfKnown(packets)?.packets ?? [];
  const passing = new Set(
    all
      .filter(({ to, flags, direction }) => to.port === port && direction === 'out' && flags.includes('syn'))
      .map(({ to }) => to.address),
  );
  // The host behind answers a client whose packets go on, under the address of the FortiGate.
  const passedClients = new Set(
    all.flatMap(({ from, flags, direction }) =>
      direction === 'out' && flags.includes('syn') && !flags.includes('ack')
        ? [`${from.address}:${from.port ?? ''}`]
        : [],
    ),
  );
  const isCallback = callbackTest(facts, port);
  const sources = new Map<string, SniffedPacket[]>();
  for (const packet of all) {
    const client = findClient(packet, port);
    const own = packet.to.port === port ? packet.to : packet.from;
    if (
      client === undefined ||
      passing.has(own.address) ||
      !isCallback({ to: own, ...hasArrived(packet, port) })
    )
      continue;
    const list = sources.get(client);
    if (list) list.push(packet);
    else sources.set(client, [packet]);
  }
  return [...sources]
    .map(([source, list]) => {
      const conversation = toConversation(source, list, port);
      return passedClients.has(source) ? { ...conversation, refusals: [] } : conversation;
    })
    .filter((each) => each.syns.length > 0);
}

/** A connection to this port that came in and left again towards another address. */
export function passedOn(
  packets: Fact<CallbackPackets>,
  port: number,
  facts: CallbackFacts,
): { readonly to: SniffedPacket['to']; readonly quotes: readonly Quote[] } | undefined {
  const all = valueIfKnown(packets)?.packets ?? [];
  const opening = all.filter(({ flags }) => flags.includes('syn') && !flags.includes('ack'));
  const isCallback = callbackTest(facts, port);
  const arrived = new Map(
    opening
      .filter((each) => each.direction === 'in' && isCallback({ to: each.to, ...hasArrived(each, port) }))
      .map((each) => [`${each.from.address} ${each.from.port}`, each]),
  );
  for (const left of opening) {
    const came = arrived.get(`${left.from.address} ${left.from.port}`);
    if (left.direction === 'out' && came && came.to.address !== left.to.address) {
      return { to: left.to, quotes: [...came.quotes, ...left.quotes] };
    }
  }
  return undefined;
}

/** Packets to this port of the FortiGate in a debug flow. */
export function flowsTo(
  flows: Fact<readonly FlowTrace[]>,
  port: number,
  facts: CallbackFacts,
): readonly FlowTrace[] {
  const isCallback = callbackTest(facts, port);
  return (valueIfKnown(flows) ?? []).filter(({ to, ...more }) => to && isCallback({ to, ...more }));
}

/**
 * The drop of a packet to this port of the FortiGate. A drop without its packet in the evidence counts only if no
 * other drop shows what was traced.
 */
export function dropTo(
  drops: Fact<readonly FlowDrop[]>,
  port: number,
  facts: CallbackFacts,
  byPolicy: (policy: number) => boolean,
): FlowDrop | undefined {
  const all = valueIfKnown(drops) ?? [];
  const isCallback = callbackTest(facts, port);
  const exact = all.find(
    ({ policy, destination: to, vdom }) => byPolicy(policy) && to && isCallback({ to, vdom }),
  );
  if (exact || all.some((each) => each.destination)) return exact;
  const arrivesIn = calledVdom(facts);
  return all.find(
    ({ policy, vdom }) => byPolicy(policy) && (vdom === undefined || (arrivesIn ?? vdom) === vdom),
  );
}

function hasArrived({ to, direction, interface: name }: SniffedPacket, port: number) {
  return name !== undefined && direction === 'in' && to.port === port ? { interface: name } : {};
}

function findClient({ from, to, flags }: SniffedPacket, port: number): string | undefined {
  if (flags.length === 0) return undefined;
  if (to.port === port) return `${from.address}:${from.port ?? ''}`;
  return from.port === port ? `${to.address}:${to.port ?? ''}` : undefined;
}

function toConversation(source: string, list: readonly SniffedPacket[], port: number): Conversation {
  const inbound = list.filter(({ to, direction }) => to.port === port && direction !== 'out');
  const has = ({ flags }: SniffedPacket, flag: string) => flags.includes(flag);
  return {
    source: source.split(':').slice(0, -1).join(':'),
    syns: inbound.filter((each) => has(each, 'syn') && !has(each, 'ack')),
    answers: list.filter(
      ({ from, flags }) => from.port === port && flags.includes('syn') && flags.includes('ack'),
    ),
    refusals: list.filter((each) => each.from.port === port && each.direction !== 'in' && has(each, 'rst')),
    confirmed: inbound.some((each) => has(each, 'ack') && !has(each, 'syn') && !has(each, 'rst')),
  };
}

/** A SYN at a known time in this interval; `false` is conclusive only if every SYN has a time. */
export function beginsBetween(conversations: readonly Conversation[], from: number, to: number): boolean {
  return conversations.some(({ syns }) => syns.some(({ at }) => at !== undefined && at >= from && at <= to));
}

/** Whether the time stamps can be compared with those of a debug log. */
export function haveDates(conversations: readonly Conversation[]): boolean {
  return conversations.every(({ syns }) => syns.every(({ at }) => at !== undefined && at > EPOCH_STAMPS));
}

/** Some sniffer run captured everything on this port. */
export function watchesPort(packets: Fact<CallbackPackets>, port: number): boolean {
  return (valueIfKnown(packets)?.captures ?? []).some(({ ports }) => ports === 'all' || ports.includes(port));
}

/** The line of a login that shows a phone's TLS handshake with the push service. */
export function phoneArrived(attempts: Fact<readonly Attempt[]>): Quote | undefined {
  const marks = valueIfKnown(attempts)?.find(
    ({ milestones: each }) => each.clientHello ?? each.callbackCompleted,
  )?.milestones;
  return (marks?.clientHello ?? marks?.callbackCompleted)?.quote;
}

/** The sniffer command that shows TCP packets of these ports. */
export function snifferOn(...ports: readonly number[]): string {
  const filter = [...new Set(ports)].map((port) => `tcp port ${port}`).join(' or ');
  return `diagnose sniffer packet any '${filter}' 4 20 l`;
}

/** Debug flow of one callback, from the first line to the one that ends it. */
export function flowOn(port: number): string {
  return [
    `diagnose debug flow filter port ${port}`,
    'diagnose debug flow trace start 20',
    'diagnose debug enable',
    'diagnose debug flow trace stop',
    'diagnose debug flow filter clear',
    'diagnose debug disable',
    'diagnose debug reset',
  ]
    .map((line) => `\`${line}\``)
    .join(', ');
}

/** Nothing to change on this FortiGate; a capture shows whether the change elsewhere helped. */
export function watchFix(context: RuleContext, vdom: string | undefined, port: number, note: string): Fix {
  return vdomFix(
    context,
    vdom,
    { apply: [], undo: [], verify: [snifferOn(port)], note, running: CAPTURE_ENDS },
    'the callback interface',
  );
}

/** Input typed while a capture runs may be lost. */
export const CAPTURE_ENDS =
  'The capture ends after 20 packets or with Ctrl-C. Paste further lines only after that.';
