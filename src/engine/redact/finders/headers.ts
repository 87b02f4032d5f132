import type { Span } from '../spans.ts';
import { lineEnd, looksChosen, readWord, skipBlanks, toSpan } from '../values.ts';

/** `Cookie:` and `Set-Cookie:` keep the cookie's name and its attributes. */
const COOKIE_HEADER =
  /(?<!\w|\w-)(?:set-)?cookie(?:2|[ \t]pair)?[ \t]{0,8}:[ \t]{0,8}|(?<=["'])(?:set-)?cookie["'][ \t]{0,4}:[ \t]{0,4}\[?[ \t]{0,4}["']/gi;
const COOKIE_PAIR = /([^\s=;"]{1,80})[ \t]{0,4}=[ \t]{0,4}([^;\r\n]{0,8192})/g;
const ATTRIBUTE = /^(?:path|domain|expires|max-age|samesite|version)$/i;

export function findCookies(line: string): readonly Span[] {
  if (!/cookie/i.test(line)) return [];
  const spans: Span[] = [];
  for (const header of line.matchAll(COOKIE_HEADER)) {
    const from = header.index + header[0].length;
    for (const pair of line.slice(from).matchAll(COOKIE_PAIR)) {
      if (ATTRIBUTE.test(pair[1] as string)) continue;
      const value = readWord(
        line,
        skipBlanks(line, from + pair.index + pair[0].length - (pair[2] as string).length),
      );
      const start = line[value.start] === '"' ? value.start + 1 : value.start;
      const end = Math.min(value.end, from + pair.index + pair[0].length);
      spans.push(...toSpan(line, { start, end: trimMark(line, start, end), next: end }, 'cookie'));
    }
    if (spans.length === 0) spans.push(...bareCookie(line, from));
    // A second header in the same line was read together with the first.
    break;
  }
  return spans;
}

/** `sslvpn cookie: …` */
function bareCookie(line: string, from: number): readonly Span[] {
  const value = readWord(line, from, '"\',;');
  return looksChosen(line.slice(value.start, value.end)) ? toSpan(line, value, 'cookie') : [];
}

/** With the quotation marks of a program around the name and the value: `headers["Authorization"] = "Bearer …"`. */
const AUTHORIZATION =
  /(?<!\w|\w-)(?:(?:proxy-)?authorization|x-[\w-]{0,32}(?:token|key|auth|secret|sid)|(?:private|job|deploy)-token|ocp-apim-subscription-key)(?:["']\]?)?[ \t]{0,8}[:=][ \t]{0,8}(?:(?<=["'][\] \t:=]{0,20})["'])?(?:(?:basic|bearer|token|digest|ntlm|negotiate|apikey|ssws|geniekey)[ \t]{1,8})?(?:["'][ \t]?[+.][ \t]?["'])?(?=[^\s{[])/gi;

const SCHEME = /^(?:basic|bearer|token|digest|negotiate)$/i;

export function findAuthorization(line: string): readonly Span[] {
  if (!/authorization|x-|-token|ocp-/i.test(line)) return [];
  const spans: Span[] = [];
  for (const header of line.matchAll(AUTHORIZATION)) {
    const start = header.index + header[0].length;
    const opening = line[header.index - 1];
    const end = lineEnd(line);
    const mark = opening === '"' || opening === "'" ? line.indexOf(opening, start) : -1;
    const stop = mark === -1 ? end : mark;
    // The credential of a folded header is on the next line.
    if (!SCHEME.test(line.slice(start, stop))) {
      spans.push(...toSpan(line, { start, end: stop, next: stop }, 'api-key'));
    }
    if (mark === -1) break;
  }
  return spans;
}

function trimMark(line: string, start: number, end: number): number {
  return end > start && (line[end - 1] === '"' || line[end - 1] === "'") ? end - 1 : end;
}
