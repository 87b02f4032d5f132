import type { Diagnosis } from '../../diagnosis/diagnosis.ts';
import type { PageText, Subject } from './escalation.ts';

/** The shortest title limit of the providers (JSM). */
const MAX_SUMMARY = 130;
const MAX_DETAILS = 8000;
const SHOWN_FINDINGS = 3;

export interface PageContext {
  readonly subject: Subject;
  readonly diagnosis: Diagnosis;
  readonly impact?: string | undefined;
  readonly link: string;
}

/** Builds the plain text of a page. Everything in it has been redacted. */
export function pageText({ subject, diagnosis, impact, link }: PageContext): PageText {
  const users = usersText(subject.affectedUsers);
  const findings = diagnosis.findings.slice(0, SHOWN_FINDINGS);
  const more = diagnosis.findings.length - findings.length;
  const lines = [
    oneLine(diagnosis.headline),
    [subject.device, diagnosis.device.model, version(diagnosis), users].filter(Boolean).join(' · '),
    ...(impact === undefined ? [] : [`Impact: ${oneLine(impact)}`]),
    '',
    ...findings.flatMap((finding, index) => [
      `${index + 1}. ${oneLine(finding.title)} (${finding.severity}, ${finding.confidence})`,
      `   ${oneLine(finding.summary)}`,
    ]),
    ...(more > 0 ? [`and ${more} more`] : []),
    ...(diagnosis.firstBrokenHop === null ? [] : [`First broken step: ${diagnosis.firstBrokenHop}`]),
    '',
    `Thread: ${link}`,
  ];
  return {
    summary: cut(`${subject.device}: ${oneLine(diagnosis.headline)}`, MAX_SUMMARY),
    details: cut(lines.join('\n'), MAX_DETAILS),
  };
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
