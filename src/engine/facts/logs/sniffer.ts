import type { Quote } from '../../evidence/types.ts';
import { portsOfFilter, type SnifferEvent } from '../../fortios/debug/sniffer-events.ts';
import type { CallbackPackets, SniffedPacket, SnifferCapture } from '../log-events.ts';
import { keepSome } from './keep-some.ts';

type Capture = { -readonly [K in keyof SnifferCapture]: SnifferCapture[K] };

const MAX_CAPTURES = 200;

/** Collects packets printed by sniffers, each with the capture it belongs to. */
export function createSnifferFold() {
  const captures: Capture[] = [];
  const packets = keepSome<SniffedPacket>();
  let current: number | undefined;

  function begin(quote: Quote): Capture | undefined {
    current = undefined;
    if (captures.length >= MAX_CAPTURES) return undefined;
    const capture: Capture = { interfaces: [], filter: '', ports: [], ended: false, quotes: [quote] };
    current = captures.push(capture) - 1;
    return capture;
  }

  return {
    value: (): CallbackPackets | undefined =>
      captures.length > 0 || packets.list.length > 0 ? { captures, packets: packets.list } : undefined,
    add(event: SnifferEvent, quote: Quote): void {
      const capture = current === undefined ? undefined : captures[current];
      switch (event.kind) {
        case 'sniffer-interfaces': {
          const begun = begin(quote);
          if (begun) begun.interfaces = event.interfaces;
          return;
        }
        case 'sniffer-filter': {
          const headed = capture && capture.quotes.length === 1 && !capture.ended ? capture : begin(quote);
          if (!headed) return;
          headed.filter = event.filter;
          headed.ports = portsOfFilter(event.filter);
          headed.quotes = [...headed.quotes.filter((each) => each !== quote), quote];
          return;
        }
        case 'sniffer-end':
          if (!capture) return;
          capture.ended = true;
          capture.received = event.received;
          capture.quotes = [quote, ...capture.quotes];
          current = undefined;
          return;
        case 'sniffed-packet': {
          const { kind: _, ...packet } = event;
          packets.add(
            { ...packet, capture: current, quotes: [quote] },
            `${current} ${event.to.port} ${event.flags.join()}`,
          );
        }
      }
    },
  };
}
