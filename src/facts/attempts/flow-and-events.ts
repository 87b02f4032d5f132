import type { Quote } from '../../evidence/types.ts';
import { readDebugEvent } from '../../fortios/debug/debug-event.ts';
import type { DebugRecord } from '../../fortios/debug/record.ts';
import type { FlowDrop, PushEvent } from '../attempt.ts';
import { sightingOf } from './sighting.ts';

export interface FlowAndEvents {
  add(record: DebugRecord, source: string): void;
  readonly flowDrops: readonly FlowDrop[];
  readonly pushEvents: readonly PushEvent[];
  /** A line of debug flow was seen. */
  readonly flowHeard: () => boolean;
}

interface Packet {
  readonly destination: { readonly address: string; readonly port: number };
  readonly quote: Quote;
}

const TCP = 6;
/** Packets whose fate is not known yet; debug flow finishes one before it is many further. */
const MOST_OPEN = 256;
const MOST_KEPT = 2_000;

/** What debug flow and the event log say; neither belongs to a login. */
export function createFlowAndEvents(): FlowAndEvents {
  const packets = new Map<string, Packet>();
  const flowDrops: FlowDrop[] = [];
  const pushEvents: PushEvent[] = [];
  let heard = false;

  return {
    flowDrops,
    pushEvents,
    flowHeard: () => heard,
    add(record, source) {
      if (record.daemon !== 'flow' && record.daemon !== 'event') return;
      heard ||= record.daemon === 'flow';
      const event = readDebugEvent(record);
      if (!event) return;
      const { quote } = sightingOf(record, source, 0);
      if (event.kind === 'flow-packet') {
        if (event.protocol !== TCP) packets.delete(event.trace);
        else packets.set(event.trace, { destination: event.destination, quote });
        const [oldest] = packets.keys();
        if (packets.size > MOST_OPEN && oldest !== undefined) packets.delete(oldest);
      } else if (event.kind === 'flow-drop' && flowDrops.length < MOST_KEPT) {
        const packet = packets.get(event.trace);
        packets.delete(event.trace);
        flowDrops.push({
          policy: event.policy,
          ...(packet ? { destination: packet.destination } : {}),
          quotes: packet ? [packet.quote, quote] : [quote],
        });
      } else if (event.kind === 'push-logged' && pushEvents.length < MOST_KEPT) {
        const { sent, at, vdom } = event;
        pushEvents.push({
          sent,
          ...(at === undefined ? {} : { at }),
          ...(vdom === undefined ? {} : { vdom }),
          quotes: [quote],
        });
      }
    },
  };
}
