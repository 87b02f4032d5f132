import type { SnifferStream } from './behaviour.ts';
import { type CliReply, incomplete, parseErrorBefore } from './reply.ts';

/**
 * `diagnose sniffer packet <interface> '<filter>' <verbosity> <count> <a|l>`: a header, the packets of the first
 * stream whose words are in the filter, and two totals. Without a count it continues until Ctrl-C.
 */
export function sniff(words: readonly string[], streams: readonly SnifferStream[]): CliReply {
  const [packet, on = 'any', filter = 'none', verbosity = '1', count = '0'] = words;
  if (packet === undefined) return incomplete();
  if (packet !== 'packet') return parseErrorBefore(packet);
  if (!/^[1-6]$/.test(verbosity)) return parseErrorBefore(verbosity);
  if (!/^\d{1,7}$/.test(count)) return parseErrorBefore(count);
  const stream = streams.find((each) => filter.includes(each.filter));
  const limit = Number(count) || Number.POSITIVE_INFINITY;
  return {
    lines: [`interfaces=[${on}]`, `filters=[${filter}]`],
    stream: {
      lines: (stream?.packets ?? []).slice(0, limit),
      endless: (stream?.packets.length ?? 0) < limit,
      footer: (printed) => ['', `${printed} packets received by filter`, '0 packets dropped by kernel'],
    },
  };
}
