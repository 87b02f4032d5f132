import type { Quote } from '../../evidence/types.ts';
import type { Fact } from '../fact.ts';
import type { DaemonFailure, RadiusPacket } from '../values.ts';
import { keepFirst } from './person-lines.ts';
import type { NoticeLines } from './user-notices.ts';

/** `IP 192.0.2.9.40312 > 192.0.2.20.1812: RADIUS, Access-Request (1), id: 0x5c length: 80`, as tcpdump prints it. */
const RADIUS =
  /\bIP6? ([0-9a-f.:]{2,45})\.\d{1,5} > ([0-9a-f.:]{2,45})\.\d{1,5}: RADIUS, Access-(Request|Challenge|Accept|Reject) \(\d{1,2}\)/i;
/** Named port in output without `-n`. */
const NAMED_PORT =
  /\bIP6? ([^\s>]{1,120})\.(?:radius|\d{1,5}) > ([^\s>]{1,120})\.(?:radius|\d{1,5}): RADIUS, Access-(Request|Challenge|Accept|Reject) \(\d{1,2}\)/i;
const CRASH = /<\d{1,6}> application fnbamd\b/;
/** `SSLVPN state:              conserve` of `diagnose vpn ssl statistics` */
const CONSERVE = /^SSL-?VPN state: {1,40}conserve\b/;

/** `2: 2026-03-02 09:02:02 <00391> application fnbamd` of `diagnose debug crashlog read`: the daemon that checks passwords. */
export function readDaemonFailures({ lines }: NoticeLines): Fact<readonly DaemonFailure[]> {
  const failures = lines.flatMap((quote): DaemonFailure[] => {
    if (CRASH.test(quote.text)) return [{ kind: 'crash', quote }];
    return CONSERVE.test(quote.text) ? [{ kind: 'conserve', quote }] : [];
  });
  return keepFirst(
    failures,
    'the evidence contains no crash log that names fnbamd, and no SSL VPN that is short of memory',
  );
}

export function readRadiusPackets({ lines }: NoticeLines): Fact<readonly RadiusPacket[]> {
  const packets = lines.flatMap((quote) => parsePacket(quote) ?? []);
  return keepFirst(packets, 'the evidence contains no capture of RADIUS packets');
}

function parsePacket(quote: Quote): RadiusPacket | undefined {
  if (!quote.text.includes('RADIUS, Access-')) return undefined;
  const match = RADIUS.exec(quote.text) ?? NAMED_PORT.exec(quote.text);
  if (!match) return undefined;
  const [, from = '', to = '', word = ''] = match;
  const kind = word.toLowerCase();
  if (kind === 'request') return { kind, client: from, server: to, quote };
  if (kind === 'challenge' || kind === 'accept' || kind === 'reject') {
    return { kind, client: to, server: from, quote };
  }
  return undefined;
}
