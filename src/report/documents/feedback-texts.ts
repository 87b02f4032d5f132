import { utcMinute } from '../../engine/text/utc-minute.ts';
import {
  type FeedbackEntry,
  type FeedbackReport,
  latestFeedbackAt,
} from '../../platform/runs/feedback-report.ts';
import type { DeviceName } from '../../platform/runs/past-check.ts';
import type { Feedback } from '../../platform/runs/run.ts';
import { escapeMrkdwn, inlineCode, personText } from '../block-kit/escape.ts';
import { proseText } from '../formats/slack/prose-text.ts';
import { clip, clipProse, plural, printable, printableProse } from './printable.ts';

/** As the form offers them. */
export const REASON_LABELS: Readonly<Record<Feedback['reason'], string>> = {
  wrong: 'It is wrong',
  incomplete: 'Something is missing',
  unclear: 'I do not understand it',
  'not-my-problem': 'It is about a different problem',
  other: 'Something else',
};

const REASON_WORDS: Readonly<Record<Feedback['reason'], string>> = {
  wrong: 'wrong',
  incomplete: 'incomplete',
  unclear: 'unclear',
  'not-my-problem': 'another problem',
  other: 'other reason',
};

const HEADLINE_LIMIT = 300;
const COMMENT_LIMIT = 1000;
/** In a list of causes or answers. */
const MAX_LISTED = 5;

/** For the operations channel, as Slack mrkdwn: what one person said about one answer. */
export function feedbackNotice(report: FeedbackReport, entry: FeedbackEntry, link?: string): string {
  const { runId, alias, headline } = report;
  const about = alias === undefined ? 'a pasted log' : inlineCode(alias);
  const comment = clip(entry.comment ?? '', COMMENT_LIMIT);
  const kept = report.hasEvidence
    ? `${inlineCode(`ftm-check feedback export ${runId}`)} makes a fixture of it.`
    : 'The evidence is no longer stored.';
  return [
    `An answer was not helpful (${REASON_WORDS[entry.reason]}): *${proseText(clipProse(headline, HEADLINE_LIMIT))}*`,
    `About ${about}, said by ${personText({ id: printable(entry.user) })}${link === undefined ? '' : `, <${link}|open the answer>`}`,
    ...(comment === '' ? [] : comment.split('\n').map((line) => `> ${escapeMrkdwn(printable(line))}`)),
    kept,
  ].join('\n');
}

/** For the operations channel, as Slack mrkdwn: all reports of a period. Empty without any. */
export function feedbackSummary(reports: readonly FeedbackReport[], days: number): string {
  if (reports.length === 0) return '';
  const reasons = countWords(
    reports.flatMap(({ entries }) => entries.map(({ reason }) => REASON_WORDS[reason])),
  );
  const causes = countWords(reports.map(({ rules: [first], verdict }) => first ?? `no cause (${verdict})`));
  const headlines = reports
    .slice(0, MAX_LISTED)
    .map(({ headline }) => `• ${proseText(clipProse(headline, HEADLINE_LIMIT))}`);
  const more = reports.length - headlines.length;
  return [
    `*${plural(reports.length, 'answer')} in the last ${plural(days, 'day')} ${reports.length === 1 ? 'was' : 'were'} not helpful* (${reasons.join(', ')})`,
    `By first cause: ${escapeMrkdwn(causes.slice(0, MAX_LISTED).join(', '))}`,
    ...headlines,
    ...(more > 0 ? [`and ${more} more`] : []),
    `${inlineCode('ftm-check feedback')} lists them with their comments.`,
  ].join('\n');
}

/** For a terminal: one report with what was said, newest last. */
export function feedbackText(report: FeedbackReport & Pick<DeviceName, 'customer' | 'site'>): string {
  const { runId, alias, customer = [], site = [], headline, verdict, rules, entries, hasEvidence } = report;
  const about = [alias ?? 'pasted log', customer, site, verdict, ...rules.slice(0, 1)]
    .flat()
    .map(printable)
    .join(' · ');
  return [
    `${utcMinute(latestFeedbackAt(report))}  ${printable(runId)}`,
    `  ${printableProse(headline)}`,
    `  ${about}${hasEvidence ? '' : ' · evidence not kept'}`,
    ...entries.map(
      ({ reason, comment, user }) =>
        `  ${REASON_WORDS[reason]} (${printable(user)})${comment === undefined ? '' : `: ${printableProse(comment)}`}`,
    ),
  ].join('\n');
}

/** `wrong 3`, most frequent first. */
function countWords(words: readonly string[]): readonly string[] {
  const byWord = Map.groupBy(words, (word) => word);
  return [...byWord]
    .toSorted(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1))
    .map(([word, all]) => `${word} ${all.length}`);
}
