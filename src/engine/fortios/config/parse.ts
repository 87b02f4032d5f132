import { joinBroken } from './broken-lines.ts';
import { ConfigTree } from './build-tree.ts';
import { parseHeader, parseOnlyVdom } from './header.ts';
import { createStatementReader, type Statement } from './lex.ts';
import { isAbridged, isOmission } from './omission.ts';
import { simpleStatement } from './simple-statement.ts';
import { tableOfEntry } from './table-of-entry.ts';
import type { ConfigDocument, ConfigHeader, Setting } from './types.ts';

const VERBS: ReadonlySet<string> = new Set(
  'config conf edit set unset append select unselect next end abort delete rename move clone clear purge'.split(
    ' ',
  ),
);
const VERB = new RegExp(`^([ \\t\\xa0]*)(${[...VERBS].join('|')})(?=[ \\t\\xa0\\r]|$)`);

/**
 * Parses FortiOS configuration: a backup, the output of `show`, or a fragment of either. Never throws; takes time linear
 * in the text.
 */
export function parseConfig(lines: readonly string[]): ConfigDocument {
  const read = createStatementReader(lines);
  const tree = new ConfigTree({ settingAt, textAt: (line) => (lines[line - 1] ?? '').trim() });
  let header: ConfigHeader | undefined;

  for (let index = 0; index < lines.length; ) {
    const raw = lines[index] ?? '';
    const line = index + 1;
    const simple = simpleStatement(raw);
    const [simpleVerb = ''] = simple?.words ?? [];
    if (simple && VERBS.has(simpleVerb)) {
      handle(simpleVerb, simple.words.slice(1), { line, indent: simple.indent });
      index += 1;
      continue;
    }
    const match = VERB.exec(raw);
    if (!match) {
      if (raw.startsWith('#')) header = readHeader(header, raw.trim(), line);
      if (!isIgnorable(raw)) tree.foreignLine(line);
      if (isOmission(raw)) tree.abridge();
      index += 1;
      continue;
    }
    const [, indent = '', verb = ''] = match;
    const statement = statementAt(index);
    const words = statement.words.slice(1);
    if (!statement.terminated) tree.problem(line, 'a quote is opened and never closed');
    handle(verb, words, { line, indent: indent.length });
    index = statement.next;
  }
  return { header, ...tree.finish() };

  function statementAt(index: number): Statement {
    const whole = read(index);
    const oneLine = whole.terminated && whole.next === index + 1;
    const cut = oneLine ? joinBroken(lines, index, isOwn) : undefined;
    return cut ? { ...createStatementReader([cut.text])(0), next: cut.next } : whole;
  }

  /** Parsed on request: most settings are never used, and a parsed one takes many times the memory of its text. */
  function settingAt(line: number): Setting {
    const text = lines[line - 1] ?? '';
    const { words } = simpleStatement(text) ?? statementAt(line - 1);
    const [verb = 'set', name = ''] = words;
    return { verb: verb as Setting['verb'], name, values: words.slice(2), line, text: text.trim() };
  }

  function handle(verb: string, words: readonly string[], at: { line: number; indent: number }) {
    switch (verb) {
      case 'config':
      case 'conf':
        return tree.openBlock(words, at);
      case 'edit':
        if (tree.isAtRoot()) tree.openTable(tableOfEntry(lines, at.line - 1), at);
        return tree.openEntry(words, at);
      case 'next':
        return tree.closeEntry(at);
      case 'end':
        return tree.closeBlock(at);
      case 'abort':
        return tree.abandon();
      case 'set':
        // FortiOS prints an empty value as `''`: a line without one was cut.
        if (words.length < 2 && !isAbridged(words)) return tree.foreignLine(at.line);
        return isAbridged(words) ? tree.abridge() : tree.addSetting(verb, words, at.line);
      case 'unset':
      case 'append':
      case 'select':
      case 'unselect':
        return isAbridged(words) ? tree.abridge() : tree.addSetting(verb, words, at.line);
      default:
        // delete, rename, move, clone, clear, purge: used in scripts, never printed by FortiOS.
        return undefined;
    }
  }
}

function readHeader(
  header: ConfigHeader | undefined,
  comment: string,
  line: number,
): ConfigHeader | undefined {
  if (!header) return parseHeader(comment, line);
  const onlyVdom = parseOnlyVdom(comment);
  return onlyVdom === undefined ? header : { ...header, onlyVdom };
}

function isOwn(line: string): boolean {
  return isIgnorable(line) || VERB.test(line);
}

function isIgnorable(raw: string): boolean {
  const first = /[^\s]/.exec(raw)?.[0];
  return first === undefined || first === '#';
}
