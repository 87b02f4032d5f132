import { lastPart } from './finders/members.ts';
import type { SecretKind } from './kinds.ts';
import { isHarmlessValue, secretKindOf } from './secret-names.ts';
import type { Span } from './spans.ts';
import { readQuoted, textRange } from './values.ts';

/** The name of a secret is one member, its value another on a later line: `- name: DB_PASSWORD`, `value: …`. */
const NAME_LINE =
  /^["']?(?:name|key|id)["']?[ \t]{0,8}[:=][ \t]{0,8}["']?([\w.:/-]{2,60})["']?,?$|^["']?([A-Za-z][\w-]{2,60})["']?[ \t]{0,8}:[ \t]{0,8}\{$|^<key>([\w.-]{2,60})<\/key>$|^variable[ \t]{1,4}"([\w-]{2,60})"[ \t]{0,4}\{$/i;
const VALUE_LINE =
  /^["']?(?:value|val|data|default)["']?[ \t]{0,8}[:=][ \t]{0,8}(?=[^\s{[])|^<(?:string|data)>(?=[^<])/i;
const OTHER_MEMBER = /^["']?[\w-]{1,40}["']?[ \t]{0,8}[:=]/;
const MAX_LINE = 400;
const MAX_LINES = 4;

export interface OpenMember {
  readonly kind: SecretKind;
  readonly lines: number;
  /** Below `<data>` of a property list. */
  readonly inData?: boolean;
}

/** The member that names a secret, if the line consists of it. */
export function nameMember(line: string): OpenMember | undefined {
  if (line.length > MAX_LINE) return undefined;
  const { start, end } = textRange(line);
  const match = NAME_LINE.exec(line.slice(start, end));
  const name = match?.[1] ?? match?.[2] ?? match?.[3] ?? match?.[4];
  const kind = name === undefined ? undefined : secretKindOf(lastPart(name), 'json');
  return kind && { kind, lines: 0 };
}

/** The value in this line, or that it may follow; `undefined` if the object ended. */
export function continueMember(
  line: string,
  member: OpenMember,
): { readonly span: Span } | { readonly stillOpen: OpenMember } | undefined {
  if (line.length > MAX_LINE) return undefined;
  const { start, end } = textRange(line);
  const text = line.slice(start, end);
  const { inData } = member;
  if (inData && /^[A-Za-z0-9+/=]{4,}$/.test(text)) return { span: { start, end, kind: member.kind } };
  const isBetween = text === '' || text === '<data>';
  if (isBetween && member.lines < MAX_LINES)
    return { stillOpen: { ...member, lines: member.lines + 1, inData: text === '<data>' } };
  const lead = VALUE_LINE.exec(text);
  if (lead) {
    const at = start + lead[0].length;
    const quoted = readQuoted(line, at);
    const close = line.indexOf('</', at);
    const value = quoted ?? { start: at, end: close === -1 ? end : close };
    if (isHarmlessValue(line.slice(value.start, value.end))) return undefined;
    return { span: { start: value.start, end: value.end, kind: member.kind } };
  }
  if (!OTHER_MEMBER.test(text) || member.lines >= MAX_LINES) return undefined;
  return { stillOpen: { ...member, lines: member.lines + 1 } };
}
