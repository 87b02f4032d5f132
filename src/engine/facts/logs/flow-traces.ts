import type { Quote } from '../../evidence/types.ts';
import type { LocalDenial } from '../../fortios/debug/event-log.ts';
import type { FlowEvent } from '../../fortios/debug/flow-events.ts';
import type { FlowDrop } from '../attempt.ts';
import type { FlowTrace } from '../log-events.ts';
import { keepSome } from './keep-some.ts';

type Trace = { -readonly [K in keyof FlowTrace]: FlowTrace[K] };

/** Debug flow finishes a packet before many others follow. */
const MAX_OPEN = 256;

/** Follows each packet that debug flow traced; numbers restart with every `trace start`. */
export function createFlowFold() {
  const open = new Map<string, Trace>();
  const traces = keepSome<FlowTrace>();
  const drops = keepSome<FlowDrop>();

  function openTrace(event: FlowEvent): Trace {
    const known = event.kind === 'flow-packet' ? undefined : open.get(event.trace);
    if (known) return known;
    const trace: Trace = { trace: event.trace, quotes: [] };
    open.delete(event.trace);
    open.set(event.trace, trace);
    const [oldest] = open.keys();
    if (open.size > MAX_OPEN && oldest !== undefined) open.delete(oldest);
    const sort = event.kind === 'flow-packet' ? `${event.protocol} ${event.destination.port}` : event.kind;
    traces.add(trace, sort);
    return trace;
  }

  return {
    list: traces.list,
    /** Packets to the FortiGate itself that no local-in rule accepted, in the order of their last line. */
    drops: drops.list,
    /** A line of the local traffic log, which tells of a whole packet. */
    denied(
      { protocol, source, destination, policy, vdom, country, ...event }: LocalDenial,
      quote: Quote,
    ): void {
      const trace: FlowTrace = {
        trace: '',
        protocol,
        ...(source.port !== undefined && { from: { ...source, port: source.port } }),
        to: destination,
        ...(event.interface !== undefined && { interface: event.interface }),
        ...(vdom !== undefined && { vdom }),
        drop: { reason: 'local-in', policy },
        quotes: [quote],
      };
      traces.add(trace, `${protocol} ${destination.port}`);
      if (!mayBeOfLogin(trace)) return;
      const at = event.interface;
      const drop = {
        policy,
        source: source.address,
        destination,
        vdom,
        interface: at,
        country,
        quotes: [quote],
      };
      drops.add(drop, `${policy} ${destination.port}`);
    },
    add(event: FlowEvent, quote: Quote): void {
      const trace = openTrace(event);
      trace.quotes = [...trace.quotes, quote].slice(0, MAX_QUOTES);
      switch (event.kind) {
        case 'flow-packet':
          trace.protocol = event.protocol;
          if (event.source) trace.from = event.source;
          trace.to = event.destination;
          if (event.interface !== undefined) trace.interface = event.interface;
          if (event.vdom !== undefined) trace.vdom = event.vdom;
          return;
        case 'flow-route':
          trace.route = { gateway: event.gateway, interface: event.interface };
          return;
        case 'flow-dnat':
          trace.dnat = event.to;
          return;
        case 'flow-drop':
          trace.drop ??= { reason: 'local-in', policy: event.policy };
          if (event.policy !== undefined && mayBeOfLogin(trace))
            drops.add(findDrop(trace, event.policy, quote));
          return;
        case 'flow-refused':
          trace.drop ??= { reason: event.reason, policy: event.policy };
      }
    },
  };
}

const MAX_QUOTES = 8;
const TCP = 6;
const UDP = 17;

/** UDP is of a login on the ports of IKE. If the packet's own line is missing, nothing excludes TCP. */
function mayBeOfLogin({ protocol, to }: FlowTrace): boolean {
  return protocol === undefined || protocol === TCP || isIke(protocol, to?.port);
}

function isIke(protocol: number | undefined, port: number | undefined): boolean {
  return protocol === UDP && (port === 500 || port === 4_500);
}

function findDrop(
  { protocol, from, to, vdom, interface: name, quotes: [first] }: FlowTrace,
  policy: number,
  last: Quote,
): FlowDrop {
  const isKnown = protocol === TCP || isIke(protocol, to?.port);
  const destination = isKnown && to?.port !== undefined ? { address: to.address, port: to.port } : undefined;
  return {
    policy,
    ...(destination && from ? { source: from.address } : {}),
    destination,
    vdom,
    ...(name !== undefined && { interface: name }),
    quotes: destination && first && first !== last ? [last, first] : [last],
  };
}
