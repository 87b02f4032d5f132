import { BlockNode, type ConfigSource, cacheSettings, EntryNode } from './nodes.ts';
import { isRootPath } from './root-paths.ts';
import type { ConfigDocument, ConfigScope } from './types.ts';

interface Place {
  readonly line: number;
  /** Number of white space characters before the verb. */
  readonly indent: number;
}

type Frame =
  | { readonly kind: 'global' }
  | { readonly kind: 'vdoms' }
  | { readonly kind: 'vdom'; readonly name: string }
  | {
      readonly kind: 'block';
      readonly block: BlockNode;
      readonly indent: number;
      /** Created with the first entry, because a text may consist of blocks without entries. */
      byKey?: Map<string, EntryNode>;
    }
  | { readonly kind: 'entry'; readonly entry: EntryNode };

/** Real configurations nest five deep. Deeper blocks are dropped to prevent a stack overflow in recursive code. */
const MAX_DEPTH = 24;

/**
 * More than any device has: protects against a text of tiny blocks only. Further nodes are dropped, and the result is
 * marked as abridged.
 */
const MAX_NODES = 200_000;
const MAX_SETTINGS = 10_000;
const MAX_VDOMS = 10_000;
/** Limits memory; further problems are not recorded. */
const MAX_PROBLEMS = 1_000;

export function createConfigTree(text: ConfigSource) {
  const source = cacheSettings(text);
  let nodes = 0;
  const blocks: BlockNode[] = [];
  const vdoms = new Set<string>();
  const problems: { line: number; what: string }[] = [];
  const stack: Frame[] = [];
  let complete = true;
  let abridged = false;
  let tooDeep = 0;

  return {
    openBlock,
    openEntry,
    closeEntry,
    closeBlock,
    abandon,
    addSetting,
    abridge,
    foreignLine,
    problem,
    finish,
  };

  function problem(line: number, what: string): void {
    if (problems.length < MAX_PROBLEMS) problems.push({ line, what });
  }

  function openBlock(words: readonly string[], place: Place): void {
    const [first] = words;
    if (first === undefined) {
      problem(place.line, 'config without a path');
      return;
    }
    const root = stack.find((frame) => frame.kind === 'block');
    const startsAnew = isRootPath(words) || isWrapper(words);
    if (root && startsAnew && place.indent <= root.indent) cutOff(root.block);
    if (isWrapper(words) && !stack.some((frame) => frame.kind === 'block')) {
      openWrapper(first);
      return;
    }

    if (tooDeep > 0 || stack.length >= MAX_DEPTH) {
      tooDeep += 1;
      problem(place.line, 'nested too deeply');
      return;
    }
    const block = new BlockNode(source, place.line, words.join(' '), scopeOf(stack));
    if (isKept()) addBlock(block);
    stack.push({ kind: 'block', block, indent: place.indent });
  }

  function openWrapper(word: string): void {
    if (stack.length > 0) complete = false;
    stack.length = 0;
    stack.push({ kind: word === 'global' ? 'global' : 'vdoms' });
  }

  /** Closes a block whose text is truncated, because another block begins. */
  function cutOff(block: BlockNode): void {
    complete = false;
    const at = stack.findIndex((frame) => frame.kind === 'block' && frame.block === block);
    stack.length = at;
    tooDeep = 0;
  }

  function addBlock(block: BlockNode): void {
    const parent = stack.at(-1);
    if (parent?.kind === 'block') parent.block.addBlock(block);
    else if (parent?.kind === 'entry') parent.entry.addBlock(block);
    else blocks.push(block);
  }

  /** False beyond the node limit: the block is parsed to its end and then dropped. */
  function isKept(): boolean {
    nodes += 1;
    if (nodes > MAX_NODES) abridge();
    return nodes <= MAX_NODES;
  }

  function openEntry(words: readonly string[], place: Place): void {
    if (tooDeep > 0) return;
    const key = words[0];
    if (key === undefined) {
      problem(place.line, 'edit without a name');
      return;
    }
    if (stack.at(-1)?.kind === 'entry') closeTopEntry();
    if (stack.at(-1)?.kind === 'vdom') stack.pop();
    const parent = stack.at(-1);
    if (parent?.kind === 'vdoms') {
      if (vdoms.size < MAX_VDOMS) vdoms.add(key);
      else abridged = true;
      stack.push({ kind: 'vdom', name: key });
      return;
    }
    if (parent?.kind !== 'block') {
      problem(place.line, 'edit outside a block');
      return;
    }
    // A second `edit` with the same name continues the entry; `edit 0` always creates a new one.
    const again = key === '0' ? undefined : parent.byKey?.get(key);
    const entry = again ?? new EntryNode(source, place.line, key);
    entry.closed = false;
    if (!again && isKept()) {
      parent.block.addEntry(entry);
      parent.byKey ??= new Map();
      parent.byKey.set(key, entry);
    }
    stack.push({ kind: 'entry', entry });
  }

  function closeTopEntry(endLine?: number): void {
    const top = stack.pop();
    if (top?.kind !== 'entry') return;
    top.entry.closed = true;
    if (endLine !== undefined) top.entry.endLine = endLine;
  }

  function closeEntry({ line }: Place): void {
    if (tooDeep > 0) return;
    const top = stack.at(-1);
    // FortiOS lists VDOMs as `edit root`, `next`, but omits `next` if the VDOM's own blocks follow.
    if (top?.kind === 'vdoms') return;
    if (top?.kind === 'vdom') {
      stack.pop();
      return;
    }
    const at = stack.findLastIndex((frame) => frame.kind === 'entry');
    if (at === -1) {
      problem(line, 'next outside an entry');
      return;
    }
    if (at < stack.length - 1) {
      problem(line, 'next inside a block that is still open');
      complete = false;
      stack.length = at + 1;
    }
    closeTopEntry(line);
  }

  function closeBlock({ line }: Place): void {
    if (tooDeep > 0) {
      tooDeep -= 1;
      return;
    }
    const top = stack.at(-1);
    if (!top) {
      problem(line, 'end without config');
      return;
    }
    if (top.kind === 'entry') closeTopEntry();
    if (top.kind === 'vdom') stack.pop();
    const frame = stack.pop();
    if (frame?.kind !== 'block') return;
    frame.block.closed = true;
    frame.block.endLine = line;
  }

  /** Records that lines were left out: in the open entry, else in the open blocks, else whole blocks. */
  function abridge(): void {
    abridged ||= !stack.some((frame) => frame.kind === 'entry' || frame.kind === 'block');
    const inner = stack.findLastIndex((frame) => frame.kind === 'entry');
    for (const frame of inner === -1 ? stack : stack.slice(inner)) {
      if (frame.kind === 'entry') frame.entry.abridged = true;
      if (frame.kind === 'block') frame.block.abridged = true;
    }
  }

  /** A line inside a block that is no configuration may stand where a setting was: the block shows no absence. */
  function foreignLine(line: number): void {
    problem(line, 'not a configuration line');
    if (stack.some((frame) => frame.kind === 'entry' || frame.kind === 'block')) abridge();
  }

  /** `abort` discards what was typed since the outermost `config`. */
  function abandon(): void {
    if (stack.length > 0) complete = false;
    stack.length = 0;
    tooDeep = 0;
  }

  function addSetting(verb: string, [name]: readonly string[], line: number): void {
    if (tooDeep > 0) return;
    if (name === undefined) {
      problem(line, 'no setting named');
      return;
    }
    const top = stack.at(-1);
    const holder = top?.kind === 'block' ? top.block : top?.kind === 'entry' ? top.entry : undefined;
    if (!holder) problem(line, `${verb} outside a block`);
    else if (holder.settingCount() < MAX_SETTINGS) holder.addSetting(line);
    else abridge();
  }

  function finish(): Omit<ConfigDocument, 'header'> {
    const closed = complete && stack.length === 0;
    return { blocks, vdoms: [...vdoms], closed, ...(abridged ? { abridged } : {}), problems };
  }
}

function isWrapper(words: readonly string[]): boolean {
  return words.length === 1 && (words[0] === 'global' || words[0] === 'vdom');
}

const GLOBAL: ConfigScope = { kind: 'global' };
const NO_SCOPE: ConfigScope = { kind: 'none' };

function scopeOf(stack: readonly Frame[]): ConfigScope {
  const [first, second] = stack;
  if (first?.kind === 'global') return GLOBAL;
  if (first?.kind === 'vdoms' && second?.kind === 'vdom') return { kind: 'vdom', name: second.name };
  return NO_SCOPE;
}
