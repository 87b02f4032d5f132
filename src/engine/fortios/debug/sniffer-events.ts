export type SnifferEvent =
  | { readonly kind: 'sniffer-interfaces'; readonly interfaces: readonly string[] }
  | { readonly kind: 'sniffer-filter'; readonly filter: string }
  | ({ readonly kind: 'sniffed-packet' } & SniffedLine)
  /** `N packets received by filter`: the sniffer was stopped, or reached its packet limit. */
  | { readonly kind: 'sniffer-end'; readonly received: number };

interface SniffedLine {
  readonly interface?: string;
  /** Absent for `--`, which a sniffer on one named interface prints for both directions. */
  readonly direction?: 'in' | 'out';
  readonly from: SnifferEndpoint;
  readonly to: SnifferEndpoint;
  /** TCP flags as words; empty for other protocols. */
  readonly flags: readonly string[];
  /** Bytes of a UDP packet without its headers. */
  readonly size?: number;
  /** Seconds: since the epoch (read as UTC) for absolute stamps, since the start for relative ones. */
  readonly at?: number;
}

interface SnifferEndpoint {
  readonly address: string;
  readonly port?: number;
}

const INTERFACES = /^interfaces=\[([^\]]{0,200})\]/;
const FILTER = /^filters=\[(.{0,500})\]\s*$/;
const RECEIVED = /^(\d{1,10}) packets received by filter/;
/**
 * Verbosity 1 to 3 prints no interface; `a` prints a date, `l` the local date, and without either the time is in
 * seconds since the start. People cut the time off: `wan1 in 203.0.113.9.50213 -> 198.51.100.7.4433: syn 2213441`.
 */
const PACKET =
  /^(?:(?:(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):)?(\d{1,10}\.\d{6}) |(?=[^\s:]{1,35} (?:in|out|--) ))(?:([^\s:]{1,35}) (in|out|--) )?([0-9A-Fa-f.:]{3,60}) -> ([0-9A-Fa-f.:]{3,60}): (.{0,120})/;
const IPV4 = /^(\d{1,3}(?:\.\d{1,3}){3})(?:\.(\d{1,5}))?$/;
const IPV6 = /^([0-9A-Fa-f:]{2,45})(?:\.(\d{1,5}))?$/;
const FLAG = /\b(syn|ack|fin|rst|psh|urg)\b/g;

/** `diagnose sniffer packet`, verbosity 1 to 6; the packet bytes of 2, 3, 5 and 6 are ignored. */
export function readSnifferEvent(text: string): SnifferEvent | undefined {
  const interfaces = INTERFACES.exec(text)?.[1];
  if (interfaces !== undefined) {
    return {
      kind: 'sniffer-interfaces',
      interfaces: interfaces.split(/[\s,]+/).filter((name) => name !== ''),
    };
  }
  const filter = FILTER.exec(text)?.[1];
  if (filter !== undefined) return { kind: 'sniffer-filter', filter: filter.trim() };
  const received = RECEIVED.exec(text)?.[1];
  if (received !== undefined) return { kind: 'sniffer-end', received: Number(received) };
  return text.includes(' -> ') ? readPacket(text) : undefined;
}

function readPacket(text: string): SnifferEvent | undefined {
  const match = PACKET.exec(text);
  const from = parseEndpoint(match?.[9]);
  const to = parseEndpoint(match?.[10]);
  if (!match || !from || !to) return undefined;
  const [, year, month, day, hour, minute, seconds, name, direction, , , rest = ''] = match;
  const dayStart =
    year === undefined
      ? 0
      : Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute)) / 1000;
  return {
    kind: 'sniffed-packet',
    from,
    to,
    at: seconds === undefined ? undefined : dayStart + Math.floor(Number(seconds)),
    flags: /^(?:syn|ack|fin|rst|psh|urg)\b/.test(rest)
      ? [...rest.matchAll(FLAG)].map((flag) => flag[1] ?? '')
      : [],
    size: parseSize(rest),
    interface: name,
    direction: direction === 'in' || direction === 'out' ? direction : undefined,
  };
}

/** `udp 465` */
function parseSize(rest: string): number | undefined {
  const size = /^udp (\d{1,5})\s*$/.exec(rest)?.[1];
  return size === undefined ? undefined : Number(size);
}

function parseEndpoint(text = ''): SnifferEndpoint | undefined {
  const match = IPV4.exec(text) ?? IPV6.exec(text);
  if (!match) return undefined;
  const [, address = '', port] = match;
  return { address, port: port === undefined ? undefined : Number(port) };
}

const ONE_PORT = /^(?:tcp (?:and )?)?port (\d{1,5})$/;

/**
 * Ports for which a filter lets every TCP packet through: `tcp port 4433`, `port 4433 or port 443`. `all` without a
 * filter or for `tcp`; empty if it also requires a host, a direction or another protocol.
 */
export function portsOfFilter(filter: string): readonly number[] | 'all' {
  const plain = filter
    .toLowerCase()
    .replaceAll(/[()'"]/g, ' ')
    .trim()
    .replaceAll(/\s+/g, ' ');
  if (plain === '' || plain === 'none' || plain === 'tcp') return 'all';
  const ports = plain.split(' or ').map((part) => ONE_PORT.exec(part)?.[1]);
  return ports.every((port) => port !== undefined) ? ports.map(Number) : [];
}
