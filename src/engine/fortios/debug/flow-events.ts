export interface FlowEndpoint {
  readonly address: string;
  readonly port: number;
}

export type FlowEvent =
  | {
      readonly kind: 'flow-packet';
      readonly trace: string;
      readonly protocol: number;
      readonly source?: FlowEndpoint;
      readonly destination: FlowEndpoint;
      readonly interface?: string;
      readonly vdom?: string;
    }
  /** No local-in rule matched. Some releases name no policy. */
  | { readonly kind: 'flow-drop'; readonly trace: string; readonly policy?: number }
  | {
      readonly kind: 'flow-refused';
      readonly trace: string;
      readonly reason: 'reverse-path' | 'policy' | 'no-session';
      readonly policy?: number;
    }
  | {
      readonly kind: 'flow-route';
      readonly trace: string;
      readonly gateway: string;
      readonly interface: string;
    }
  | { readonly kind: 'flow-dnat'; readonly trace: string; readonly to: FlowEndpoint };

const TRACE = /\btrace_id=(\d{1,10})\b/;
const ADDRESS = '(\\[?[0-9A-Fa-f.:]{2,45}\\]?|<[^<>\\s]{1,40}>)';
const PACKET = new RegExp(
  `(?:\\bvd-([^\\s:]{1,31}):\\d{1,5} )?received a packet\\(proto=(\\d{1,3}), ${ADDRESS}:(\\d{1,5})->${ADDRESS}:(\\d{1,5})\\)(?:.{0,80}? from ([^\\s"]{1,35}?)(?:\\.?["\\s]|\\.?$))?`,
);
const DROP = /iprope_in_check\(\) check failed(?: on policy (\d{1,10}))?, drop/;
const ROUTE = /find a route: .{0,80}?\bgw-(\S{1,45}) via ([^\s"]{1,35})/;
const DNAT = new RegExp(`\\bDNAT ${ADDRESS}:\\d{1,5}->${ADDRESS}:(\\d{1,5})`);
const DENIED = /Denied by forward policy check \(policy (\d{1,10})\)/;

/** Debug flow of one packet: its arrival, its route, and what dropped it (KB399772, KB366248, KB216798). */
export function readFlowEvent(text: string): FlowEvent | undefined {
  const trace = TRACE.exec(text)?.[1];
  if (trace === undefined) return undefined;
  const drop = DROP.exec(text);
  if (drop) return { kind: 'flow-drop', trace, policy: parsePolicy(drop[1]) };
  const packet = PACKET.exec(text);
  if (packet) return toPacketEvent(trace, packet);
  const dnat = DNAT.exec(text);
  if (dnat) return { kind: 'flow-dnat', trace, to: { address: dnat[2] ?? '', port: Number(dnat[3]) } };
  const route = ROUTE.exec(text);
  if (route) return { kind: 'flow-route', trace, gateway: route[1] ?? '', interface: route[2] ?? '' };
  return toRefusalEvent(trace, text);
}

function toPacketEvent(trace: string, match: RegExpExecArray): FlowEvent {
  const [, vdom, protocol, address = '', port, toAddress = '', toPort, name] = match;
  return {
    kind: 'flow-packet',
    trace,
    protocol: Number(protocol),
    source: { address, port: Number(port) },
    destination: { address: toAddress, port: Number(toPort) },
    interface: name,
    vdom,
  };
}

function toRefusalEvent(trace: string, text: string): FlowEvent | undefined {
  if (/reverse path check fail,? ?drop/.test(text)) {
    return { kind: 'flow-refused', trace, reason: 'reverse-path' };
  }
  const denied = DENIED.exec(text);
  if (denied) return { kind: 'flow-refused', trace, reason: 'policy', policy: parsePolicy(denied[1]) };
  return /no session matched/.test(text) ? { kind: 'flow-refused', trace, reason: 'no-session' } : undefined;
}

function parsePolicy(digits: string | undefined): number | undefined {
  return digits === undefined ? undefined : Number(digits);
}
