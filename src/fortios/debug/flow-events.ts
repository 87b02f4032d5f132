export type FlowEvent =
  | {
      readonly kind: 'flow-packet';
      readonly trace: string;
      readonly protocol: number;
      readonly destination: { readonly address: string; readonly port: number };
    }
  | { readonly kind: 'flow-drop'; readonly trace: string; readonly policy: number };

const TRACE = /\btrace_id=(\d{1,10})\b/;
const PACKET =
  /received a packet\(proto=(\d{1,3}), [^\s>]{1,64}->(\[?[0-9A-Fa-f.:]{2,45}\]?|<[^<>\s]{1,40}>):(\d{1,5})\)/;
const DROP = /iprope_in_check\(\) check failed on policy (\d{1,10}), drop/;

/** Debug flow of a packet to the FortiGate itself: what came, and that no local-in rule took it. */
export function readFlowEvent(text: string): FlowEvent | undefined {
  const trace = TRACE.exec(text)?.[1];
  if (trace === undefined) return undefined;
  const drop = DROP.exec(text);
  if (drop) return { kind: 'flow-drop', trace, policy: Number(drop[1]) };
  const packet = PACKET.exec(text);
  if (!packet) return undefined;
  return {
    kind: 'flow-packet',
    trace,
    protocol: Number(packet[1]),
    destination: { address: packet[2] ?? '', port: Number(packet[3]) },
  };
}
