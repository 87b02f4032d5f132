import type { KnownBlock } from '@slack/types';
import type { Diagnosis } from '../../../engine/diagnosis/diagnosis.ts';
import { context } from '../../block-kit/build-blocks.ts';
import { type AnswerContext, createAnswer } from '../../documents/answer/answer.ts';
import type { Document, Part, SectionPart } from '../../documents/document.ts';
import { prosePart } from '../../documents/document.ts';
import type { DeviceHistoryView } from '../../documents/history/history.ts';
import { clipProse, plural, printableProse } from '../../documents/printable.ts';
import { renderHtml } from '../html/render-html.ts';
import { fallbackText } from './fallback-text.ts';
import { contextBlocks, headlineBlock } from './other-blocks.ts';
import { partBlocks } from './parts.ts';
import { proseText } from './prose-text.ts';

/** Where the report is, if the message does not hold everything. */
export type ReportPlacement =
  /** It is uploaded after the answer. */
  | { readonly kind: 'follows' }
  | { readonly kind: 'attached' }
  /** `reason` is Slack's error code. */
  | { readonly kind: 'refused'; readonly reason: string };

export interface RenderSlackOptions extends AnswerContext {
  /** Buttons, below everything else. */
  readonly controls?: readonly KnownBlock[];
  readonly report?: ReportPlacement | undefined;
  /** For the report. */
  readonly history?: DeviceHistoryView | undefined;
}

export interface SlackAnswer {
  /** Mrkdwn, usable on its own, for notifications and screen readers; foreign text is escaped. */
  readonly text: string;
  readonly blocks: readonly KnownBlock[];
  /** The report as one HTML file, if the blocks do not hold all of it. */
  readonly full?: { readonly filename: string; readonly content: string };
  /** Shown if Slack refuses the format of `blocks`. */
  readonly plainBlocks?: readonly KnownBlock[];
}

/**
 * Limits of one message. Slack accepts 50 blocks and about 13,200 characters, counted by an unpublished rule
 * (slackapi/bolt-js#2509, #2867); the length of the blocks as JSON is a safe measure.
 */
const MAX_BLOCKS = 46;
const MAX_WEIGHT = 11_100;
/** More findings are counted, and listed in the report. */
const MAX_FINDINGS = 9;

/** The answer as one Slack message, within its limits; shortened part by part, never inside code. */
export function renderSlack(diagnosis: Diagnosis, options: RenderSlackOptions = {}): SlackAnswer {
  const { controls = [], report = { kind: 'follows' } } = options;
  const wording = { command: '/ftm-check', withOutput: 'paste the output here' };
  const answer = createAnswer(diagnosis, { ...wording, ...options });
  const { isCut, ...message } = renderSlackDocument(answer, controls, report);
  return isCut ? { ...message, full: reportFile(diagnosis, options) } : message;
}

/** A document as one message, `controls` below its parts; `isCut` if it has more than the message, and `report` says where. */
export function renderSlackDocument(
  document: Document,
  controls: readonly KnownBlock[] = [],
  report?: ReportPlacement,
): SlackAnswer & { readonly isCut: boolean } {
  const { mark, headline, about = '', parts } = document;
  const head = [headlineBlock(mark?.light ?? '', headline), ...contextBlocks(clipProse(about, 600))];
  const { blocks: body, isCut } = bodyBlocks(limitFindings(parts), [...head, ...controls]);
  // What was redacted, and where the full report is.
  const below = [
    ...(document.foot ?? []).map((line) => `_${proseText(clipProse(line, 400))}_`),
    ...(isCut && report ? [reportText(report)] : []),
  ];
  const foot = below.length === 0 ? [] : [context(below.join(' · '))];
  return { text: fallbackText(document), blocks: [...head, ...body, ...controls, ...foot], isCut };
}

/** The whole report as a file, whether or not the message holds all of it. */
export function reportFile(
  diagnosis: Diagnosis,
  { alias = diagnosis.device.alias, tookMs, sinceHealthy, history }: RenderSlackOptions,
): NonNullable<SlackAnswer['full']> {
  const withOutput = 'paste the output into the thread';
  const content = renderHtml(diagnosis, { alias, tookMs, sinceHealthy, history, withOutput });
  const name = (alias ?? 'paste').replaceAll(/[^A-Za-z0-9_-]+/g, '-').slice(0, 60);
  return { filename: `ftm-check-${name}.html`, content: `${content}\n` };
}

/** Parts that are shown or left out together. */
interface Item {
  readonly isFirst: boolean;
  /** From the longest to none at all. */
  readonly forms: readonly { readonly blocks: readonly KnownBlock[]; readonly isCut: boolean }[];
  /** Index into `forms`. */
  form: number;
}

/**
 * The fix and the path get their room first, then each part its shortest form, then, the first finding before the
 * others, the longest that fits.
 */
function bodyBlocks(
  parts: readonly Part[],
  others: readonly KnownBlock[],
): { readonly blocks: readonly KnownBlock[]; readonly isCut: boolean } {
  const items = groupParts(parts).map((group): Item => {
    const forms = LEVELS.map((level) => {
      const { parts: shown, isCut } = shortenParts(group, level);
      return { blocks: partBlocks(shown), isCut };
    });
    const none = { blocks: [], isCut: group.some(isShown) };
    return { isFirst: group.some(isFirst), forms: [...forms, none], form: LEVELS.length };
  });
  const fits = () => {
    const all = [...others, ...items.flatMap(shownBlocks)];
    const weight = all.reduce((sum, block) => sum + JSON.stringify(block).length + 1, 0);
    return all.length <= MAX_BLOCKS && weight <= MAX_WEIGHT;
  };
  const grow = (item: Item, longest: number) => {
    const before = item.form;
    for (let form = longest; form < before; form += 1) {
      item.form = form;
      if (fits()) return;
    }
    item.form = before;
  };
  // The path stands below the fix, and needs little.
  for (const item of items.toReversed()) if (item.isFirst) grow(item, 1);
  for (const item of items) grow(item, LEVELS.length - 1);
  for (const item of items) if (item.isFirst) grow(item, 0);
  for (const item of items) grow(item, 0);
  return {
    blocks: items.flatMap(shownBlocks),
    isCut: items.some(({ forms, form }) => forms[form]?.isCut === true),
  };
}

function shownBlocks({ forms, form }: Item): readonly KnownBlock[] {
  return forms[form]?.blocks ?? [];
}

function isFirst(part: Part): boolean {
  return part.kind === 'section' && ['path', 'finding-1'].includes(part.id);
}

function isShown(part: Part): boolean {
  if (part.kind === 'prose') return part.tone !== 'minor';
  return part.kind !== 'picture' && !(part.kind === 'section' && part.shape === 'minor');
}

/** A section by itself, and what stands between two sections together. */
function groupParts(parts: readonly Part[]): readonly (readonly Part[])[] {
  const groups: Part[][] = [];
  let last: Part | undefined;
  for (const part of parts) {
    if (last === undefined || part.kind === 'section' || last.kind === 'section') groups.push([part]);
    else groups.at(-1)?.push(part);
    last = part;
  }
  return groups;
}

function limitFindings(parts: readonly Part[]): readonly Part[] {
  const isFinding = (part: Part): part is SectionPart =>
    part.kind === 'section' && /^finding-\d+$/.test(part.id);
  const findings = parts.filter(isFinding);
  const last = findings[MAX_FINDINGS - 1];
  const rest = findings.slice(MAX_FINDINGS);
  if (last === undefined || rest.length === 0) return parts;
  const more: Part = { kind: 'prose', text: `and ${plural(rest.length, 'more finding')} in the report` };
  return parts
    .filter((part) => !isFinding(part) || !rest.includes(part))
    .flatMap((part) => (part === last ? [part, more] : [part]));
}

function reportText(report: ReportPlacement): string {
  if (report.kind === 'follows') return 'The whole report follows as a file';
  if (report.kind === 'attached') return 'The whole report is attached in this thread';
  return `Slack refused the report file (${proseText(report.reason)}). Press Report to try again`;
}

/** How much of a part is shown; the report has the rest. */
interface Limits {
  readonly items: number;
  /** Characters of a paragraph or an item. */
  readonly prose: number;
  readonly quotes: number;
  readonly title: number;
  readonly withDetails: boolean;
  /** Without code, a collapsed section is its title. */
  readonly withCode: boolean;
}

/** From everything that a message can hold to the least that is worth showing. */
const LEVELS = [
  { items: 30, prose: 1500, quotes: 8, title: 500, withDetails: true, withCode: true },
  { items: 6, prose: 1500, quotes: 0, title: 300, withDetails: false, withCode: true },
  { items: 3, prose: 300, quotes: 0, title: 120, withDetails: false, withCode: true },
  { items: 3, prose: 300, quotes: 0, title: 90, withDetails: false, withCode: false },
] as const satisfies readonly Limits[];

interface Shortened {
  readonly parts: readonly Part[];
  /** Whether the report has more. */
  readonly isCut: boolean;
}

function shortenParts(parts: readonly Part[], limits: Limits): Shortened {
  const all = parts.map((part) => shortenPart(part, limits));
  return { parts: all.flatMap((each) => each.parts), isCut: all.some(({ isCut }) => isCut) };
}

function shortenPart(part: Part, limits: Limits): Shortened {
  if (part.kind === 'section') {
    if (part.shape === 'minor') return { parts: [], isCut: false };
    if (part.shape === 'detail' && !limits.withDetails) return { parts: [], isCut: true };
    const title = clipProse(printableProse(part.title), limits.title);
    if (part.shape === 'fold' && !limits.withCode) return { parts: prosePart(title), isCut: true };
    const { parts, isCut } = shortenParts(part.parts, limits);
    return { parts: parts.length === 0 ? [] : [{ ...part, title, parts }], isCut };
  }
  if (part.kind === 'code') {
    if (limits.withCode) return { parts: [part], isCut: false };
    return { parts: prosePart(`${part.label ?? 'The block to paste'} is in the report.`), isCut: true };
  }
  if (part.kind === 'quotes') {
    const shown = part.quotes.slice(0, limits.quotes);
    // A quote that is cut says so itself.
    const isCut = shown.length < part.quotes.length;
    return { parts: shown.length === 0 ? [] : [{ ...part, quotes: shown }], isCut };
  }
  if (part.kind === 'list') {
    const shown = part.items
      .slice(0, limits.items)
      .map((item) => ({ ...item, text: clipProse(printableProse(item.text), limits.prose) }));
    const rest = part.items.length - shown.length;
    const more = rest > 0 ? [{ text: `${plural(rest, 'more', 'more')} in the report` }] : [];
    const isCut = rest > 0 || part.items.some(({ text }) => text.length > limits.prose);
    return { parts: [{ ...part, items: [...shown, ...more] }], isCut };
  }
  if (part.kind === 'table' || part.kind === 'steps' || part.kind === 'picture')
    return { parts: [part], isCut: false };
  const { quote, ...rest } = part;
  const text = clipProse(printableProse(part.text), limits.prose);
  const short = { ...rest, text, ...(limits.withCode && quote ? { quote } : {}) };
  return { parts: [short], isCut: part.tone !== 'minor' && part.text.length > limits.prose };
}
