import { toWords } from './words.ts';

/** `| grep [-invfcABC] PATTERN`, as in FortiOS. */
export interface Grep {
  readonly pattern: string;
  readonly ignoreCase: boolean;
  readonly invert: boolean;
  readonly number: boolean;
  readonly count: boolean;
  /** Prints the `config` block around a match, of a table only the entry, and marks the match. */
  readonly block: boolean;
  readonly before: number;
  readonly after: number;
}

/** Splits a line at its pipe; `invalid` if FortiOS would not accept what follows it. */
export function splitGrep(line: string): { readonly command: string; readonly grep?: Grep | 'invalid' } {
  const at = findPipe(line);
  if (at === -1) return { command: line };
  return { command: line.slice(0, at), grep: parseGrep(line.slice(at + 1).trim()) ?? 'invalid' };
}

/** The first pipe outside quotes. */
function findPipe(line: string): number {
  let quote = '';
  for (let at = 0; at < line.length; at += 1) {
    const char = line.charAt(at);
    if (quote !== '') quote = char === quote ? '' : quote;
    else if (char === '"' || char === "'") quote = char;
    else if (char === '|') return at;
  }
  return -1;
}

export function applyGrep(grep: Grep, lines: readonly string[]): string[] {
  const found = matcher(grep);
  const hits = lines.flatMap((line, at) => (found(line) === grep.invert ? [] : [at]));
  if (grep.count) return [String(hits.length)];
  const marked = new Set(hits);
  const shown = new Set(hits.flatMap((at) => around(lines, at, grep)));
  return [...shown]
    .sort((a, b) => a - b)
    .map((at) => {
      const mark = grep.block && marked.has(at) ? ' <---' : '';
      return `${grep.number ? `${at + 1}:` : ''}${lines[at] ?? ''}${mark}`;
    });
}

/** `.` matches any character, `[…]` one of several, `^` and `$` the ends of a line; no other metacharacters are supported. */
function matcher({ pattern, ignoreCase }: Grep): (line: string) => boolean {
  const atStart = pattern.startsWith('^');
  const atEnd = pattern.length > 1 && pattern.endsWith('$');
  const body = pattern
    .slice(atStart ? 1 : 0, atEnd ? -1 : undefined)
    .replace(/[*+?(){}\\|^$]|\[(?![^\]]+\])/g, '\\$&');
  const source = `${atStart ? '^' : ''}${body}${atEnd ? '$' : ''}`;
  const compiled = new RegExp(source, ignoreCase ? 'i' : '');
  return (line) => compiled.test(line);
}

function parseGrep(text: string): Grep | undefined {
  const cut = toWords(text);
  if (cut.kind !== 'words' || findPipe(text) !== -1) return undefined;
  const [name, ...words] = cut.words;
  if (name !== 'grep') return undefined;
  let flags = '';
  const context = { A: 0, B: 0, C: 0 };
  const patterns: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const [, letters = '', amount = ''] = /^-([invfcABC]+)(\d{0,3})$/.exec(word) ?? [];
    const last = letters.at(-1);
    // A recorded console refused `-fi`: `-f` cannot be combined.
    if (letters.length > 1 && letters.includes('f')) return undefined;
    if (letters === '') patterns.push(word);
    flags += letters;
    if (last !== 'A' && last !== 'B' && last !== 'C') continue;
    if (amount === '') at += 1;
    context[last] = Number(amount || words[at]) || 0;
  }
  const [pattern, ...others] = patterns;
  if (pattern === undefined || pattern.startsWith('-') || others.length > 0) return undefined;
  return {
    pattern,
    ignoreCase: flags.includes('i'),
    invert: flags.includes('v'),
    number: flags.includes('n'),
    count: flags.includes('c'),
    block: flags.includes('f'),
    before: Math.max(context.B, context.C),
    after: Math.max(context.A, context.C),
  };
}

function around(lines: readonly string[], at: number, grep: Grep): number[] {
  if (grep.block) return blockAround(lines, at);
  return range(at - grep.before, at + grep.after).filter((index) => index >= 0 && index < lines.length);
}

/** First and last line of the block, and between them the entry of the match, or all of an object. */
function blockAround(lines: readonly string[], at: number): number[] {
  const opens = lines.findLastIndex((line, index) => index <= at && line.startsWith('config '));
  const closes = lines.findIndex((line, index) => index >= at && line === 'end');
  if (opens === -1 || closes === -1) return [at];
  const entry = lines.findLastIndex((line, index) => index <= at && index > opens && /^ {4}edit /.test(line));
  if (entry === -1) return range(opens, closes);
  const next = lines.findIndex((line, index) => index >= at && /^ {4}next$/.test(line));
  return [opens, ...range(entry, next), closes];
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
