import { hint } from '../hint.ts';
import { patternFor } from '../pattern-for.ts';
import type { Span } from '../spans.ts';
import { findMatches } from '../values.ts';

/** A random-looking value next to a word for a secret: no other name looks like it. */
const labelIn = patternFor(
  '(?<![\\p{L}\\p{N}])(?:tokens?|secrets?|seed|credentials?|bearer|session[ _-]?(?:id|key)|api[ _-]?key|(?:[\\p{L}\\p{N}-]{1,16}[ _-])?keys?|priv(?:ate)?key|keymat|psk|ppk|pmk|cookie|challenge|response|password|passphrase|magic|ticket|assertion|hash|nonce|otp)(?![\\p{L}\\p{N}]|#\\d)',
  'gi',
);
const HEX =
  /(?<![\w-])(?:0x)?[0-9a-f]{24,512}(?![\w-])|(?<![\w:-])[0-9a-f]{2}(?:[ :][0-9a-f]{2}){11,256}(?![\w:-])|(?<![\w+/-])(?=[^\s]{0,24}[0-9])(?=[^\s]{0,24}[a-z])(?=[^\s]{0,24}[A-Z])[A-Za-z0-9+/]{24,512}={0,2}(?![\w+/-])/;
const MAX_DISTANCE = 40;
const MAX_VALUE_LENGTH = 260;
/** Words for values that are not secret. */
const PUBLIC =
  /exchange|fingerprint|sha-?\d|md5|checksum|digest|serial|commit|public|trace|span|identifier|(?:host|rsa|ecdsa)[ -]?key|acme|uuid|file|request[ -]?id|\/|\bid\b/i;

export const LABELLED_HINT = hint(
  `token!|tokens|secr|seed|creden|bearer|session id|session-id|session_id|sessionid|session key|session-key|key|psk|ppk|pmk!|cookie|
   challenge|response|pass|magic!|ticket|assertion|hash|nonce|otp`,
  '',
  /^(?=\D*\d)[\s\S]*?(?:(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{24}|(?:[0-9a-f]{2}[ :]){11})/i,
);

export function findLabelled(line: string): readonly Span[] {
  const spans: Span[] = [];
  for (const label of findMatches(labelIn(line), line)) {
    const from = label.index + label[0].length;
    const found = HEX.exec(line.slice(from, from + MAX_DISTANCE + MAX_VALUE_LENGTH));
    if (!found || found.index > MAX_DISTANCE) continue;
    if (PUBLIC.test(line.slice(Math.max(0, label.index - 16), from + found.index))) continue;
    if (!/\d/.test(found[0]) || !/[a-f]/i.test(found[0])) continue;
    const start = from + found.index;
    spans.push({ start, end: start + found[0].length, kind: 'api-key' });
  }
  return spans;
}
