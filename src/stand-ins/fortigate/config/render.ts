import { createStatementReader } from '../../../engine/fortios/config/lex.ts';
import type {
  ConfigBlock,
  ConfigDocument,
  ConfigEntry,
  ConfigScope,
  Setting,
} from '../../../engine/fortios/config/types.ts';

const INDENT = '    ';
const BARE = /^[A-Za-z0-9_.:/+*,-]+$/;
const NUMBER = /^\d+$/;

/**
 * Configuration as FortiOS prints it, without a final newline. Parsing it again gives the same tree except line
 * numbers and comments. What FortiOS quotes depends on its schema; so a line is printed as it was read if possible,
 * and otherwise values are quoted unless they are plain words.
 */
export function renderConfig(document: ConfigDocument): string {
  const parts: string[] = [];
  if (document.header) parts.push(document.header.text);
  if (document.vdoms.length > 0) {
    parts.push(
      ['config vdom', ...document.vdoms.flatMap((name) => [`edit ${name}`, 'next']), 'end', ''].join('\n'),
    );
  }
  for (const { scope, blocks } of groupByScope(document.blocks)) {
    const body = blocks.map((block) => renderBlock(block));
    if (scope.kind === 'none') parts.push(...body);
    if (scope.kind === 'global') parts.push('config global', ...body, 'end', '');
    if (scope.kind === 'vdom') parts.push('config vdom', `edit ${scope.name}`, ...body, 'end', '');
  }
  return parts.join('\n');
}

export function renderBlock(block: ConfigBlock, depth = 0): string {
  const indent = INDENT.repeat(depth);
  return [
    `${indent}config ${renderPath(block)}`,
    ...block.settings.map((each) => `${indent}${INDENT}${renderSetting(each)}`),
    ...block.blocks.map((each) => renderBlock(each, depth + 1)),
    ...block.entries.map((each) => renderEntry(each, depth + 1)),
    `${indent}end`,
  ].join('\n');
}

function renderEntry(entry: ConfigEntry, depth: number): string {
  const indent = INDENT.repeat(depth);
  const head = asWritten(entry.text, ['edit', entry.key]);
  return [
    `${indent}${head ?? `edit ${NUMBER.test(entry.key) ? entry.key : quote(entry.key)}`}`,
    ...entry.settings.map((each) => `${indent}${INDENT}${renderSetting(each)}`),
    ...entry.blocks.map((each) => renderBlock(each, depth + 1)),
    `${indent}next`,
  ].join('\n');
}

function renderSetting(setting: Setting): string {
  const words = [setting.verb, setting.name, ...setting.values];
  const written = asWritten(setting.text, words);
  if (written !== undefined) return written;
  return [setting.verb, bareOrQuoted(setting.name), ...setting.values.map(bareOrQuoted)].join(' ');
}

function renderPath(block: ConfigBlock): string {
  const words = block.path.split(' ');
  const written = asWritten(block.text, ['config', ...words]);
  return written?.slice('config '.length) ?? words.map(bareOrQuoted).join(' ');
}

/** The line as in the source, without annotations, if it has exactly these words. */
function asWritten(text: string, words: readonly string[]): string | undefined {
  const read = createStatementReader([text])(0);
  const same =
    read.terminated &&
    read.words.length === words.length &&
    words.every((word, at) => word === read.words[at]);
  return same ? text.slice(0, read.end) : undefined;
}

function bareOrQuoted(value: string): string {
  return BARE.test(value) ? value : quote(value);
}

function quote(value: string): string {
  return `"${value.replace(/["\\]/g, '\\$&')}"`;
}

function groupByScope(blocks: readonly ConfigBlock[]) {
  const groups: { readonly scope: ConfigScope; readonly blocks: ConfigBlock[] }[] = [];
  for (const block of blocks) {
    const last = groups.at(-1);
    if (last && sameScope(last.scope, block.scope)) last.blocks.push(block);
    else groups.push({ scope: block.scope, blocks: [block] });
  }
  return groups;
}

function sameScope(a: ConfigScope, b: ConfigScope): boolean {
  return a.kind === b.kind && (a.kind !== 'vdom' || b.kind !== 'vdom' || a.name === b.name);
}
