import type { SecretKind } from '../../kinds.ts';
import { isOrdinary } from '../../ordinary-words.ts';
import type { Span } from '../../spans.ts';
import { readQuoted, readWord, toSpan } from '../../values.ts';

/**
 * Everything of a line of configuration before its secret, which is the next word. `~` stands for blanks, `@` for a
 * word, `#` for a number or a word that says how the secret is written.
 */
export type StatementRow = readonly [kind: SecretKind, lead: string];

/** Statements by their first word. */
export type StatementTable = Readonly<Record<string, readonly StatementRow[]>>;

export interface VendorStatement {
  readonly kind: SecretKind;
  readonly lead: RegExp;
}

/** How a secret is written: in clear text, reversibly, or as a hash. */
export const WRITTEN =
  'encrypted|cipher|irreversible-cipher|simple|plain|plaintext|clear|cleartext|ascii|ascii-text|hex|hexadecimal|hashed|hash|localized|sha1|sha256|sha512|crypt|des|scrypt';
const FIRST_WORD = /[A-Za-z/:][\w:+./-]{0,31}/y;
/** A sentence, not a statement: `username wren password is wrong`. */
const IN_SENTENCE =
  /^(?:is|was|were|been|has|had|and|or|for|to|of|in|on|at|by|the|a|must|should|will|can|cannot|does|did|do|not|as|with|from|are|failed|fails|mismatch|expired|changed|change|changes|reset|missing|rejected|accepted|denied|policy|works|attempt|required|authentication|encryption|exchange|rotation|renewal|management|recovery|again|twice|once|here|there|now|yet|field|prompt|only|first|later|correctly|below|follows|unten|anbei)$/i;
/** Words that continue the statement instead of being its secret. */
const OPTION_WORD =
  /^(?:md5|sha|text|ascii|encrypted|cipher|simple|local|remote|address|hostname|key-chain|level|expire|version|user|host|v[123]c?|[{}]|no|required|generate|import|export|zeroize|message-digest|local|default|null|chap|pap|mschap|none)$/i;

function readLead(row: string): string {
  return row
    .replaceAll('#', `(?:(?:\\d{1,2}|${WRITTEN})~)?`)
    .replaceAll('@', '(?:"[^"]{1,100}"|[^\\s"]{1,100})')
    .replaceAll('~', '[ \\t]{1,12}');
}

export function statement(kind: SecretKind, lead: string, anywhere = false): VendorStatement {
  return {
    kind,
    lead: new RegExp(`${anywhere ? '\\b(?<!\\w-)' : ''}${readLead(lead)}(?=\\S)`, anywhere ? 'gi' : 'iy'),
  };
}

export function byFirstWord(table: StatementTable): ReadonlyMap<string, readonly VendorStatement[]> {
  return new Map(
    Object.entries(table).map(([first, rows]) => [
      first,
      rows.map(([kind, lead]) => statement(kind, first.replaceAll(/[.+*/]/g, '\\$&') + lead)),
    ]),
  );
}

export function firstWord(line: string, at: number): string {
  FIRST_WORD.lastIndex = at;
  return FIRST_WORD.exec(line)?.[0].toLowerCase() ?? '';
}

export function secretAt(line: string, at: number, kind: SecretKind): readonly Span[] {
  const value = readQuoted(line, at) ?? readWord(line, at, ';');
  const head = line.slice(value.start, Math.min(value.end, value.start + 20));
  // A heading, a key in a sentence, a column: `Password expiration`, `primary key (id)`, `password varchar(64)`.
  const isHeading =
    /(?:^|\s)[A-Z]\w*[ \t]+$/.test(line.slice(Math.max(0, value.start - 80), value.start)) &&
    isOrdinary(head);
  const isSentence =
    isHeading ||
    /^\(\w{1,20}[),]|^[a-z]{2,12}\(\d{1,6}\)$|^\p{L}+:$/iu.test(head) ||
    (/[.,:?!]$/.test(head) && isOrdinary(head.slice(0, -1)));
  return isSentence || IN_SENTENCE.test(head) || OPTION_WORD.test(head) ? [] : toSpan(line, value, kind);
}
