import type { Quote, Section } from '../../evidence/types.ts';
import { type Extent, extentOfShow, measureExtent } from '../../evidence/whole-configuration.ts';
import { commandSpec } from '../../fortios/commands.ts';
import { parseConfig } from '../../fortios/config/parse.ts';
import type { ConfigDocument } from '../../fortios/config/types.ts';

/** A configuration as one text, even if it came in parts. */
export interface ConfigText {
  readonly document: ConfigDocument;
  readonly extent: Extent;
  /** The section it begins with. */
  readonly section: Section;
  readonly quote: (at: Place) => Quote;
  /** First and last line of a block or an entry. */
  readonly bounds: (holder: Place & { readonly end?: Place | undefined }) => readonly Quote[];
}

interface Place {
  readonly line: number;
  readonly text: string;
}

/** A backup has few parts, and each new part rereads all. */
const MAX_PARTS = 20;
/** How the continuation of a backup that was split inside a block starts. */
const CONTINUATION = /^[ \t]*(?:set|unset|append|edit|next|end|config)(?=[ \t]|$)/;

/**
 * Returns the configurations of a case. A truncated backup and the beginning of the next file are joined if together
 * they are complete.
 */
export function configTexts(sections: readonly Section[]): readonly ConfigText[] {
  const texts: ConfigText[] = [];
  const withHeaders = belowToolHeader(sections);
  for (let at = 0; at < sections.length; ) {
    const section = sections[at];
    if (section?.kind !== 'config') {
      at += 1;
      continue;
    }
    const { text, next } = withNextFiles(sections, at, readParts([section], withHeaders.has(section)));
    texts.push(text);
    at = next;
  }
  return texts;
}

function withNextFiles(sections: readonly Section[], from: number, alone: ConfigText) {
  let best = { text: alone, next: from + 1 };
  const parts = sections.slice(from, from + 1);
  for (let at = from + 1; lacksEnd(best.text) && parts.length < MAX_PARTS; ) {
    const more = partAt(sections, at);
    if (!more) break;
    parts.push(...more);
    at += more.length;
    const text = readParts(parts);
    if (text.extent.kind === 'whole' || (text.extent.kind === 'extract' && alone.extent.kind === 'cut')) {
      best = { text, next: at };
    }
  }
  return best;
}

/**
 * Whether each section is below a `get system status` that a backup tool keeps, with other outputs, as comments above
 * the configuration. One pass, because a text can have thousands of sections.
 */
function belowToolHeader(sections: readonly Section[]): ReadonlySet<Section> {
  const below = new Set<Section>();
  let source: string | undefined;
  let isBelow = false;
  for (const section of sections) {
    if (section.source !== source) isBelow = false;
    source = section.source;
    if (isBelow) below.add(section);
    isBelow =
      section.lines.every(isComment) && (isBelow || section.command === commandSpec('system-status').text);
  }
  return below;
}

function isComment(line: string): boolean {
  return /^[ \t]*(?:[#!]|$)/.test(line);
}

function lacksEnd({ extent }: ConfigText): boolean {
  return extent.kind === 'cut' || extent.kind === 'extract';
}

/** The continuation at the start of a file without a header: the rest of a block, and the blocks after it. */
function partAt(sections: readonly Section[], at: number): readonly Section[] | undefined {
  const [first, second] = sections.slice(at, at + 2);
  if (first?.start !== 1 || first.command !== undefined) return undefined;
  if (first.kind === 'config') return hasHeader(first) ? undefined : [first];
  const begins = first.lines.find((line) => line.trim() !== '');
  if (first.kind !== 'other' || first.instruction || !CONTINUATION.test(begins ?? '')) return undefined;
  const follows = second?.source === first.source && second.kind === 'config' && !hasHeader(second);
  return follows ? [first, second] : [first];
}

function hasHeader({ lines }: Section): boolean {
  return lines.some((line) => line.startsWith('#config-version='));
}

/** `show` without a path, read to its end. */
function isWholeShow({ command, ended }: Section): boolean {
  return ended === true && (command === 'show' || command === 'show full-configuration');
}

function readParts(parts: readonly Section[], headed = false): ConfigText {
  const [section] = parts;
  if (!section) throw new Error('a configuration has at least one part');
  const document = parseConfig(parts.length === 1 ? section.lines : parts.flatMap(({ lines }) => lines));
  const quote = ({ line, text }: Place): Quote => {
    if (parts.length === 1) return { source: section.source, line: section.start + line - 1, text };
    let index = line - 1;
    const part = parts.find(({ lines }) => {
      if (index < lines.length) return true;
      index -= lines.length;
      return false;
    });
    const { source, start } = part ?? section;
    return { source, line: start + index, text };
  };
  /** The bounds asked for last: every setting with its default is quoted with those of its block. */
  let last: { readonly holder: Place; readonly quotes: readonly Quote[] } | undefined;
  return {
    document,
    extent: isWholeShow(section) ? extentOfShow(document) : measureExtent(document, headed),
    section,
    quote,
    bounds: (holder) => {
      if (last?.holder !== holder) {
        last = { holder, quotes: holder.end ? [quote(holder), quote(holder.end)] : [quote(holder)] };
      }
      return last.quotes;
    },
  };
}
