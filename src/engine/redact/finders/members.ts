import { hint } from '../hint.ts';
import type { SecretKind } from '../kinds.ts';
import { findSecretKind } from '../secret-names.ts';
import type { Span } from '../spans.ts';
import { cellKind } from '../table-columns.ts';
import { findMatches, readQuoted, readWord, toSpan } from '../values.ts';

/** The name and the value are two members: `{"name":"DB_PASSWORD","value":"…"}`, `<add key="Password" value="…"/>`. */
const NAME_MEMBER =
  /(?<!\w|\w-)(?:name|key|id|aria-label|placeholder|option|attr(?:ibute)?|field|path|type)\\{0,4}["']?[ \t]{0,4}[:=][ \t]{0,4}(?:\\{0,4}["']([\w.:/-]{2,60})\\{0,4}["']|([A-Za-z][\w.-]{1,59})(?=[ \t]{0,4}[,}]))|(?<!\w|\w-)(?:variable|output)[ \t]{1,4}"([\w.-]{2,60})"[ \t]{0,4}\{|(?<![\w-])([A-Z][\w-]{3,40})[ ]?(?:Attribute[ ])?\(\d{1,5}\)(?=,?[ ]l(?:ength)?[ =:])/gi;
const VALUE_MEMBER =
  /(?<!\w|\w-)(?:(?:default)?value|val|v|data|default|old|new|content|key)\\{0,4}["']?[ \t]{0,4}[:=][ \t]{0,4}(?:Decrypted: )?(?=\\{0,4}["']|[^\s,}{["'])/gi;
const VALUE_HINT = /[:=](?<=(?:val|[ ]v|data|default|old|new|content|key)["'\\ \t]{0,8}.)|value/i;
/** Characters between the two. */
const MAX_DISTANCE = 160;
/** The end of the object or element that both belong to. */
const OTHER_OBJECT = /[{}>]/;

/** Two arguments that are a user and a password. */
const LOGIN_CALL =
  /(?:auth[ \t]{0,4}[=:][ \t]{0,4}|BasicAuth|DigestAuth|(?:NetworkCredential|PSCredential)(?:\]::new)?|login|logon|log_on|connect|sign_?in|authenticate|bind(?:_s)?)\([ \t]{0,4}["'](?!(?:\d{1,3}\.){3})[^"'\s]{1,128}["'][ \t]{0,4},[ \t]{0,4}(?=["'])|(?:(?:mysqli?|mssql|oracle|paramiko|ssh|ftp)[._ ]?connect|getConnection|PDO|\.(?:log_?(?:in|on)|connect|sign_?in|authenticate)|bind(?:_s)?|Connection(?=\([^()"']{1,80}["'](?:cn|uid)=))\([^()"']{0,80}(?<=[(, ])(?:["'][^"']{1,100}["'],[ ]?(?:\d{1,5},[ ]?)?)?(?:["'][^"'\s]{1,64}["']|(?<=bind\()\w{0,12}(?:dn|user)(?!\w)),[ ]?(?=["'])|tokenlogin\(["'][^"']{1,80}["'],[ ]?(?=["'])|sendline\((?=["'][^"'\s]{0,40}[\d!#$%&*?@][^"'\s]{0,40}["']\))|log(?:in|on)\(["'](?:\d{1,3}\.){3}\d{1,3}["'],[ ]?["'][^"']{1,64}["'],[ ]?(?=["'])|(?:fill|type|setValue)\(["'][^"']{0,40}(?:pass(?:word|wd)?|pwd|secret|psk)["'\]]{1,3},[ ]?(?=["'])|UsernamePassword\w{0,24}\((?:[^()"']{0,60}|["'][^"']{0,80}["'],[ ]?){0,6}?["'][^"']{1,64}["'],[ ]?(?=["'][^"']{1,128}["']\))|(?<!\w)Secret\.fromString\((?=["'])|["'](?:pass(?:word|wd)?|pwd)["']\)\.(?:send_keys|sendKeys|fill|type)\((?=["'])/gi;

export const CALL_HINT = hint(
  `auth=(|auth = (|auth: (|auth:(|basicauth(|digestauth(|creden|login(|logon(|log_on(|log_in(|connect(|sign_in(|signin(|authenticate(|bind(|
   bind_s(|::add-mask|getconn|pdo(|connection(|tokenlogin(|sendline(`,
);

export function findMembers(line: string): readonly Span[] {
  return [
    ...(line.includes('(') ? loginCalls(line) : []),
    ...(VALUE_HINT.test(line) ? namedMembers(line) : []),
    ...(/insert/i.test(line) ? insertedValues(line) : []),
    ...(/##vso|::(?:set-|add-mask)/.test(line) ? pipelineVariables(line) : []),
  ];
}

function namedMembers(line: string): readonly Span[] {
  const names = findMatches(NAME_MEMBER, line).flatMap((match) => {
    const name = lastPart((match[1] ?? match[2] ?? match[3] ?? match[4]) as string);
    const kind = findSecretKind(name, 'json');
    return kind ? [{ start: match.index, end: match.index + match[0].length, kind }] : [];
  });
  if (names.length === 0) return [];
  return findMatches(VALUE_MEMBER, line).flatMap((match) => {
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

/** Azure and GitHub: `##vso[task.setvariable variable=dbPassword]…`, `::set-output name=psk::…`, `::add-mask::…`. */
const VARIABLE =
  /(?:##vso\[task\.setvariable[ ]variable=|::set-(?:output|env)[ ]name=)([\w.-]{2,60})[^\]:]{0,60}(?:\]|::)(?=\S)|(?:::(add-mask)::|##vso\[task\.(setsecret)\])(?=\S)/g;

function pipelineVariables(line: string): readonly Span[] {
  return findMatches(VARIABLE, line).flatMap((match) => {
    const kind = match[2] || match[3] ? 'secret' : findSecretKind(lastPart(match[1] as string), 'json');
    const at = match.index + match[0].length;
    return kind ? toSpan(line, readWord(line, at, '"'), kind) : [];
  });
}

function isNear(line: string, from: number, to: number): boolean {
  return to - from <= MAX_DISTANCE && !OTHER_OBJECT.test(line.slice(from, to));
}

function loginCalls(line: string): readonly Span[] {
  return findMatches(LOGIN_CALL, line).flatMap((match) =>
    quotedAt(line, match.index + match[0].length, 'password'),
  );
}

function quotedAt(line: string, at: number, kind: SecretKind): readonly Span[] {
  const value = readQuoted(line, at);
  return value ? toSpan(line, value, kind) : [];
}

/** `db.password` */
export function lastPart(name: string): string {
  return name.slice(Math.max(name.lastIndexOf('.'), name.lastIndexOf('/')) + 1);
}

/** The columns and the values of a row: `INSERT INTO users (name, password) VALUES ('wren', '…')`. */
const INSERT =
  /insert[ \t]{1,4}into[ \t]{1,4}\S{1,80}[ \t]{0,4}\(([^()]{1,400})\)[ \t]{0,4}values[ \t]{0,4}(?=\()/gi;
const SQL_VALUE = /[(,][ \t]{0,4}('(?:[^']|''){0,400}'|[^\s,()']{1,80})/y;

function insertedValues(line: string): readonly Span[] {
  return findMatches(INSERT, line).flatMap((insert) => {
    SQL_VALUE.lastIndex = insert.index + insert[0].length;
    return (insert[1] as string).split(',').flatMap((column): readonly Span[] => {
      const value = SQL_VALUE.exec(line)?.[1];
      const kind = value && cellKind(column.trim().replaceAll(/["`[\]]/g, ''));
      if (!kind) return [];
      const end = SQL_VALUE.lastIndex;
      const quoted = readQuoted(line, end - value.length);
      return toSpan(line, quoted ?? { start: end - value.length, end, next: end }, kind);
    });
  });
}
