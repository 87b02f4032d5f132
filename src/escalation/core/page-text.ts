import type { SinceHealthy } from '../../diagnosis/changes/since-healthy.ts';
import type { Diagnosis, Finding } from '../../diagnosis/diagnosis.ts';
import { sinceHealthyTitle } from '../../report/changes/since-healthy-text.ts';
import { decisiveQuote } from '../../report/quotes.ts';
import { hasThread } from './answer-thread.ts';
import type { PageText, Subject, ThreadRef } from './escalation.ts';
import { whereText } from './thread-link.ts';

/** The shortest title limit of the providers (JSM). */
export const MAX_SUMMARY = 130;
const MAX_DETAILS = 8000;
const SHOWN_FINDINGS = 3;
/** A page is read on a phone. */
const MAX_FIX_LINES = 25;
const MAX_FIX = 4000;
const MAX_CAUSE = 1500;
const MAX_LINE = 500;
const MAX_TITLE = 200;

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
 * below the limit of every provider: each part has its own limit, so that no CLI line and no link is cut.
 */
export function pageText({ subject, diagnosis, sinceHealthy, impact, thread }: PageContext): PageText {
  const headline = oneLine(diagnosis.headline);
  const summary = cut(`${subject.device}: ${headline}`, MAX_SUMMARY);
  const about = [diagnosis.device.model, version(diagnosis), usersText(subject.affectedUsers)];
  const lines = [
    ...(summary.endsWith(headline) ? [] : [cut(headline, MAX_LINE)]),
    about.filter(Boolean).join(' · '),
    ...(impact === undefined ? [] : [`Impact: ${cut(oneLine(impact), MAX_LINE)}`]),
    '',
    ...diagnosisLines(diagnosis, thread),
    ...changedLines(sinceHealthy),
  ];
  return {
    summary,
    details: withWhere(lines.join('\n').trim(), thread),
    finding: findingOf(diagnosis, thread),
  };
}

/** A change that a finding points to is why somebody is paged; others are in the thread. */
function changedLines(since: SinceHealthy | undefined): readonly string[] {
  if (since === undefined || (since.changes[0]?.rules.length ?? 0) === 0) return [];
  return [`Changed: ${cut(oneLine(sinceHealthyTitle(since)), MAX_LINE)}`];
}

/** Ends with the link, whatever is cut. */
export function withWhere(text: string, thread: ThreadRef): string {
  const end = `\n\n${whereText(thread)}`;
  return `${cut(text, MAX_DETAILS - end.length)}${end}`;
}

function findingOf({ findings: [first] }: Diagnosis, thread: ThreadRef): PageText['finding'] {
  if (first === undefined) return undefined;
  const { fix, confidence, summary } = first;
  const isLong = isTooLong(fix.apply);
  const note = [...(isLong ? [longFix(thread)] : []), fix.note ?? '']
    .filter((line) => line !== '')
    .map(oneLine)
    .join(' ');
  return {
    fix: isLong ? [] : [...fix.apply],
    cause: `(${confidence}) ${oneLine(summary)}`,
    note: note === '' ? undefined : note,
    ...evidenceOf(first),
  };
}

function evidenceOf(finding: Finding): { readonly evidence?: string } {
  const quote = decisiveQuote(finding);
  return quote === undefined
    ? {}
    : { evidence: `${quote.source}, line ${quote.line}: ${oneLine(quote.text)}` };
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
    ...also.map(({ title, confidence }) => `Also found: ${cut(oneLine(title), MAX_TITLE)} (${confidence})`),
    ...(more > 0 ? [`and ${more} more`] : []),
    ...(diagnosis.firstBrokenHop === null ? [] : [`First broken step: ${diagnosis.firstBrokenHop}`]),
  ];
}

/** Fix, cause, evidence: the order in which the reader needs them. */
function findingLines(finding: Finding, headline: string, thread: ThreadRef): readonly string[] {
  const { title, summary, confidence, fix } = finding;
  const quote = decisiveQuote(finding);
  const note = fix.note === undefined ? [] : [cut(oneLine(fix.note), MAX_LINE)];
  const toDo =
    fix.apply.length === 0
      ? note.map((text) => `What to do: ${text}`)
      : isTooLong(fix.apply)
        ? [longFix(thread), ...note]
        : ['Fix:', ...fix.apply, ...note];
  return [
    ...(headline.includes(title) ? [] : [cut(oneLine(title), MAX_LINE)]),
    ...toDo,
    '',
    `Cause (${confidence}): ${cut(oneLine(summary), MAX_CAUSE)}`,
    ...(quote === undefined ? [] : [quoteLine(quote)]),
  ];
}

/** Half of a fix must not be pasted. */
function isTooLong(lines: readonly string[]): boolean {
  return lines.length > MAX_FIX_LINES || lines.join('\n').length > MAX_FIX;
}

function quoteLine({ source, line, text }: Finding['evidence'][number]): string {
  return cut(`${source}, line ${line}: ${oneLine(text)}`, MAX_LINE);
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

/** Returns at most `limit` code points, with `…` where text is missing. */
export function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const characters = Array.from(text);
  return characters.length <= limit ? text : `${characters.slice(0, limit - 1).join('')}…`;
}
