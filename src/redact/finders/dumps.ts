import type { Span } from '../spans.ts';
import { DUMPED_PACKET, lineEnd } from '../values.ts';

/**
 * A packet in a sniffer's dump holds what was sent: names and passwords of LDAP, SNMP and HTTP stand in the clear, in
 * the bytes and beside them. Its first 32 bytes are its headers, which stay. The rest is hidden whatever it is, and counts
 * as no secret: most packets hold none, and hundreds of them would be counted.
 */
const HEADERS = 32;
const HIDDEN = '<packet data>';

export function findDumps(line: string): readonly Span[] {
  const dumped = DUMPED_PACKET.exec(line);
  if (!dumped) return [];
  const offset = Number.parseInt(dumped[1] as string, 16);
  const isDump = offset >= HEADERS && offset % 16 === 0;
  return isDump ? [{ start: dumped[0].length, end: lineEnd(line), kind: 'secret', token: HIDDEN }] : [];
}
