import type { SecretKind } from '../kinds.ts';
import { isOrdinary } from '../ordinary-words.ts';
import { startsPem } from '../pem.ts';
import { findSecretKind } from '../secret-names.ts';
import type { LineContext, Span } from '../spans.ts';
import {
  findMatches,
  lineEnd,
  marginEnd,
  type ReadValue,
  readQuoted,
  readWord,
  SECRET_LIKE,
  skipBlanks,
  toSpan,
} from '../values.ts';
import { encryptedSpan, hashKind, isEncMark } from './encrypted.ts';

/** A log of configuration errors quotes every word: `"set" "psksecret" "…"`. */
const SET =
  /(?<!\w|\w-)(?:set|append|se(?=[ \t]{1,4}(?:passw?d?|psk\w{0,6}|sec(?:ret?)?)[ \t]))"?[ \t]{1,16}"?([a-z][\w-]{0,48})"?(?=[ \t])/gi;
/** Text allowed before a command: indentation, a diff or quote mark, a prompt. */
const COMMAND_START = /(?:^|[#$;"']|\\n)(?:&gt;|[\s>+|`*•-]){0,64}$/;
/** Too common in prose to count as commands in the middle of a sentence. */
const PROSE = new Set(['key', 'token', 'name']);
/** The content of a header that says how a body is written. */
const MEDIA_TYPE = /^"?(?:application|text|image|multipart|\*)\//;
/** Characters between the header of a community and its name. */
const MAX_COMMUNITY_DISTANCE = 2000;
/** Words that continue configuration whose line ends were lost; `>>` is a remark, `<---` a grep mark. */
const NEXT_COMMAND = /[ \t](?:set|unset|append|next|end|config|edit|>>|<---)(?=\s|$)/;

/** `set NAME VALUE…` of a configuration, a transcript or a typed line. */
export function findSetSecrets(line: string, context: LineContext): readonly Span[] {
  const spans: Span[] = [];
  for (const match of findMatches(SET, line)) {
    const name = (match[1] as string).toLowerCase();
    // A sentence about the command: `"set psksecret" needs six characters`.
    if (match[0].endsWith('"') && !/"[^"]+"$/.test(match[0])) continue;
    const kind = findKind(name, context, line, match.index);
    if (!kind) continue;
    const isCommand =
      match.index <= marginEnd(line) ||
      COMMAND_START.test(line.slice(Math.max(0, match.index - 64), match.index));
    const at = skipKeyNumber(line, skipBlanks(line, match.index + match[0].length), name);
    // `set seed is shown only for administrators`
    if (/^(?:is|was|are|must|can|will|needs) [a-z]/.test(line.slice(at, at + 8))) continue;
    if (name === 'content' && MEDIA_TYPE.test(line.slice(at, at + 40))) continue;
    if (
      !isCommand &&
      (PROSE.has(name) ? !looksSecret(line, at) : isOrdinary(line.slice(at).split(/[^\p{L}]/u, 1)[0] ?? ''))
    )
      continue;
    spans.push(...valueSpans(line, at, kind, isCommand));
  }
  return spans;
}

function looksSecret(line: string, at: number): boolean {
  const value = readQuoted(line, at) ?? readWord(line, at);
  return SECRET_LIKE.test(line.slice(value.start, Math.min(value.end, value.start + 257)));
}

function findKind(name: string, context: LineContext, line: string, at: number): SecretKind | undefined {
  if (name === 'name') return context.inCommunity || isBelowCommunity(line, at) ? 'community' : undefined;
  if ((name === 'content' || name === 'value') && context.inHeaders) return 'api-key';
  return findSecretKind(name, 'set');
}

/** `config system snmp community` within a line. */
const COMMUNITY_BLOCK =
  /config\s{1,8}(?:sys\w{0,3} snmp comm\w{0,5}|(?:switch-controller )?snmp-community|community)(?![\w-])/gi;

/** A configuration in JSON is one line with `\n` for its line breaks. */
function isBelowCommunity(line: string, at: number): boolean {
  const from = line.slice(Math.max(0, at - MAX_COMMUNITY_DISTANCE), at);
  const config = Array.from(from.matchAll(COMMUNITY_BLOCK)).at(-1);
  if (!config) return false;
  const since = from.slice(config.index + config[0].length);
  const opened = since.match(/(?<![\w-])config /g)?.length ?? 0;
  const ended = since.match(/(?:\\n|\s)end(?![\w-])/g)?.length ?? 0;
  return ended <= opened;
}

/** `set md5-key 1 <value>`. */
function skipKeyNumber(line: string, at: number, name: string): number {
  if (!name.startsWith('md5-key')) return at;
  const number = /^\d{1,3}[ \t]+(?=\S)/.exec(line.slice(at, at + 32));
  return number ? at + number[0].length : at;
}

function valueSpans(line: string, from: number, kind: SecretKind, isCommand: boolean): readonly Span[] {
  if (startsPem(line, from)) return [];
  if (isEncMark(line, from)) return encryptedSpan(line, from, hashKind(kind), undefined, isCommand);
  const quoted = readQuoted(line, from);
  if (quoted) return quotedSpans(line, quoted, kind);
  const value = isCommand ? readCommandRest(line, from) : readWord(line, from);
  const atEnd = value.end === lineEnd(line);
  return toSpan(line, atEnd ? { ...value, open: { by: 'word', encoded: false } } : value, kind);
}

/** FortiOS joins several quoted parts, so all of them are the value. */
function quotedSpans(line: string, first: ReadValue, kind: SecretKind): readonly Span[] {
  if (isEncMark(line, first.start)) {
    const isAlone = first.end === first.start + 3 && !first.open;
    return encryptedSpan(line, first.start, hashKind(kind), isAlone ? undefined : first);
  }
  const spans = [...toSpan(line, first, kind)];
  let value: ReadValue | undefined = first;
  while (value && !value.open) {
    value = readQuoted(line, skipBlanks(line, value.next));
    if (value) spans.push(...toSpan(line, value, kind));
  }
  return spans;
}

function readCommandRest(line: string, from: number): ReadValue {
  const stop = NEXT_COMMAND.exec(line.slice(from));
  const end = stop ? from + stop.index : Math.max(from, lineEnd(line));
  return { start: from, end, next: end };
}
