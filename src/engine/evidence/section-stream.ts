import { noiseDaemon } from '../fortios/debug/noise.ts';
import { createRedactor } from '../redact/redactor.ts';
import { cutText } from './cut-text.ts';
import { isDebugMark } from './debug-lines.ts';
import { createUnwrapper, type UnwrapStep } from './formats/unwrap.ts';
import type { LineMap } from './line-map.ts';
import { looksLikePlainEvidence } from './looks-like-evidence.ts';
import { normalizeText } from './normalize.ts';
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

/** Takes a text line by line and splits it into sections as early as possible. */
export interface SectionStream {
  /** A normalised and redacted line without its line end. */
  line(text: string): void;
  /** Lines that `noiseDaemon` skips. */
  pass(lines: PassedLines): void;
  end(): void;
}

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
const MAX_REPEATED_LENGTH = 64;
const SHORT_LENGTH = 24;
/** Blank lines inserted for skipped lines inside a configuration. */
const MAX_BLANK_LINES = 10_000;
/** Equal short lines that may follow each other; more say nothing, and would cost as much as any line. */
const MAX_EQUAL = 1_000;

/** Openings of connections kept of a run of skipped lines. */
const MAX_OPENINGS = 2_000;

/** `map` receives the positions of lines that were extracted from another format. */
export function createSectionStream(
  source: string,
  emit: TakeSections,
  map?: LineMap,
  maxHeld = MAX_HELD,
): SectionStream {
  const unwrapper = createUnwrapper(looksLikePlainEvidence);
  /** Number of the next line in the source. */
  let real = 1;
  let lines: string[] = [];
  /** Line number of each of `lines`, and of lines that stand for several. */
  let numbers: number[] = [];
  let passed = new Map<number, PassedLines>();
  let next = 1;
  let size = 0;
  let isFull = false;
  /** The latest line of the source itself, how often it came in succession, and whether it was left out. */
  let latest: string | undefined;
  let equal = 0;
  let isLeftOut = false;
  let repeated = createStringCache();
  let batch = BATCH_SIZE;
  let batchLines = BATCH_LINES;

  function keep(text: string): void {
    lines.push(mayRepeat(text) ? repeated.same(text) : text);
    numbers.push(next);
    size += text.length;
  }

  function pass(more: PassedLines): void {
    const at = lines.length - 1;
    const before = passed.get(at);
    if (before) passed.set(at, joined(before, more));
    else {
      keep(more.first);
      passed.set(lines.length - 1, more);
    }
    next += more.count;
    if (lines.length >= batchLines) cutSome();
  }

  /** Emits what no later line can change: the part of a log above its last message, or of a text too long to hold. */
  function cutSome(): void {
    if (!endsInLog() && !takesMoreThan(Math.min(MAX_WHOLE, maxHeld))) {
      batch = size + BATCH_SIZE;
      batchLines = lines.length + BATCH_LINES;
      return;
    }
    const sections = cutText(source, lines);
    const cut = borderInLog(sections) ?? borderElsewhere(sections);
    if (cut !== undefined) {
      emitUpTo(sections, cut);
      const rest = new Map<number, PassedLines>();
      for (const [at, each] of passed) if (at >= cut) rest.set(at - cut, each);
      passed = rest;
      lines = lines.slice(cut);
      numbers = numbers.slice(cut);
      size = lines.reduce((sum, line) => sum + line.length, 0);
    }
    // Text that could not be split is examined again after it has grown by half.
    batch = Math.max(BATCH_SIZE, size / 2) + size;
    batchLines = Math.max(BATCH_LINES, lines.length / 2) + lines.length;
  }

  function takesMoreThan(bytes: number): boolean {
    return size + lines.length * LINE_COST > bytes;
  }

  function endsInLog(): boolean {
    for (let at = lines.length - 1; at >= 0 && at > lines.length - LOOKAHEAD_LINES; at -= 1) {
      if (passed.has(at) || isDebugMark(lines[at] ?? '')) return true;
    }
    return false;
  }

  /** The last line at which a log can be split without changing the meaning of another line. */
  function borderInLog(sections: readonly Section[]): number | undefined {
    const section = sections.at(-1);
    if (section?.kind !== 'debug') return undefined;
    const from = section.start - 1;
    for (let at = from + section.lines.length - 1; at > from; at -= 1) {
      if (passed.has(at) || isDebugMark(lines[at] ?? '')) return at;
    }
    return undefined;
  }

  function borderElsewhere(sections: readonly Section[]): number | undefined {
    if (takesMoreThan(isFull ? MAX_WHOLE : maxHeld)) return lines.length;
    return takesMoreThan(MAX_WHOLE) ? borderOutside(sections) : undefined;
  }

  function borderOutside(sections: readonly Section[]): number | undefined {
    const latest = lines.length - LOOKAHEAD_LINES;
    const section = sections.findLast((each) => each.start - 1 < latest);
    if (!section) return undefined;
    const from = section.start - 1;
    const cut = section.kind === 'other' ? Math.min(from + section.lines.length, latest) : from;
    return cut > 0 ? cut : undefined;
  }

  function emitUpTo(sections: readonly Section[], cut: number): void {
    const emitted = emit(
      sections.flatMap((section) => {
        const from = section.start - 1;
        const to = Math.min(cut, from + section.lines.length);
        return from >= to ? [] : placed(section, from, to);
      }),
    );
    isFull = emitted === 'full';
  }

  /** Renumbers the lines of a section to those of the text. */
  function placed(section: Section, from: number, to: number): readonly Section[] {
    if (section.kind !== 'debug') return [withBlanks(section, from, to)];
    const parts: Section[] = [];
    let begun = from;
    for (let at = from; at < to; at += 1) {
      const here = passed.get(at);
      if (!here) continue;
      if (at > begun) parts.push(part(section, begun, at));
      parts.push({ ...section, start: numbers[at] ?? 1, lines: [], passed: here });
      begun = at + 1;
    }
    if (to > begun) parts.push(part(section, begun, to));
    return parts;
  }

  function part(section: Section, from: number, to: number): Section {
    const isWhole = from === section.start - 1 && to - from === section.lines.length;
    return { ...section, start: numbers[from] ?? 1, lines: isWhole ? section.lines : lines.slice(from, to) };
  }

  function withBlanks(section: Section, from: number, to: number): Section {
    const own = part(section, from, to);
    if (passed.size === 0) return own;
    const filled = own.lines.flatMap((line, index) => {
      const here = passed.get(from + index);
      return here ? [line, ...Array<string>(Math.min(here.count - 1, MAX_BLANK_LINES)).fill('')] : [line];
    });
    return { ...own, lines: filled };
  }

  function take(text: string): void {
    const daemon = noiseDaemon(text);
    if (daemon === undefined) {
      keep(text);
      next += 1;
      if (size >= batch || lines.length >= batchLines) cutSome();
      return;
    }
    const head = text.slice(0, HEAD_LENGTH);
    pass({ count: 1, daemons: [daemon], first: head, last: head, longest: text.length });
  }

  /** A line of the source itself. */
  function takeOwn(text: string): void {
    if (text !== latest) {
      resume();
      latest = text;
    } else if (map && equal >= MAX_EQUAL && text.length <= MAX_REPEATED_LENGTH) {
      isLeftOut = true;
      real += 1;
      return;
    }
    equal += 1;
    take(text);
    real += 1;
  }

  /** Ends a succession of equal lines: the next line is numbered behind those left out. */
  function resume(): void {
    if (isLeftOut) map?.mark(next, real);
    latest = undefined;
    equal = 0;
    isLeftOut = false;
  }

  function apply(steps: readonly UnwrapStep[]): void {
    for (const step of steps) {
      if (!('span' in step)) {
        for (const text of step) takeOwn(text);
        continue;
      }
      resume();
      // A secret hidden by this format only is found now, by a separate redactor, since nothing follows.
      const redactor = createRedactor();
      for (const { text, line } of step.lines) {
        for (const normalized of normalizeText(text).split('\n')) {
          map?.mark(next, real + line);
          take(redactor.line(normalized));
        }
      }
      real += step.span;
      map?.mark(next, real);
    }
  }

  return {
    pass(passed) {
      apply(unwrapper.end());
      resume();
      pass(passed);
      real += passed.count;
    },
    line(text) {
      if (unwrapper.wants(text)) apply(unwrapper.line(text));
      else takeOwn(text);
    },
    end() {
      apply(unwrapper.end());
      if (isLeftOut && latest !== undefined) {
        // The last line ends the text under its own number.
        const last = latest;
        real -= 1;
        resume();
        take(last);
      }
      emitUpTo(cutText(source, lines), lines.length);
      lines = [];
      numbers = [];
      passed = new Map();
      repeated = createStringCache();
    },
  };
}

/** Lines of a configuration often repeat; lines of a log do not. */
function mayRepeat(text: string): boolean {
  return text.length <= MAX_REPEATED_LENGTH && (text.startsWith(' ') || text.length <= SHORT_LENGTH);
}

function joined(a: PassedLines, b: PassedLines): PassedLines {
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

/** More than the number of different lines that a configuration repeats often. */
const MAX_STRINGS = 4_096;

interface StringCache {
  /** Returns an equal earlier string if there is one, so that equal lines share memory. */
  same(text: string): string;
}

/** Reduces the memory of a worker that reads a configuration of 20 MB by 25 MB of 310. */
function createStringCache(): StringCache {
  const known = new Map<string, string>();
  return {
    same(text) {
      const before = known.get(text);
      if (before !== undefined) return before;
      if (known.size >= MAX_STRINGS) known.clear();
      known.set(text, text);
      return text;
    },
  };
}
