import { isWrapper } from '../fortios/config/build-tree.ts';
import type { createStatementReader } from '../fortios/config/lex.ts';
import { isRootPath } from '../fortios/config/root-paths.ts';
import { simpleStatement } from '../fortios/config/simple-statement.ts';
import { tableOfEntry } from '../fortios/config/table-of-entry.ts';

type ReadStatement = ReturnType<typeof createStatementReader>;

const VERB =
  /^([ \t]*)(config|edit|set|unset|append|select|unselect|next|end|delete|rename|move|clone)(?=[ \t]|$)/;
const PATH_WORD = /^[a-z0-9][\w.+-]{0,40}$/i;
const HEADER = /^#config-version=/;
/** Comments of backup tools between blocks; FortiOS itself writes `#` only. */
const COMMENT = /^[ \t]*(?:[#!;]|\/\/|[-=*]{3})/;
/** Lines after `config …` in which the block's first line may come: web pages put blank lines between them. */
const LOOKAHEAD_LINES = 6;
/** Lines inside an open block that are not configuration, before the block counts as truncated. */
const MAX_STRAY_LINES = 3;

/**
 * Whether a backup, a `show` output or a part of one begins here. Prose that mentions `config system …` does not
 * count.
 */
export function startsConfig(lines: readonly string[], at: number): boolean {
  const line = lines[at] ?? '';
  if (HEADER.test(line)) return true;
  const verb = VERB.exec(line)?.[2];
  if (verb === 'edit') return !isContinuation(lines, at) && tableOfEntry(lines, at) !== undefined;
  return verb === 'config' && isRoot(pathWords(line)) && hasBlockBelow(lines, at);
}

/** Whether a text begins here inside a table that ends below: the rest of a backup that was split. */
function isContinuation(lines: readonly string[], at: number): boolean {
  let above = at - 1;
  while (above >= 0 && lines[above]?.trim() === '') above -= 1;
  return above < 0 && lines.some((line) => /^end\s*$/.test(line));
}

/** Whether a line of a block, or its `end`, follows `config …`. */
function hasBlockBelow(lines: readonly string[], at: number): boolean {
  for (let next = at + 1; next < lines.length && next <= at + LOOKAHEAD_LINES; next += 1) {
    const below = (lines[next] ?? '').slice(0, 200);
    if (VERB.test(below)) return true;
    if (below.trim() !== '' && !below.trimStart().startsWith('#')) return false;
  }
  return false;
}

/** The path of a table behind `config`, or `global` or `vdom`. */
function isRoot(words: readonly string[]): boolean {
  return isWrapper(words) || (isRootPath(words) && isPath(words));
}

/** The path of any table: a release may have tables that no list names. */
function isPath(words: readonly string[]): boolean {
  return words.length <= 6 && words.every((word) => PATH_WORD.test(word));
}

/** Words after `config`, without remarks that people add; a quoted name is one word. */
function pathWords(line: string): readonly string[] {
  const [path = ''] = line
    .slice(0, 300)
    .trim()
    .slice('config'.length)
    .split(/[ \t](?:[<>#(]|--|\/\/)/, 1);
  return path
    .replace(/"[^"]{0,80}"/g, 'name')
    .trim()
    .split(/[ \t]+/);
}

/** `    set status enable`, `next` */
const STATEMENT = /^[ \t]*(?:(?:config|edit|set|unset|append)[ \t]+\S|(?:next|end)[ \t]*$)/;

/** Whether text below a configuration holds more of it, as behind a disturbance of the terminal. */
export function holdsStatement(lines: readonly string[], from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if (STATEMENT.test(lines[at] ?? '')) return true;
  return false;
}

/**
 * Index after the last line of the configuration that begins at `from`. Blocks separated only by blank lines and
 * comments are one configuration; it ends where other text begins or `isOther` returns true.
 */
export function endOfConfig(
  lines: readonly string[],
  from: number,
  read: ReadStatement,
  isOther: (at: number) => boolean,
): number {
  const open: { readonly indent: number; readonly wrapper: boolean; readonly entry?: true }[] = [];
  let end = from;
  let stray = 0;
  for (let at = from; at < lines.length; ) {
    const line = lines[at] ?? '';
    const match = VERB.exec(line);
    if (!match) {
      const start = line.slice(0, 80).trimStart();
      if (open.length === 0 && COMMENT.test(start) && !HEADER.test(line)) {
        at += 1;
        continue;
      }
      if (HEADER.test(line)) {
        if (at > from && end > from) return end;
        end = at + 1;
      } else if (start !== '' && !start.startsWith('#')) {
        stray += 1;
        if (open.length === 0 || stray > MAX_STRAY_LINES || isOther(at)) return end;
      }
      at += 1;
      continue;
    }
    const [, { length: indent } = '', verb] = match;
    if (verb === 'config') {
      const words = pathWords(line);
      const opens = isRoot(words);
      const goesOn = opens || (isPath(words) && hasBlockBelow(lines, at));
      if (open.length === 0 && !goesOn) return end;
      const root = open.find((each) => !each.wrapper);
      if (root && indent <= root.indent && opens) open.length = open[0]?.wrapper ? 1 : 0;
      const wrapper = isWrapper(words);
      // Wrappers do not nest; a second one means that the first was truncated.
      if (wrapper && !root) open.length = 0;
      open.push({ indent, wrapper });
    } else if (verb === 'end') {
      if (open.length === 0) return end;
      open.pop();
    } else if (open.length === 0 && verb === 'edit' && tableOfEntry(lines, at) !== undefined) {
      open.push({ indent, wrapper: false, entry: true });
    } else if (verb === 'next' && open.length === 1 && open[0]?.entry) {
      open.pop();
    } else if (open.length === 0 && verb !== 'next') {
      return end;
    }
    at = simpleStatement(line) ? at + 1 : read(at).next;
    end = at;
    stray = 0;
  }
  return end;
}
