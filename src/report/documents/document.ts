import type { Diagnosis } from '../../engine/diagnosis/diagnosis.ts';
import type { Decisive } from '../../engine/evidence/cut-around.ts';
import type { Quote } from '../../engine/evidence/types.ts';

/** Something to read, in order. Every format renders every part, except what it says of itself. */
export interface Document {
  /** A sign for the state: `light` for chats, `mark` for terminals. */
  readonly mark?: { readonly light: string; readonly mark: string };
  readonly verdict?: Diagnosis['verdict'];
  readonly headline: string;
  /** Below the headline, in prose. */
  readonly about?: string;
  readonly parts: readonly Part[];
  readonly foot?: readonly string[];
}

/** All texts are prose: text in backticks is code. Foreign text is escaped by the format. */
export type Part = Prose | Code | Quotes | List | Table | Steps | PicturePart | SectionPart;

export interface Prose {
  readonly kind: 'prose';
  readonly text: string;
  /** A word before the text, such as `Cause`, and what qualifies it, such as `certain`. */
  readonly label?: string;
  readonly grade?: string;
  /** `minor` parts are left out of chats. */
  readonly tone?: 'strong' | 'warning' | 'muted' | 'minor';
  /** The line that decides, where the evidence is not shown below. */
  readonly quote?: PlacedQuote;
}

export interface PlacedQuote {
  readonly place: string;
  readonly text: string;
  readonly words: readonly Decisive[];
}

/** Lines to paste, never wrapped. */
export interface Code {
  readonly kind: 'code';
  readonly label?: string;
  readonly lines: readonly string[];
  /** Completes `Copy …`. */
  readonly what: string;
}

/** Lines of evidence with the words that decide. */
export interface Quotes {
  readonly kind: 'quotes';
  readonly quotes: readonly Quote[];
  readonly words: readonly Decisive[];
}

export interface List {
  readonly kind: 'list';
  readonly label?: string;
  /** Without bullets, where each item begins with a mark. */
  readonly marked?: true;
  readonly items: readonly ListItem[];
}

export interface ListItem {
  readonly text: string;
  /** Makes the text a link. */
  readonly url?: string;
}

export interface Table {
  readonly kind: 'table';
  readonly caption: string;
  readonly titles: readonly string[];
  readonly rows: readonly TableRow[];
  /** What one row is, for the count of rows that are left out. */
  readonly what: string;
}

export interface TableRow {
  /** Shown by formats that colour rows; the cells say the same. */
  readonly state?: 'bad' | 'good' | 'unsure' | 'unused';
  /** Before the row in a terminal. */
  readonly mark?: string;
  /** The first one names the row; the last one may be cut to the room that there is. */
  readonly cells: readonly string[];
  /** Behind the last cell, and never cut. */
  readonly more?: string;
  /** `id` of the section about it. */
  readonly section?: string | undefined;
}

export interface Steps {
  readonly kind: 'steps';
  readonly hops: Diagnosis['hops'];
  readonly firstBrokenHop: Diagnosis['firstBrokenHop'];
}

/** Drawn by formats that can; the texts around it say the same. */
export interface PicturePart {
  readonly kind: 'picture';
  readonly name: 'time' | 'history';
}

export interface SectionPart {
  readonly kind: 'section';
  /** Unique in the document. */
  readonly id: string;
  /** Empty if the parts need no heading. */
  readonly title: string;
  readonly parts: readonly Part[];
  /**
   * `open`: the reader sees all of it. `fold`: collapsed in chats. `detail`: the same, and its title is only shown
   * where it is collapsed. `minor`: left out of chats.
   */
  readonly shape: 'open' | 'fold' | 'detail' | 'minor';
}

export function prosePart(text: string, more: Omit<Prose, 'kind' | 'text'> = {}): readonly Prose[] {
  return text === '' ? [] : [{ kind: 'prose', text, ...more }];
}

export function codePart(lines: readonly string[], what: string, label?: string): readonly Code[] {
  return lines.length === 0 ? [] : [{ kind: 'code', lines, what, label }];
}

export function quotesPart(evidence: readonly Quote[], words: readonly Decisive[] = []): readonly Quotes[] {
  return evidence.length === 0 ? [] : [{ kind: 'quotes', quotes: evidence, words }];
}

export function listPart(items: readonly string[], label?: string): readonly List[] {
  return items.length === 0 ? [] : [{ kind: 'list', items: items.map((text) => ({ text })), label }];
}

/** Without bullets. */
export function markedListPart(items: readonly string[]): readonly List[] {
  return listPart(items).map((part) => ({ ...part, marked: true }));
}

export function sectionPart(
  id: string,
  shape: SectionPart['shape'],
  title: string,
  parts: readonly Part[],
): readonly SectionPart[] {
  return parts.length === 0 ? [] : [{ kind: 'section', id, shape, title, parts }];
}
