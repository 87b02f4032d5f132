import { noiseDaemon } from '../fortios/debug/noise.ts';
import { cutText } from './cut-text.ts';
import { isDebugMark } from './debug-lines.ts';
import type { Opening, PassedLines, Section } from './types.ts';

/** Takes the next sections of a source. `full`: from here on only log lines are kept. */
export type TakeSections = (sections: readonly Section[]) => 'full' | undefined;

/** Bytes that a kept line needs besides its characters: its string object and array entries. */
export const LINE_COST = 48;
/**
 * Bytes, `LINE_COST` included. Limit for text other than logs in one case; more than twice the largest known
 * configuration.
 */
export const MAX_KEPT = 64_000_000;

/** Characters or lines of a log that are split at a time. Small, because short-lived objects are cheap to collect. */
const BATCH_SIZE = 200_000;
const BATCH_LINES = 2_000;
/** Bytes. Other text is split as a whole up to this size, since a session is understood from its beginning. */
const MAX_WHOLE = 8_000_000;
/** Bytes. An unfinished configuration is kept up to this size. */
const MAX_HELD = MAX_KEPT;
/** Lines below that may decide what a line is. */
const LOOKAHEAD_LINES = 200;
/** Characters at the start of a line that show its kind and time. */
const HEAD_LENGTH = 120;
/** Blank lines inserted for skipped lines inside a configuration. */
const MAX_BLANK_LINES = 10_000;
/** Openings of connections kept of a run of skipped lines. */
const MAX_OPENINGS = 2_000;

/** Takes the lines of a text and emits their sections as early as possible. */
export class SectionCutter {
  readonly #source: string;
  readonly #emit: TakeSections;
  readonly #maxHeld: number;
  #lines: string[] = [];
  /** Line number of each of `#lines`, and of lines that stand for several. */
  #numbers: number[] = [];
  #passed = new Map<number, PassedLines>();
  #next = 1;
  #size = 0;
  #isFull = false;
  #batch = BATCH_SIZE;
  #batchLines = BATCH_LINES;

  constructor(source: string, emit: TakeSections, maxHeld = MAX_HELD) {
    this.#source = source;
    this.#emit = emit;
    this.#maxHeld = maxHeld;
  }

  /** Number of the next line. */
  get next(): number {
    return this.#next;
  }

  /** A normalised and redacted line without its line end. */
  take(text: string): void {
    const daemon = noiseDaemon(text);
    if (daemon === undefined) {
      this.#keep(text);
      this.#next += 1;
      if (this.#size >= this.#batch || this.#lines.length >= this.#batchLines) this.#cutSome();
      return;
    }
    const head = text.slice(0, HEAD_LENGTH);
    this.pass({ count: 1, daemons: [daemon], first: head, last: head, longest: text.length });
  }

  /** Lines that `noiseDaemon` skips. */
  pass(more: PassedLines): void {
    const at = this.#lines.length - 1;
    const before = this.#passed.get(at);
    if (before) this.#passed.set(at, joinPassed(before, more));
    else {
      this.#keep(more.first);
      this.#passed.set(this.#lines.length - 1, more);
    }
    this.#next += more.count;
    if (this.#lines.length >= this.#batchLines) this.#cutSome();
  }

  end(): void {
    this.#emitUpTo(cutText(this.#source, this.#lines), this.#lines.length);
    this.#lines = [];
    this.#numbers = [];
    this.#passed = new Map();
  }

  #keep(text: string): void {
    this.#lines.push(text);
    this.#numbers.push(this.#next);
    this.#size += text.length;
  }

  /** Emits what no later line can change: the part of a log above its last message, or of a text too long to hold. */
  #cutSome(): void {
    if (!this.#endsInLog() && !this.#takesMoreThan(Math.min(MAX_WHOLE, this.#maxHeld))) {
      this.#batch = this.#size + BATCH_SIZE;
      this.#batchLines = this.#lines.length + BATCH_LINES;
      return;
    }
    const sections = cutText(this.#source, this.#lines);
    const cut = this.#borderInLog(sections) ?? this.#borderElsewhere(sections);
    if (cut !== undefined) {
      this.#emitUpTo(sections, cut);
      const rest = new Map<number, PassedLines>();
      for (const [at, each] of this.#passed) if (at >= cut) rest.set(at - cut, each);
      this.#passed = rest;
      this.#lines = this.#lines.slice(cut);
      this.#numbers = this.#numbers.slice(cut);
      this.#size = this.#lines.reduce((sum, line) => sum + line.length, 0);
    }
    // Text that could not be split is examined again after it has grown by half.
    this.#batch = Math.max(BATCH_SIZE, this.#size / 2) + this.#size;
    this.#batchLines = Math.max(BATCH_LINES, this.#lines.length / 2) + this.#lines.length;
  }

  #takesMoreThan(bytes: number): boolean {
    return this.#size + this.#lines.length * LINE_COST > bytes;
  }

  #endsInLog(): boolean {
    for (let at = this.#lines.length - 1; at >= 0 && at > this.#lines.length - LOOKAHEAD_LINES; at -= 1) {
      if (this.#passed.has(at) || isDebugMark(this.#lines[at] ?? '')) return true;
    }
    return false;
  }

  /** The last line at which a log can be split without changing the meaning of another line. */
  #borderInLog(sections: readonly Section[]): number | undefined {
    const section = sections.at(-1);
    if (section?.kind !== 'debug') return undefined;
    const from = section.start - 1;
    for (let at = from + section.lines.length - 1; at > from; at -= 1) {
      if (this.#passed.has(at) || isDebugMark(this.#lines[at] ?? '')) return at;
    }
    return undefined;
  }

  #borderElsewhere(sections: readonly Section[]): number | undefined {
    if (this.#takesMoreThan(this.#isFull ? MAX_WHOLE : this.#maxHeld)) return this.#lines.length;
    return this.#takesMoreThan(MAX_WHOLE) ? this.#borderOutside(sections) : undefined;
  }

  #borderOutside(sections: readonly Section[]): number | undefined {
    const latest = this.#lines.length - LOOKAHEAD_LINES;
    const section = sections.findLast((each) => each.start - 1 < latest);
    if (!section) return undefined;
    const from = section.start - 1;
    const cut = section.kind === 'other' ? Math.min(from + section.lines.length, latest) : from;
    return cut > 0 ? cut : undefined;
  }

  #emitUpTo(sections: readonly Section[], cut: number): void {
    const emitted = this.#emit(
      sections.flatMap((section) => {
        const from = section.start - 1;
        const to = Math.min(cut, from + section.lines.length);
        return from >= to ? [] : this.#place(section, from, to);
      }),
    );
    this.#isFull = emitted === 'full';
  }

  /** Renumbers the lines of a section to those of the text. */
  #place(section: Section, from: number, to: number): readonly Section[] {
    if (section.kind !== 'debug') return [this.#withBlanks(section, from, to)];
    const parts: Section[] = [];
    let begun = from;
    for (let at = from; at < to; at += 1) {
      const here = this.#passed.get(at);
      if (!here) continue;
      if (at > begun) parts.push(this.#part(section, begun, at));
      parts.push({ ...section, start: this.#numbers[at] ?? 1, lines: [], passed: here });
      begun = at + 1;
    }
    if (to > begun) parts.push(this.#part(section, begun, to));
    return parts;
  }

  #part(section: Section, from: number, to: number): Section {
    const isWhole = from === section.start - 1 && to - from === section.lines.length;
    return {
      ...section,
      start: this.#numbers[from] ?? 1,
      lines: isWhole ? section.lines : this.#lines.slice(from, to),
    };
  }

  #withBlanks(section: Section, from: number, to: number): Section {
    const own = this.#part(section, from, to);
    if (this.#passed.size === 0) return own;
    const filled = own.lines.flatMap((line, index) => {
      const here = this.#passed.get(from + index);
      return here ? [line, ...Array<string>(Math.min(here.count - 1, MAX_BLANK_LINES)).fill('')] : [line];
    });
    return { ...own, lines: filled };
  }
}

function joinPassed(a: PassedLines, b: PassedLines): PassedLines {
  const known = b.daemons.every((daemon) => a.daemons.includes(daemon));
  return {
    count: a.count + b.count,
    daemons: known ? a.daemons : [...new Set([...a.daemons, ...b.daemons])].toSorted(),
    first: a.first,
    last: b.last,
    longest: Math.max(a.longest, b.longest),
    ...((a.openings ?? b.openings) ? { openings: joinedOpenings(a, b) } : {}),
  };
}

function joinedOpenings(a: PassedLines, b: PassedLines): readonly Opening[] {
  const later = (b.openings ?? []).map(({ index, text }) => ({ index: index + a.count, text }));
  return [...(a.openings ?? []), ...later].slice(-MAX_OPENINGS);
}
