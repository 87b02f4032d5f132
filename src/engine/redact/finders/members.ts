import type { SecretKind } from '../kinds.ts';
import { secretKindOf } from '../secret-names.ts';
import type { Span } from '../spans.ts';
import { looksChosen, readQuoted, readWord, toSpan } from '../values.ts';

/** The name and the value are two members: `{"name":"DB_PASSWORD","value":"…"}`, `<add key="Password" value="…"/>`. */
const NAME_MEMBER =
  /(?<!\w|\w-)(?:name|key|id|option|attr(?:ibute)?|field|path|type)\\{0,4}["']?[ \t]{0,4}[:=][ \t]{0,4}(?:\\{0,4}["']([\w.:/-]{2,60})\\{0,4}["']|([A-Za-z][\w.-]{1,59})(?=[ \t]{0,4}[,}]))|(?<!\w|\w-)(?:variable|output)[ \t]{1,4}"([\w.-]{2,60})"[ \t]{0,4}\{/gi;
const VALUE_MEMBER =
  /(?<!\w|\w-)(?:value|val|data|default|old|new|content)\\{0,4}["']?[ \t]{0,4}[:=][ \t]{0,4}(?=\\{0,4}["']|[^\s,}{["'])/gi;
const VALUE_HINT = /(?:val|data|default|old|new|content)["'\\ \t]{0,8}[:=]|value/i;
/** Characters between the two. */
const MAX_DISTANCE = 160;
/** The end of the object or element that both belong to. */
const OTHER_OBJECT = /[{}>]/;

/** The name and the value are two arguments: `define('DB_PASSWORD', '…')`. */
const ARGUMENTS = /\([ \t]{0,4}["']([\w.-]{2,60})["'][ \t]{0,4},[ \t]{0,4}(?=["'])/g;
/** Two arguments that are a user and a password. */
const LOGIN_CALL =
  /(?:auth[ \t]{0,4}=[ \t]{0,4}|BasicAuth|DigestAuth|NetworkCredential|PSCredential|login)\([ \t]{0,4}["'][^"'\s]{1,128}["'][ \t]{0,4},[ \t]{0,4}(?=["'])/gi;

/** A pair in a list of pairs: `[["username", "…"], ["password", "…"]]`. */
const PAIRED = /[,[][ \t]{0,4}\[[ \t]{0,4}["']([\w.-]{2,60})["'][ \t]{0,4},[ \t]{0,4}(?=["'])/g;

/** A variable of a shell, a container or Windows: `setx TOKEN …`, `ENV API_TOKEN …`, `Password REG_SZ …`. */
const VARIABLE =
  /(?<!\w|\w-)(?:setx|setenv|ENV|set[ \t]-\w{1,4})[ \t]{1,4}([A-Za-z_][\w.-]{1,48})[ \t]{1,4}(?=[^\s=])|(?<!\w|\w-)([A-Za-z_][\w-]{1,48})[ \t]{1,16}REG_(?:EXPAND_)?SZ[ \t]{1,16}(?=\S)/g;

/** Names of columns stand beside each other. */
const COLUMNS = /\S {2,40}\S.{0,200}?\S {2,40}\S/;
const COMPOUND_HINT = /[-_a-z](?:password|passwd|pwd|pass|secret|psk|key|token|passphrase)[ \t]/i;
/** A change: `passwd = "…" -> "…"`, `psksecret: "…" => "…"`. */
const CHANGE =
  /(?<!\w|\w-)([A-Za-z_][\w-]{1,48})"?[ \t]{0,20}[:=][ \t]{0,4}"[^"]{0,400}"[ \t]{1,4}[-=]>[ \t]{1,4}(?=")/g;
/** A name that is no word of a sentence, then its value: `RadiusSecret "…"`, `bind-password …`. */
const COMPOUND =
  /(?<!\w|\w-)([A-Za-z]{2,24}(?:[-_][A-Za-z]{2,24}|(?<=[a-z])[A-Z][A-Za-z]{1,24}){1,4})[ \t]{1,8}(?=["']?\S{8})/g;

export function findMembers(line: string): readonly Span[] {
  const spans: Span[] = [];
  if (line.includes('(')) spans.push(...callArguments(line));
  if (line.includes('["') || line.includes("['")) spans.push(...pairs(line));
  if (VALUE_HINT.test(line)) spans.push(...namedMembers(line));
  if (/set|ENV|REG_/.test(line)) spans.push(...variables(line));
  if (line.includes('> "')) spans.push(...changes(line));
  if (COMPOUND_HINT.test(line) && !COLUMNS.test(line)) spans.push(...compounds(line));
  if (/\.\w{0,30}(?:pass|pw|pwd|secret|psk|key|token|word)[ \t]/i.test(line)) spans.push(...property(line));
  return spans;
}

function changes(line: string): readonly Span[] {
  return Array.from(line.matchAll(CHANGE)).flatMap((match) => {
    const kind = secretKindOf(match[1] as string, 'equals');
    return kind ? quotedAt(line, match.index + match[0].length, kind) : [];
  });
}

function compounds(line: string): readonly Span[] {
  return Array.from(line.matchAll(COMPOUND)).flatMap((match): readonly Span[] => {
    const kind = secretKindOf(match[1] as string, 'equals');
    if (kind === undefined) return [];
    const at = match.index + match[0].length;
    const value = readQuoted(line, at) ?? readWord(line, at, ';,');
    return looksChosen(line.slice(value.start, value.end)) ? toSpan(line, value, kind) : [];
  });
}

/** A line of a file of properties: a name of several parts and a word. `mail.smtp.pass Dillgurke` */
const PROPERTY = /^[\s>|+*•-]{0,16}([A-Za-z][\w-]{0,30}(?:\.[\w-]{1,30}){1,6})[ \t]{1,8}(?=\S{4,128}\s*$)/;

function property(line: string): readonly Span[] {
  const led = PROPERTY.exec(line);
  const kind = led ? secretKindOf(lastPart(led[1] as string), 'json') : undefined;
  return led && kind ? toSpan(line, readWord(line, led[0].length), kind) : [];
}

function namedMembers(line: string): readonly Span[] {
  const names = Array.from(line.matchAll(NAME_MEMBER)).flatMap((match) => {
    const name = lastPart((match[1] ?? match[2] ?? match[3]) as string);
    const kind = secretKindOf(name, 'json');
    return kind ? [{ start: match.index, end: match.index + match[0].length, kind }] : [];
  });
  if (names.length === 0) return [];
  return Array.from(line.matchAll(VALUE_MEMBER)).flatMap((match) => {
    const at = match.index + match[0].length;
    const owner = names.find(({ start, end }) =>
      match.index >= end ? isNear(line, end, match.index) : start >= at && isNear(line, at, start),
    );
    if (owner === undefined) return [];
    return line[at] === '"' || line[at] === "'" || line[at] === '\\'
      ? quotedAt(line, at, owner.kind)
      : toSpan(line, readWord(line, at, ',}'), owner.kind);
  });
}

function isNear(line: string, from: number, to: number): boolean {
  return to - from <= MAX_DISTANCE && !OTHER_OBJECT.test(line.slice(from, to));
}

function callArguments(line: string): readonly Span[] {
  const named = Array.from(line.matchAll(ARGUMENTS)).flatMap((match) => {
    const kind = secretKindOf(match[1] as string, 'json');
    return kind ? quotedAt(line, match.index + match[0].length, kind) : [];
  });
  const logins = Array.from(line.matchAll(LOGIN_CALL)).flatMap((match) =>
    quotedAt(line, match.index + match[0].length, 'password'),
  );
  return [...named, ...logins];
}

function pairs(line: string): readonly Span[] {
  return Array.from(line.matchAll(PAIRED)).flatMap((match) => {
    const kind = secretKindOf(lastPart(match[1] as string), 'json');
    return kind ? quotedAt(line, match.index + match[0].length, kind) : [];
  });
}

function variables(line: string): readonly Span[] {
  return Array.from(line.matchAll(VARIABLE)).flatMap((match) => {
    const kind = secretKindOf((match[1] ?? match[2]) as string, 'equals');
    const at = match.index + match[0].length;
    return kind ? toSpan(line, readQuoted(line, at) ?? readWord(line, at), kind) : [];
  });
}

function quotedAt(line: string, at: number, kind: SecretKind): readonly Span[] {
  const value = readQuoted(line, at);
  return value ? toSpan(line, value, kind) : [];
}

/** `db.password` */
export function lastPart(name: string): string {
  return name.slice(Math.max(name.lastIndexOf('.'), name.lastIndexOf('/')) + 1);
}
