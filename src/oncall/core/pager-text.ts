import type { SinceHealthy } from '../../engine/diagnosis/changes/since-healthy.ts';
import type { Diagnosis, Finding } from '../../engine/diagnosis/diagnosis.ts';
import { sinceHealthyTitle } from '../../report/documents/changes/since-healthy-text.ts';
import { placeText } from '../../report/documents/places.ts';
import { clip, clipProse } from '../../report/documents/printable.ts';
import { decisiveQuote, decisiveWords, quotedLine } from '../../report/documents/quotes.ts';
import type { PagerText, Subject, ThreadRef } from './escalation.ts';
import { hasThread, whereText } from './threads.ts';

/** The shortest title limit of the providers (JSM). */
const MAX_SUMMARY = 130;
/** So that a long name leaves room for what is wrong. */
const MAX_DEVICE = 64;
const MAX_PLACE = 30;
/** Below the shortest limit of the providers (JSM, 15,000), and above what all parts together can be. */
const MAX_DETAILS = 12_000;
const SHOWN_FINDINGS = 3;
/** A page is read on a phone. */
const MAX_FIX_LINES = 25;
const MAX_FIX = 4000;
const MAX_CAUSE = 1500;
const MAX_NOTE = 1000;
const MAX_QUOTE = 300;
const MAX_LINE = 500;
const MAX_TITLE = 200;
const MAX_NAME = 100;
/** `… (1,234 more characters)`. */
const CUT_REMARK = 40;

export interface PageContext {
  readonly subject: Subject;
  readonly diagnosis: Diagnosis;
  /** What changed since the device was healthy. */
  readonly sinceHealthy?: SinceHealthy | undefined;
  readonly impact?: string | undefined;
  readonly thread: ThreadRef;
}

/**
 * Builds the plain text of a page. Everything in it has been redacted. The details do not repeat the summary, and are
 * below the limit of every provider: each part has its own limit, so that no CLI line and no link is cut. A cut part says
 * how much is missing.
 */
export function pagerText({ subject, diagnosis, sinceHealthy, impact, thread }: PageContext): PagerText {
  const headline = oneLine(diagnosis.headline);
  const summary = summarize(subject, headline);
  const about = [diagnosis.device.model, version(diagnosis), usersText(subject.affectedUsers)];
  const lines = [
    ...(subject.device.length > MAX_DEVICE ? [`Device: ${clip(oneLine(subject.device), MAX_LINE)}`] : []),
    ...(summary.endsWith(headline) ? [] : [clipProse(headline, MAX_LINE)]),
    clip(about.filter(Boolean).join(' · '), MAX_NAME),
    ...(impact === undefined ? [] : [`Impact: ${clip(oneLine(impact), MAX_LINE)}`]),
    '',
    ...diagnosisLines(diagnosis, thread),
    ...changedLines(sinceHealthy),
  ];
  return {
    summary,
    details: withWhere(lines.join('\n').trim(), thread),
    finding: pickFinding(diagnosis, thread),
  };
}

/** One line that every provider takes. The device stands first, because a list of pages shows only its beginning. */
export function summarize(
  { device, ...of }: Pick<Subject, 'device' | 'customer' | 'site'>,
  what: string,
): string {
  const place = placeText(of);
  const where = place === '' ? '' : ` (${clipToLimit(place, MAX_PLACE)})`;
  return clipToLimit(`${clipToLimit(oneLine(device), MAX_DEVICE)}${where}: ${what}`, MAX_SUMMARY);
}

/** A change that a finding points to is why a person is paged; others are in the thread. */
function changedLines(since: SinceHealthy | undefined): readonly string[] {
  if (since === undefined || (since.changes[0]?.rules.length ?? 0) === 0) return [];
  return [`Changed: ${clip(oneLine(sinceHealthyTitle(since)), MAX_LINE)}`];
}

/** Ends with the link, whatever is cut. */
export function withWhere(text: string, thread: ThreadRef): string {
  const end = `\n\n${whereText(thread)}`;
  return `${clip(text, MAX_DETAILS - end.length - CUT_REMARK)}${end}`;
}

function pickFinding({ findings: [first] }: Diagnosis, thread: ThreadRef): PagerText['finding'] {
  if (first === undefined) return undefined;
  const { fix, confidence, summary } = first;
  const isLong = isTooLong(fix.apply);
  const quote = decisiveQuote(first);
  const note = [...(isLong ? [longFix(thread)] : []), fix.note ?? '']
    .filter((line) => line !== '')
    .map((line) => clipProse(oneLine(line), MAX_NOTE))
    .join(' ');
  return {
    fix: isLong ? [] : [...fix.apply],
    cause: `(${confidence}) ${clipProse(oneLine(summary), MAX_CAUSE)}`,
    note: note === '' ? undefined : note,
    evidence: quote && quoteText(quote, first),
  };
}

/** In place of a fix that is too long for a page. */
function longFix(thread: ThreadRef): string {
  return hasThread(thread)
    ? 'The fix is in the thread: it is long.'
    : 'The fix is too long for a page: check the device in another channel to see it.';
}

/** The first finding with its fix, cause and evidence, the titles of others, and the step that broke. */
export function diagnosisLines(diagnosis: Diagnosis, thread: ThreadRef): readonly string[] {
  const [first, ...others] = diagnosis.findings;
  const also = others.slice(0, SHOWN_FINDINGS - 1);
  const more = others.length - also.length;
  return [
    ...(first === undefined ? [] : findingLines(first, diagnosis.headline, thread)),
    ...also.map(
      ({ title, confidence }) => `Also found: ${clipProse(oneLine(title), MAX_TITLE)} (${confidence})`,
    ),
    ...(more > 0 ? [`and ${more} more`] : []),
    ...(diagnosis.firstBrokenHop === null ? [] : [`First broken step: ${diagnosis.firstBrokenHop}`]),
  ];
}

/** Fix, cause, evidence: the order in which the reader needs them. */
function findingLines(finding: Finding, headline: string, thread: ThreadRef): readonly string[] {
  const { title, summary, confidence, fix } = finding;
  const quote = decisiveQuote(finding);
  const note = fix.note === undefined ? [] : [clipProse(oneLine(fix.note), MAX_NOTE)];
  const toDo =
    fix.apply.length === 0
      ? note.map((text) => `What to do: ${text}`)
      : isTooLong(fix.apply)
        ? [longFix(thread), ...note]
        : ['Fix:', ...fix.apply, ...note];
  return [
    ...(headline.includes(title) ? [] : [clipProse(oneLine(title), MAX_LINE)]),
    ...toDo,
    '',
    `Cause (${confidence}): ${clipProse(oneLine(summary), MAX_CAUSE)}`,
    ...(quote === undefined ? [] : [quoteText(quote, finding)]),
  ];
}

/** Half of a fix must not be pasted. */
function isTooLong(lines: readonly string[]): boolean {
  return lines.length > MAX_FIX_LINES || lines.join('\n').length > MAX_FIX;
}

/** A long line is cut around the words that the finding is about. */
function quoteText({ source, line, text }: Finding['evidence'][number], finding: Finding): string {
  const place = `${clip(oneLine(source), MAX_NAME)}, line ${line}`;
  return `${place}: ${quotedLine(oneLine(text), MAX_QUOTE, decisiveWords(finding))}`;
}

/** `2 users did not get in`, or an empty text. */
export function usersText(count: number): string {
  if (count === 0) return '';
  return count === 1 ? '1 user did not get in' : `${count} users did not get in`;
}

function version({ device }: Diagnosis): string | undefined {
  return device.version === undefined ? undefined : `FortiOS ${device.version}`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/**
 * Returns at most `limit` UTF-16 units, with `…` where text is missing; never splits a character. Providers do not say how
 * they count, and no other way counts more.
 */
export function clipToLimit(text: string, limit: number): string {
  if (text.length <= limit) return text;
  return `${text
    .slice(0, limit - 1)
    .toWellFormed()
    .replace(/\ufffd$/, '')}…`;
}
