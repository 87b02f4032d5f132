import { hint } from '../hint.ts';
import type { LineContext, Span } from '../spans.ts';
import {
  findMatches,
  lineEnd,
  looksChosen,
  readWord,
  skipBlanks,
  startsExpression,
  toSpan,
} from '../values.ts';

export const COOKIE_HINT = hint('cookie');
/** `Cookie:` and `Set-Cookie:` keep the cookie's name and its attributes. */
const COOKIE_HEADER =
  /(?<!\w|\w-)(?:set-)?cookie(?:2|[ \t]pair)?[ \t]{0,8}:[ \t]{0,8}|(?<=["'])(?:set-)?cookie["'][ \t]{0,4}:[ \t]{0,4}\[?[ \t]{0,4}["']/gi;
const COOKIE_PAIR = /([^\s=;"]{1,80})[ \t]{0,4}=[ \t]{0,4}([^;\r\n]{0,8192})/g;
const ATTRIBUTE = /^(?:path|domain|expires|max-age|samesite|version)$/i;

export function findCookies(line: string, { inHeader }: LineContext): readonly Span[] {
  const folded = line.search(/[^>|+\s-]/);
  if (inHeader === 'cookie' && folded !== -1) return cookiesBehind(line, folded);
  if (inHeader && folded !== -1)
    return toSpan(line, { start: folded, end: lineEnd(line), next: line.length }, inHeader);
  // A second header in the same line is read together with the first.
  for (const header of findMatches(COOKIE_HEADER, line))
    return cookiesBehind(line, header.index + header[0].length);
  return [];
}

function cookiesBehind(line: string, from: number): readonly Span[] {
  const spans: Span[] = [];
  for (const pair of findMatches(COOKIE_PAIR, line.slice(from))) {
    if (ATTRIBUTE.test(pair[1] as string)) continue;
    const value = readWord(
      line,
      skipBlanks(line, from + pair.index + pair[0].length - (pair[2] as string).length),
    );
    const start = line[value.start] === '"' ? value.start + 1 : value.start;
    const next = Math.min(value.end, from + pair.index + pair[0].length);
    const end = /["']/.test(line[next - 1] ?? '') ? next - 1 : next;
    // `lang=de`, `consent=accepted`
    if (next - start > 2 && !/^[a-z]{3,10}$/.test(line.slice(start, end)))
      spans.push(...toSpan(line, { start, end, next }, 'cookie'));
  }
  return spans.length === 0 ? bareCookie(line, from) : spans;
}

/** A cookie that the server deletes: `APSCOOKIE_7="";` */
const EMPTY = /^[\w.-]{1,80}=(?:""|;[ \t]?(?:expires|max-age|path|domain)=)/i;

/** `sslvpn cookie: …` */
function bareCookie(line: string, from: number): readonly Span[] {
  if (EMPTY.test(line.slice(from, from + 100))) return [];
  const value = readWord(line, from, '"\',;');
  return looksChosen(line.slice(value.start, value.end)) ? toSpan(line, value, 'cookie') : [];
}

export const AUTHORIZATION_HINT = hint('authorization|-auth|-sid|websocket-p|token!|key|secr');
/** With the quotation marks of a program around the name and the value: `headers["Authorization"] = "Bearer …"`. */
const AUTHORIZATION =
  /(?<!\w|\w-)(?:(?:proxy-)?authorization|x-[\w-]{0,32}(?:token|key|auth|secret|sid)|(?:private|job|deploy)-token|ocp-apim-subscription-key)(?:["']\]?)?[ \t]{0,8}(?:=>|[:=])[ \t]{0,8}(?:(?<=["'][\] \t:=>]{0,20})[bfr]{0,2}["'])?(?:(?:basic|bearer|token|digest|ntlm|negotiate|apikey|ssws|geniekey)[ \t]{1,8})?(?:["'][ \t]?[+.][ \t]?["'])?(?=[^\s{[])|(?<!\w)sec-websocket-protocol:[ ]{1,4}(?:[\w.-]{0,24}(?:bearer|token|auth)\w{0,12},[ ]?|base64url\.bearer\.authorization\.k8s\.io\.)(?=[\w.-]{16})/gi;

const SCHEME = /^(?:basic|bearer|token|digest|negotiate)$/i;

export function findAuthorization(line: string): readonly Span[] {
  const spans: Span[] = [];
  for (const header of findMatches(AUTHORIZATION, line)) {
    const start = header.index + header[0].length;
    const opening = line[header.index - 1];
    const end = lineEnd(line);
    const mark = opening === '"' || opening === "'" ? line.indexOf(opening, start) : -1;
    const stop = mark === -1 ? end : mark;
    // The credential of a folded header is on the next line.
    if (!SCHEME.test(line.slice(start, stop)) && !startsExpression(line, start)) {
      spans.push(...toSpan(line, { start, end: stop, next: stop }, 'api-key'));
    }
    if (mark === -1) break;
  }
  return spans;
}
