import type { Diagnosis, Finding } from '../../diagnosis/diagnosis.ts';
import type { PageText, Subject } from './escalation.ts';

/** The shortest title limit of the providers (JSM). */
const MAX_SUMMARY = 130;
const MAX_DETAILS = 8000;
const SHOWN_FINDINGS = 3;
/** A page is read on a phone. */
const MAX_FIX_LINES = 25;

export interface PageContext {
  readonly subject: Subject;
  readonly diagnosis: Diagnosis;
  readonly impact?: string | undefined;
  readonly link: string;
}

/** Builds the plain text of a page. Everything in it has been redacted. */
export function pageText({ subject, diagnosis, impact, link }: PageContext): PageText {
  const users = usersText(subject.affectedUsers);
  const lines = [
    oneLine(diagnosis.headline),
    [subject.device, diagnosis.device.model, version(diagnosis), users].filter(Boolean).join(' · '),
    ...(impact === undefined ? [] : [`Impact: ${oneLine(impact)}`]),
    '',
    ...diagnosisLines(diagnosis),
    '',
    `Thread: ${link}`,
  ];
  return {
    summary: cut(`${subject.device}: ${oneLine(diagnosis.headline)}`, MAX_SUMMARY),
    details: cut(lines.join('\n'), MAX_DETAILS),
    finding: findingOf(diagnosis),
  };
}

function findingOf({ findings: [first] }: Diagnosis): PageText['finding'] {
  if (first === undefined) return undefined;
  const { fix, confidence, summary } = first;
  const isLong = fix.apply.length > MAX_FIX_LINES;
  const note = [...(isLong ? ['The fix is in the thread: it is long.'] : []), fix.note ?? '']
    .filter((line) => line !== '')
    .map(oneLine)
    .join(' ');
  return {
    fix: isLong ? [] : [...fix.apply],
    cause: `${oneLine(summary)} (${confidence})`,
    ...(note === '' ? {} : { note }),
    ...evidenceOf(first),
  };
}

function evidenceOf({ evidence: [quote] }: Finding): { readonly evidence?: string } {
  return quote === undefined
    ? {}
    : { evidence: `${quote.source}, line ${quote.line}: ${oneLine(quote.text)}` };
}

/** The first finding with its fix, cause and evidence, the titles of others, and the step that broke. */
export function diagnosisLines(diagnosis: Diagnosis): readonly string[] {
  const [first, ...others] = diagnosis.findings;
  const also = others.slice(0, SHOWN_FINDINGS - 1);
  const more = others.length - also.length;
  return [
    ...(first === undefined ? [] : findingLines(first, diagnosis.headline)),
    ...also.map(({ title, confidence }) => `Also found: ${oneLine(title)} (${confidence})`),
    ...(more > 0 ? [`and ${more} more`] : []),
    ...(diagnosis.firstBrokenHop === null ? [] : [`First broken step: ${diagnosis.firstBrokenHop}`]),
  ];
}

/** Fix, cause, evidence: the order in which the reader needs them. */
function findingLines(finding: Finding, headline: string): readonly string[] {
  const { title, summary, confidence, fix, evidence } = finding;
  const [quote] = evidence;
  const note = fix.note === undefined ? [] : [oneLine(fix.note)];
  const toDo =
    fix.apply.length === 0
      ? note.map((text) => `What to do: ${text}`)
      : [
          'Fix:',
          ...(fix.apply.length > MAX_FIX_LINES ? ['(in the thread: it is long)'] : fix.apply),
          ...note,
        ];
  return [
    ...(headline.includes(title) ? [] : [oneLine(title)]),
    ...toDo,
    '',
    `Cause (${confidence}): ${oneLine(summary)}`,
    ...(quote === undefined ? [] : [`${quote.source}, line ${quote.line}: ${oneLine(quote.text)}`]),
  ];
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
