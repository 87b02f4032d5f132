import { hintOfForm } from '../hint.ts';
import type { Span } from '../spans.ts';
import { DUMPED_PACKET, lineEnd } from '../values.ts';

/**
 * A packet in a sniffer dump contains the sent data: names and passwords of LDAP, SNMP and HTTP in clear text, as
 * bytes and as characters. The first 32 bytes are headers and stay. The rest is always hidden, but not counted as
 * secrets: most packets contain none, and hundreds would be counted.
 */
const HEADER_BYTES = 32;
const HIDDEN = '<packet data>';

export const DUMP_HINT = hintOfForm(DUMPED_PACKET);

export function findDumps(line: string): readonly Span[] {
  const dumped = DUMPED_PACKET.exec(line);
  if (!dumped) return [];
  const offset = Number.parseInt(dumped[1] as string, 16);
  const isDump = offset >= HEADER_BYTES && offset % 16 === 0;
  return isDump ? [{ start: dumped[0].length, end: lineEnd(line), kind: 'secret', token: HIDDEN }] : [];
}
