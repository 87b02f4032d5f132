import { patternFor } from '../pattern-for.ts';
import type { Span } from '../spans.ts';

/** A random-looking value next to a word for a secret: no other name looks like it. */
const labelIn = patternFor(
  '(?<![\\p{L}\\p{N}])(?:tokens?|secrets?|seed|credentials?|bearer|session[ _-]?id|api[ _-]?key)(?![\\p{L}\\p{N}])',
  'gi',
);
const HEX = /(?<![\w-])[0-9a-f]{24,256}(?![\w-])/i;
const MAX_DISTANCE = 40;
const MAX_VALUE_LENGTH = 260;
/** Words for values that are not secret. */
const PUBLIC = /fingerprint|sha-?\d|md5|checksum|digest|serial|commit|public|hash|trace|span/i;

/** FortiAuthenticator prints lists: `registration_id [...]`. */
const LISTED =
  /(?<!\w)(?:registration[ _-]?ids?|reg[ _-]ids?)["']?[ \t]{0,4}[:=]{0,2}[ \t]{0,4}[bu]?\[([^\]\r\n]{8,4096})/dgi;

const HINT = /regis|reg[ _-]id|[0-9a-f]{24}/i;

export function findLabelled(line: string): readonly Span[] {
  return HINT.test(line) ? [...listed(line), ...random(line)] : [];
}

function listed(line: string): readonly Span[] {
  return Array.from(line.matchAll(LISTED)).flatMap((match): readonly Span[] => {
    const [start, end] = match.indices?.[1] ?? [0, 0];
    return [{ start, end, kind: 'registration-id' }];
  });
}

function random(line: string): readonly Span[] {
  const spans: Span[] = [];
  for (const label of line.matchAll(labelIn(line))) {
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
