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
      /** For one entry without a `config` line: it ends with the entry. */
      readonly ofEntry?: true;
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

/** The tree of a configuration, from its statements in order. */
export class ConfigTree {
  readonly #source: ReturnType<typeof cacheSettings>;
  #nodes = 0;
  readonly #blocks: BlockNode[] = [];
  readonly #vdoms = new Set<string>();
  readonly #problems: { line: number; what: string }[] = [];
  readonly #stack: Frame[] = [];
  #complete = true;
  #abridged = false;
  #tooDeep = 0;

  constructor(text: ConfigSource) {
    this.#source = cacheSettings(text);
  }

  problem(line: number, what: string): void {
    if (this.#problems.length < MAX_PROBLEMS) this.#problems.push({ line, what });
  }

  openBlock(words: readonly string[], place: Place): void {
    const [first] = words;
    if (first === undefined) {
      this.problem(place.line, 'config without a path');
      return;
    }
    const root = this.#stack.find((frame) => frame.kind === 'block');
    const startsAnew = isRootPath(words) || isWrapper(words);
    if (root && startsAnew && place.indent <= root.indent) this.#cutOff(root.block);
    if (isWrapper(words) && !this.#stack.some((frame) => frame.kind === 'block')) {
      this.#openWrapper(first);
      return;
    }

    if (this.#tooDeep > 0 || this.#stack.length >= MAX_DEPTH) {
      this.#tooDeep += 1;
      this.problem(place.line, 'nested too deeply');
      return;
    }
    const block = new BlockNode(this.#source, place.line, words.join(' '), currentScope(this.#stack));
    if (this.#isKept()) this.#addBlock(block);
    this.#stack.push({ kind: 'block', block, indent: place.indent });
  }

  isAtRoot(): boolean {
    return this.#stack.length === 0 && this.#tooDeep === 0;
  }

  /** The table of an entry that has no `config` line above it. */
  openTable(path: string | undefined, { line, indent }: Place): void {
    if (path === undefined) return;
    const block = new BlockNode(this.#source, line, path, NO_SCOPE);
    if (this.#isKept()) this.#blocks.push(block);
    this.#stack.push({ kind: 'block', block, indent, ofEntry: true });
  }

  #openWrapper(word: string): void {
    if (this.#stack.length > 0) this.#complete = false;
    this.#stack.length = 0;
    this.#stack.push({ kind: word === 'global' ? 'global' : 'vdoms' });
  }

  /** Closes a block whose text is truncated, because another block begins. */
  #cutOff(block: BlockNode): void {
    this.#complete = false;
    const at = this.#stack.findIndex((frame) => frame.kind === 'block' && frame.block === block);
    this.#stack.length = at;
    this.#tooDeep = 0;
  }

  #addBlock(block: BlockNode): void {
    const parent = this.#stack.at(-1);
    if (parent?.kind === 'block') parent.block.addBlock(block);
    else if (parent?.kind === 'entry') parent.entry.addBlock(block);
    else this.#blocks.push(block);
  }

  /** False beyond the node limit: the block is parsed to its end and then dropped. */
  #isKept(): boolean {
    this.#nodes += 1;
    if (this.#nodes > MAX_NODES) this.abridge();
    return this.#nodes <= MAX_NODES;
  }

  openEntry(words: readonly string[], place: Place): void {
    if (this.#tooDeep > 0) return;
    const key = words[0];
    if (key === undefined) {
      this.problem(place.line, 'edit without a name');
      return;
    }
    if (this.#stack.at(-1)?.kind === 'entry') this.#closeTopEntry();
    if (this.#stack.at(-1)?.kind === 'vdom') this.#stack.pop();
    const parent = this.#stack.at(-1);
    if (parent?.kind === 'vdoms') {
      if (this.#vdoms.size < MAX_VDOMS) this.#vdoms.add(key);
      else this.#abridged = true;
      this.#stack.push({ kind: 'vdom', name: key });
      return;
    }
    if (parent?.kind !== 'block') {
      this.problem(place.line, 'edit outside a block');
      return;
    }
    // A second `edit` with the same name continues the entry; `edit 0` always creates a new one.
    const again = key === '0' ? undefined : parent.byKey?.get(key);
    const entry = again ?? new EntryNode(this.#source, place.line, key);
    entry.closed = false;
    if (!again && this.#isKept()) {
      parent.block.addEntry(entry);
      parent.byKey ??= new Map();
      parent.byKey.set(key, entry);
    }
    this.#stack.push({ kind: 'entry', entry });
  }

  #closeTopEntry(endLine?: number): void {
    const top = this.#stack.pop();
    if (top?.kind !== 'entry') return;
    top.entry.closed = true;
    if (endLine !== undefined) top.entry.endLine = endLine;
  }

  closeEntry({ line }: Place): void {
    if (this.#tooDeep > 0) return;
    const top = this.#stack.at(-1);
    // FortiOS lists VDOMs as `edit root`, `next`, but omits `next` if the VDOM's own blocks follow.
    if (top?.kind === 'vdoms') return;
    if (top?.kind === 'vdom') {
      this.#stack.pop();
      return;
    }
    const at = this.#stack.findLastIndex((frame) => frame.kind === 'entry');
    if (at === -1) {
      this.problem(line, 'next outside an entry');
      return;
    }
    if (at < this.#stack.length - 1) {
      this.problem(line, 'next inside a block that is still open');
      this.#complete = false;
      this.#stack.length = at + 1;
    }
    this.#closeTopEntry(line);
    const table = this.#stack.at(-1);
    if (table?.kind === 'block' && table.ofEntry) this.closeBlock({ line });
  }

  closeBlock({ line }: Pick<Place, 'line'>): void {
    if (this.#tooDeep > 0) {
      this.#tooDeep -= 1;
      return;
    }
    const top = this.#stack.at(-1);
    if (!top) {
      this.problem(line, 'end without config');
      return;
    }
    if (top.kind === 'entry') this.#closeTopEntry();
    if (top.kind === 'vdom') this.#stack.pop();
    const frame = this.#stack.pop();
    if (frame?.kind !== 'block') return;
    frame.block.closed = true;
    frame.block.endLine = line;
  }

  /** Of an entry that a person copied without its `config` line, the lines from `next` on may be missing, too. */
  #endCopiedEntry(): void {
    const [table, last] = this.#stack;
    if (table?.kind !== 'block' || !table.ofEntry || last?.kind !== 'entry') return;
    last.entry.abridged = true;
    this.#stack.length = 1;
    this.closeBlock({ line: table.block.line });
  }

  /** Records that lines were left out: in the open entry, else in the open blocks, else whole blocks. */
  abridge(): void {
    this.#abridged ||= !this.#stack.some((frame) => frame.kind === 'entry' || frame.kind === 'block');
    const inner = this.#stack.findLastIndex((frame) => frame.kind === 'entry');
    for (const frame of inner === -1 ? this.#stack : this.#stack.slice(inner)) {
      if (frame.kind === 'entry') frame.entry.abridged = true;
      if (frame.kind === 'block') frame.block.abridged = true;
    }
  }

  /** A line inside a block that is no configuration may stand where a setting was: the block shows no absence. */
  foreignLine(line: number): void {
    this.problem(line, 'not a configuration line');
    if (this.#stack.some((frame) => frame.kind === 'entry' || frame.kind === 'block')) this.abridge();
  }

  /** `abort` discards what was typed since the outermost `config`. */
  abandon(): void {
    if (this.#stack.length > 0) this.#complete = false;
    this.#stack.length = 0;
    this.#tooDeep = 0;
  }

  addSetting(verb: string, [name]: readonly string[], line: number): void {
    if (this.#tooDeep > 0) return;
    if (name === undefined) {
      this.problem(line, 'no setting named');
      return;
    }
    const top = this.#stack.at(-1);
    const holder = top?.kind === 'block' ? top.block : top?.kind === 'entry' ? top.entry : undefined;
    if (!holder) this.problem(line, `${verb} outside a block`);
    else if (holder.settingCount() < MAX_SETTINGS) holder.addSetting(line);
    else this.abridge();
  }

  finish(): Omit<ConfigDocument, 'header'> {
    this.#endCopiedEntry();
    const closed = this.#complete && this.#stack.length === 0;
    return {
      blocks: this.#blocks,
      vdoms: [...this.#vdoms],
      closed,
      ...(this.#abridged ? { abridged: true } : {}),
      problems: this.#problems,
    };
  }
}

/** `config global`, `config vdom` */
export function isWrapper(words: readonly string[]): boolean {
  return words.length === 1 && (words[0] === 'global' || words[0] === 'vdom');
}

const GLOBAL: ConfigScope = { kind: 'global' };
const NO_SCOPE: ConfigScope = { kind: 'none' };

function currentScope(stack: readonly Frame[]): ConfigScope {
  const [first, second] = stack;
  if (first?.kind === 'global') return GLOBAL;
  if (first?.kind === 'vdoms' && second?.kind === 'vdom') return { kind: 'vdom', name: second.name };
  return NO_SCOPE;
}
