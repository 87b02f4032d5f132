import { isRootPath } from './root-paths.ts';
import type { ConfigBlock, ConfigDocument, ConfigEntry, ConfigScope, LastLine, Setting } from './types.ts';

interface Place {
  readonly line: number;
  readonly text: string;
  /** Width of the white space before the verb. */
  readonly indent: number;
}

type Draft<T> = {
  -readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : T[K];
};

type Frame =
  | { readonly kind: 'global' }
  | { readonly kind: 'vdoms' }
  | { readonly kind: 'vdom'; readonly name: string }
  | {
      readonly kind: 'block';
      readonly block: Draft<ConfigBlock>;
      readonly indent: number;
      readonly byKey: Map<string, Draft<ConfigEntry>>;
    }
  | { readonly kind: 'entry'; readonly entry: Draft<ConfigEntry> };

/** Real configurations nest five deep. Deeper blocks are dropped, so that nobody's recursion overflows. */
const DEEPEST = 24;

export function createConfigTree() {
  const blocks: ConfigBlock[] = [];
  const vdoms = new Set<string>();
  const problems: { line: number; what: string }[] = [];
  const stack: Frame[] = [];
  let complete = true;
  let abridged = false;
  let tooDeep = 0;

  return { openBlock, openEntry, closeEntry, closeBlock, abandon, addSetting, abridge, problem, finish };

  function problem(line: number, what: string): void {
    problems.push({ line, what });
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

    if (tooDeep > 0 || stack.length >= DEEPEST) {
      tooDeep += 1;
      problem(place.line, 'nested too deeply');
      return;
    }
    const block: Draft<ConfigBlock> = {
      path: words.join(' '),
      scope: scopeOf(stack),
      line: place.line,
      text: place.text,
      settings: [],
      entries: [],
      blocks: [],
      closed: false,
    };
    siblings().push(block);
    stack.push({ kind: 'block', block, indent: place.indent, byKey: new Map() });
  }

  function openWrapper(word: string): void {
    if (stack.length > 0) complete = false;
    stack.length = 0;
    stack.push({ kind: word === 'global' ? 'global' : 'vdoms' });
  }

  /** Another block starts where the text of this one was cut. */
  function cutOff(block: Draft<ConfigBlock>): void {
    complete = false;
    const at = stack.findIndex((frame) => frame.kind === 'block' && frame.block === block);
    stack.length = at;
    tooDeep = 0;
  }

  function siblings(): ConfigBlock[] {
    const parent = stack.at(-1);
    if (parent?.kind === 'block') return parent.block.blocks;
    if (parent?.kind === 'entry') return parent.entry.blocks;
    return blocks;
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
      vdoms.add(key);
      stack.push({ kind: 'vdom', name: key });
      return;
    }
    if (parent?.kind !== 'block') {
      problem(place.line, 'edit outside a block');
      return;
    }
    // A second `edit` of the same name goes on with the same entry; `edit 0` always makes a new one.
    const again = key === '0' ? undefined : parent.byKey.get(key);
    const entry: Draft<ConfigEntry> = again ?? {
      key,
      line: place.line,
      text: place.text,
      settings: [],
      blocks: [],
      closed: false,
    };
    entry.closed = false;
    if (!again) {
      parent.block.entries.push(entry);
      parent.byKey.set(key, entry);
    }
    stack.push({ kind: 'entry', entry });
  }

  function closeTopEntry(end?: LastLine): void {
    const top = stack.pop();
    if (top?.kind !== 'entry') return;
    top.entry.closed = true;
    if (end) top.entry.end = end;
  }

  function closeEntry({ line, text }: Place): void {
    if (tooDeep > 0) return;
    const top = stack.at(-1);
    // FortiOS lists VDOMs as `edit root`, `next`, but leaves `next` out where the VDOM's own blocks follow.
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
    closeTopEntry({ line, text });
  }

  function closeBlock({ line, text }: Place): void {
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
    frame.block.end = { line, text };
  }

  /** Lines were left out here: of an entry if one is open, else of the blocks that are, else whole blocks. */
  function abridge(): void {
    abridged ||= !stack.some((frame) => frame.kind === 'entry' || frame.kind === 'block');
    const inner = stack.findLastIndex((frame) => frame.kind === 'entry');
    for (const frame of inner === -1 ? stack : stack.slice(inner)) {
      if (frame.kind === 'entry') frame.entry.abridged = true;
      if (frame.kind === 'block') frame.block.abridged = true;
    }
  }

  /** `abort` throws away what was typed since the outermost `config`. */
  function abandon(): void {
    if (stack.length > 0) complete = false;
    stack.length = 0;
    tooDeep = 0;
  }

  function addSetting(setting: Setting | undefined, line: number): void {
    if (tooDeep > 0) return;
    if (!setting) {
      problem(line, 'no setting named');
      return;
    }
    const top = stack.at(-1);
    if (top?.kind === 'block') top.block.settings.push(setting);
    else if (top?.kind === 'entry') top.entry.settings.push(setting);
    else problem(line, `${setting.verb} outside a block`);
  }

  function finish(): Omit<ConfigDocument, 'header'> {
    const closed = complete && stack.length === 0;
    return { blocks, vdoms: [...vdoms], closed, ...(abridged ? { abridged } : {}), problems };
  }
}

function isWrapper(words: readonly string[]): boolean {
  return words.length === 1 && (words[0] === 'global' || words[0] === 'vdom');
}

function scopeOf(stack: readonly Frame[]): ConfigScope {
  const [first, second] = stack;
  if (first?.kind === 'global') return { kind: 'global' };
  if (first?.kind === 'vdoms' && second?.kind === 'vdom') return { kind: 'vdom', name: second.name };
  return { kind: 'none' };
}
