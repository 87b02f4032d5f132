import { htmlRowSecrets } from '../html-rows.ts';
import type { SecretKind } from '../kinds.ts';
import { findSecretKind } from '../secret-names.ts';
import type { Span } from '../spans.ts';
import { cellKind } from '../table-columns.ts';
import { findMatches, lineEnd, marginEnd, toSpan } from '../values.ts';
import { tokenKind } from './marked-values.ts';
import { lastPart } from './members.ts';

/** `<password>…</password>` of a FortiClient profile or a SAML response, with any namespace. */
const ELEMENT =
  /<(?:[\w-]{1,20}:)?([A-Za-z][\w.-]{0,48})([ \t][^<>]{0,400})?>(?:<(?:[Vv]alue|[Kk]ey|string|plain|text|data)>)?(?:<!\[CDATA\[((?:(?!\]\]>).){1,8192})|([^<>]{1,8192}))/dg;
/** `<property name="db.password">`. */
const NAMED = /(?<!\w|\w-)(?:name|key)=["']([\w.-]{1,60})["']/i;
/** The name and the value are two elements: `<key>Password</key><string>…`. */
const NEIGHBOURS =
  /<(?:key|name|option|attribute|param-name|Name|Key|dt|t[dh]|b|strong|span|div|label|cell|col)(?: [^<>]{0,80})?>(?:<(?:b|strong|code|i)>)?([\p{L}\p{N}_.:/ -]{2,80}?):?<\/[\w-]{1,20}>(?:<\/\w{1,8}>|<type>\w{1,16}<\/type>)?:?\s{0,16}(?:<(?:string|value|data|val|param-value|Value|dd|td|span|div|cell|col)(?: [^<>]{0,80})?>(?:<string>)?(?:<(?:b|strong|code|i|tt|kbd)>)?|(?<=:[ \t]{0,4}|:<\/\w{1,8}>[ \t]{0,4}))(?=[^<\s])/gu;
const INPUT = /<input[ \t]([^<>]{1,2000})/dgi;
const NAME = /(?<!\w|\w-)(?:name|type|id|aria-label|placeholder)=["']?([\w-]{1,48})/gi;
const VALUE = /(?<!\w|\w-)value=(?:["']([^"']{1,2000})|([^\s"'>]{1,2000}))/di;

export function findMarkupSecrets(line: string): readonly Span[] {
  if (!line.includes('<')) return [];
  const spans: Span[] = [];
  for (const element of findMatches(ELEMENT, line)) {
    const [start, end] = element.indices?.[3] ?? element.indices?.[4] ?? [0, 0];
    const kind =
      elementKind(element[1] as string, element[2] ?? '') ?? tokenKind(element[1] as string, line, start);
    // A placeholder of a sentence looks like a tag: `Replace <new-password> first.`
    const isElement =
      /^(?:\]\]>)?<\//.test(line.slice(end, end + 5)) ||
      // `<passwd>    Password of the user.`
      (element.index <= marginEnd(line) && !/^[ \t]{2,}\S+ \S/.test(line.slice(start, start + 60)));
    if (kind && isElement) spans.push(...toSpan(line, { start, end: endOfData(line, end), next: end }, kind));
  }
  for (const { index, 0: whole, 1: name } of findMatches(NEIGHBOURS, line)) {
    const kind = cellKind(lastPart(name as string)) ?? findSecretKind(endOfName(name as string), 'json');
    const start = index + whole.length;
    const close = line.indexOf('<', start);
    const end = close === -1 ? lineEnd(line) : close;
    if (kind) spans.push(...toSpan(line, { start, end, next: end }, kind));
  }
  spans.push(...htmlRowSecrets(line));
  for (const input of findMatches(INPUT, line)) {
    const attributes = input[1] as string;
    const found = VALUE.exec(attributes)?.indices;
    const value = found?.[1] ?? found?.[2];
    if (!value) continue;
    const kinds = Array.from(
      attributes.matchAll(NAME),
      (name) =>
        findSecretKind(name[1] as string, 'json') ?? tokenKind(name[1] as string, attributes, value[0]),
    );
    const kind = kinds.find((each) => each !== undefined);
    if (!kind) continue;
    const offset = input.indices?.[1]?.[0] ?? 0;
    spans.push({ start: offset + value[0], end: offset + value[1], kind });
  }
  return spans;
}

/** `ConnectionPassword` */
function endOfName(name: string): string {
  return /[A-Z][a-z]+$/.exec(name)?.[0] ?? '';
}

function elementKind(name: string, attributes: string): SecretKind | undefined {
  const named = NAMED.exec(attributes)?.[1];
  return findSecretKind(name, 'json') ?? findSecretKind(lastPart(named ?? ''), 'json');
}

function endOfData(line: string, end: number): number {
  return line.startsWith(']]', end - 2) ? end - 2 : end;
}
