import type { ConfigBlock, ConfigEntry, ConfigScope, LastLine, Setting } from './types.ts';

/** Reads a statement of the text again. */
export interface ConfigSource {
  /** The line, trimmed. Lines are 1-based. */
  textAt(line: number): string;
  settingAt(line: number): Setting;
}

const NOTHING: readonly never[] = [];

/**
 * Common part of blocks and entries. Keeps line numbers only. Settings are parsed on demand, because most are never
 * used and a parsed one takes many times the memory of its text.
 */
abstract class Holder {
  readonly line: number;
  closed = false;
  abridged: true | undefined;
  endLine = 0;
  #settingLines: LineList | undefined;
  #blocks: BlockNode[] | undefined;
  readonly #source: SettingCache;

  constructor(source: SettingCache, line: number) {
    this.#source = source;
    this.line = line;
  }

  get text(): string {
    return this.#source.textAt(this.line);
  }

  get end(): LastLine | undefined {
    return this.endLine === 0 ? undefined : { line: this.endLine, text: this.#source.textAt(this.endLine) };
  }

  get settings(): readonly Setting[] {
    return this.#settingLines === undefined ? NOTHING : this.#source.settingsOn(this.#settingLines);
  }

  get blocks(): readonly ConfigBlock[] {
    return this.#blocks ?? NOTHING;
  }

  settingCount(): number {
    return this.#settingLines === undefined ? 0 : countLines(this.#settingLines);
  }

  addSetting(line: number): void {
    this.#settingLines = withLine(this.#settingLines, line);
  }

  addBlock(block: BlockNode): void {
    this.#blocks ??= [];
    this.#blocks.push(block);
  }
}

export class EntryNode extends Holder implements ConfigEntry {
  readonly key: string;

  constructor(source: SettingCache, line: number, key: string) {
    super(source, line);
    this.key = key;
  }
}

export class BlockNode extends Holder implements ConfigBlock {
  readonly path: string;
  readonly scope: ConfigScope;
  #entries: EntryNode[] | undefined;

  constructor(source: SettingCache, line: number, path: string, scope: ConfigScope) {
    super(source, line);
    this.path = path;
    this.scope = scope;
  }

  get entries(): readonly ConfigEntry[] {
    return this.#entries ?? NOTHING;
  }

  addEntry(entry: EntryNode): void {
    this.#entries ??= [];
    this.#entries.push(entry);
  }
}

/** Maximum number of parsed settings in the cache. When it is exceeded, the cache is cleared. */
const MAX_READ = 20_000;

export interface SettingCache {
  textAt(line: number): string;
  settingsOn(lines: LineList): readonly Setting[];
}

/** Caches parsed settings: facts request the settings of one holder several times, and then those of the next. */
export function cacheSettings(source: ConfigSource): SettingCache {
  const read = new Map<LineList, readonly Setting[]>();
  let count = 0;

  return {
    textAt: (line) => source.textAt(line),
    settingsOn(lines) {
      const known = read.get(lines);
      if (known?.length === countLines(lines)) return known;
      if (count + countLines(lines) > MAX_READ) {
        read.clear();
        count = 0;
      }
      const settings: Setting[] = [];
      for (const line of listLines(lines)) settings.push(source.settingAt(line));
      read.set(lines, settings);
      count += settings.length;
      return settings;
    },
  };
}

/**
 * Line numbers of the settings of one block or entry. They are nearly always consecutive, so two numbers suffice:
 * 75,000 entries with an array each take 12 MB.
 */
type LineList = Range | number[];

interface Range {
  readonly first: number;
  count: number;
}

/** `lines` with one more line; modified in place where possible. */
function withLine(lines: LineList | undefined, line: number): LineList {
  if (lines === undefined) return { first: line, count: 1 };
  if (Array.isArray(lines)) {
    lines.push(line);
    return lines;
  }
  if (line !== lines.first + lines.count) return [...listLines(lines), line];
  lines.count += 1;
  return lines;
}

function countLines(lines: LineList): number {
  return Array.isArray(lines) ? lines.length : lines.count;
}

function listLines(lines: LineList): readonly number[] {
  if (Array.isArray(lines)) return lines;
  const all: number[] = [];
  for (let index = 0; index < lines.count; index += 1) all.push(lines.first + index);
  return all;
}
