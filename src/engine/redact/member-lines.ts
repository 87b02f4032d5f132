import { lastPart } from './finders/members.ts';
import { ENTRY_NAME, isEntry } from './finders/nested.ts';
import type { SecretKind } from './kinds.ts';
import { isOrdinary } from './ordinary-words.ts';
import { findListKind, findSecretKind, isHarmlessValue, NAME_HINT } from './secret-names.ts';
import type { Span } from './spans.ts';
import { cellKind } from './table-columns.ts';
import { isTechnical, matchAt, readQuoted, textRange } from './values.ts';

/** The name of a secret is one member, its value another on a later line: `- name: DB_PASSWORD`, `value: …`; `edit "psk"`, `set value …`. */
const NAME_LINE =
  /^["']?(?:name|key|id|type)["']?[ \t]{0,8}[:=][ \t]{0,8}["']?([\w.:/-]{2,60})["']?,?$|^["']?([A-Za-z][\w.-]{2,60})["']?[ \t]{0,8}[:=][ \t]{0,8}\{$|^(?:(?:[~+-][ \t])?resource|variable|output)[ \t]{1,4}"([\w.-]{2,60})"(?:[ \t]"[\w.-]{1,60}")?[ \t]{0,4}\{$|^<\w{1,20}[ \t](?:name|key|id)="([\w.:/-]{2,60})"[^<>]{0,100}>$|^(?:edit|set[ \t](?:name|key))[ \t]{1,4}"?(?:<([a-z-]{3,20})#\d{1,9}>|([\w.-]{2,60}))"?$|^\[{1,2}["']?([\w.-]{2,60})["']?\]{1,2}$/i;
/** The same as an element: `<key>Password</key>`, `<td>Password</td>`. */
const NAME_ELEMENT =
  /(?:^|>)<(?:key|name|option|attribute|param-name|dt|t[dh])(?: [^<>]{0,80})?>(?:<\w{1,8}>)?([\p{L}\p{N}_.:/ -]{2,60}?):?(?:<\/\w{1,8}>)?<\/[\w-]{1,20}>$/iu;
const VALUE_NAMES =
  'value|val|data|default|plain(?:text)?|clear(?:text)?|text|content|string|current|previous|raw|old|new';
const VALUE_LINE = new RegExp(
  `^(?:[-~][ \\t]{1,4})?["']?(?:${VALUE_NAMES})["']?[ \\t]{0,8}[:=][ \\t]{0,8}(?=[^\\s{[|>])|^set[ \\t](?:value|content|data)[ \\t]{1,4}(?=\\S)|^<(?:string|data|value|val|param-value|dd|td)(?: [^<>]{0,80})?>(?:<(?:b|code|tt|kbd|i)>)?(?=[^<])`,
  'i',
);
/** What Terraform generated; the value stands below other attributes. */
const GENERATED = /^random_(?:password|string|bytes)$/;
const RESULT = /(?:^|[{,][ \t]{0,4})["']?result["']?[ \t]{0,8}[:=][ \t]{0,8}(?=")/;
/** The value is on the next line. */
const VALUE_ALONE = new RegExp(
  `^["']?(?:${VALUE_NAMES})["']?[ \\t]{0,8}[:=](?:[ \\t]{0,4}(?:[|>][+-]?|"""|'''))?$`,
  'i',
);
const OTHER_MEMBER =
  /^(?:config|edit|set)[ ]|^(?:[-~][ \t])?["']?[\w-]{1,40}["']?[ \t]{0,8}[:=]|^<\/?[\w-]{1,20}>$/;
/** Characters of `p:kiwi`. */
const MIN_LINE = 6;
const MAX_LINE = 400;
const MAX_LINES = 4;
const MAX_ATTRIBUTES = 24;

export interface OpenMember {
  readonly kind: SecretKind;
  readonly lines: number;
  /** Columns before the name of an object, each member of which may be a secret. */
  readonly map?: number | undefined;
  /** Below `<data>` of a property list. */
  readonly inData?: boolean;
  /** Below `"value":`, or each line below the `list:` of `chpasswd:`. */
  readonly isNext?: boolean;
  readonly isList?: boolean;
}

/** The member that names a secret, if the line consists of it. */
export function nameMember(line: string): OpenMember | undefined {
  if (line.length > MAX_LINE || !NAME_HINT.test(line)) return undefined;
  const { start, end } = textRange(line);
  const text = line.slice(start, end);
  const match = NAME_LINE.exec(text);
  const name = match?.slice(1).find((each) => each !== undefined);
  const element = name === undefined ? NAME_ELEMENT.exec(text)?.[1] : undefined;
  const last = lastPart(name ?? element ?? '');
  const kind = name === undefined ? cellKind(last) : (findSecretKind(last, 'json') ?? findListKind(last));
  const map = (match?.[2] ?? match?.[7]) === undefined ? undefined : start - 1;
  return kind ? { kind, lines: GENERATED.test(name ?? '') ? -MAX_ATTRIBUTES : 0, map } : undefined;
}

/** The value in this line, or that it may follow; `undefined` if the object ended. */
export function continueMember(
  line: string,
  member: OpenMember,
): { readonly span?: Span; readonly stillOpen?: OpenMember } | undefined {
  if (line.length > MAX_LINE) return undefined;
  const { start, end } = textRange(line);
  const text = line.slice(start, end);
  const { inData, isNext, kind } = member;
  if (inData && /^[A-Za-z0-9+/=]{4,}$/.test(text)) return { span: { start, end, kind } };
  if (member.isList) {
    const name = /^[\w.@-]{1,64}:(?=\S{4,128}$)/.exec(text)?.[0];
    return name ? { span: { start: start + name.length, end, kind }, stillOpen: member } : undefined;
  }
  if (isNext && text !== '') {
    const quoted = readQuoted(line, start);
    return { span: { start: quoted?.start ?? start, end: quoted?.end ?? end, kind } };
  }
  const isBetween = /^(?:|<data>|\{)$/.test(text);
  if (isBetween && member.lines < MAX_LINES)
    return { stillOpen: { ...member, lines: member.lines + 1, inData: text === '<data>' } };
  const entry = member.map !== undefined && start > member.map ? matchAt(ENTRY_NAME, line, start) : null;
  const ofEntry = valueBehind(line, 0, end, entry);
  if (ofEntry && isEntry(entry?.[2] as string, line.slice(ofEntry.start, ofEntry.end), kind))
    return { span: { ...ofEntry, kind }, stillOpen: member };
  const value = findValue(line, start, end, member.lines < 0);
  if (value) return { span: { ...value, kind } };
  if (!OTHER_MEMBER.test(text) || member.lines >= MAX_LINES) return undefined;
  const isList = text === 'list: |';
  const map = /[=:]\s*\{$/.test(text) ? start : member.map;
  return { stillOpen: { ...member, lines: member.lines + 1, isNext: VALUE_ALONE.test(text), isList, map } };
}

function findValue(line: string, start: number, end: number, isGenerated = false) {
  const text = line.slice(start, end);
  return valueBehind(line, start, end, VALUE_LINE.exec(text) ?? (isGenerated ? RESULT.exec(text) : null));
}

function valueBehind(line: string, start: number, end: number, lead: RegExpExecArray | null) {
  if (!lead) return undefined;
  const at = start + lead.index + lead[0].length;
  const quoted = readQuoted(line, at);
  const close = line.indexOf('</', at);
  const value = quoted ?? { start: at, end: close === -1 ? end : close };
  return isHarmlessValue(line.slice(value.start, value.end)) ? undefined : value;
}

/** An object begins in this line. */
const OPENS =
  /(?:^|[[:,=]\s*|^\s*-\s*)\{\s*$|^\s*<(?:property|entry|item|param|setting|variable|row|dict)>\s*$/;
const FIRST_IN_LIST = /^\s*-\s+["']?value["']?\s*:/;
const VALUE_FIRST = /^\s*(?:-\s+)?(?:["']?value["']?\s*[:=]|<value>)/;

/** A name and its password below it, with the shortest labels: `U: wren`, `P: …`. */
const USER_LINE =
  /^[\s>|*•+-]{0,16}(?:u|un|usr|user(?:name)?|login|benutzer)(?:[ ]?[:=][ ]?|[ ])[\w.@\\-]{2,64}\s*$/i;
/** The same of a network without wires, whose key may be any words: `SSID: Besuch`, `Key: …`. */
const NETWORK_LINE =
  /^[\s>|*•+-]{0,16}(?:ssid|wlan|wi-?fi|netz(?:werk)?(?:name)?|network|r[ée]seau|red|rete|rede)(?: (?:name|wi-?fi|wlan))?[ ]?[:=]/i;
const PASS_LINE =
  /^[\s>|*•+-]{0,16}(?:(p(?:ass|w|wd)?(?:[ ]?[:=][ ]?|(?<=pass|pw|pwd)[ ]))(?=[^\s<]{4,64}\s*$)|(?:key|schl(?:ü|ue)ssel|cl[ée]|clave|chiave|chave|sleutel|code)[ ]?[:=][ \t]{0,8}(?=[^\s<].{3,64}$))/i;

/**
 * The value stands before the name that would tell whether it is a secret: one that is no word, number or name of a
 * host is taken for one.
 */
export function valueBeforeName(line: string, before: string): Span | undefined {
  if (line.length < MIN_LINE || line.length > MAX_LINE) return undefined;
  const pass = PASS_LINE.exec(line);
  const said =
    pass && (pass[1] ? USER_LINE : NETWORK_LINE).test(before) && line.slice(pass[0].length).trimEnd();
  if (said && !said.split(' ').every(isOrdinary) && !isHarmlessValue(said))
    return { start: line.lastIndexOf(said), end: line.trimEnd().length, kind: 'password' };
  if (!VALUE_FIRST.test(line)) return undefined;
  if (!OPENS.test(before) && !FIRST_IN_LIST.test(line)) return undefined;
  const { start, end } = textRange(line);
  const value = findValue(line, start, end);
  const text = value && line.slice(value.start, value.end).replace(/,$/, '');
  if (
    !value ||
    !text ||
    text.length < 4 ||
    /^\d{1,5}$|\/|^[a-z]+(?:[-_.][a-z]+){0,6}[-_.]?\d{1,4}$/.test(text)
  )
    return undefined;
  if (text.split(' ').every(isOrdinary) || isTechnical(text)) return undefined;
  return { start: value.start, end: value.start + text.length, kind: 'secret' };
}
