import type { ContextBlock, KnownBlock } from '@slack/types';
import type { AttemptSummary, Diagnosis } from '../../diagnosis/diagnosis.ts';
import { openQuestions } from '../../diagnosis/open-questions.ts';
import { escapeMrkdwn } from '../../slack/escape.ts';
import { codePoints, LIMITS } from '../../slack/limits.ts';
import { liveLine } from '../live-line.ts';
import { coach, type PasteCoach } from '../paste-coach.ts';
import { portLine, portMatters } from '../port-line.ts';
import { clip, plural, printable, printableProse } from '../printable.ts';
import { attemptText, moreAttemptsText } from '../summary.ts';
import { hopNames } from '../text/coach.ts';
import { groupUnchecked } from '../unchecked.ts';
import { ENGLISH } from '../wording.ts';
import { bold, bullets, code, italic, paragraph, plain, preformatted, prose, richText } from './rich-text.ts';

const ATTEMPTS = 6;
const REASONS = 3;
const REASON_LIMIT = 600;

/** Small print; the text must be escaped already. */
export function context(mrkdwn: string): ContextBlock {
  return { type: 'context', elements: [{ type: 'mrkdwn', text: mrkdwn }] };
}

/** A plain-text header when it fits, bold text otherwise: neither can hold a mention or a format. */
export function headlineBlock(mark: string, text: string): KnownBlock {
  const line = `${mark} ${printableProse(text).replaceAll('`', '')}`;
  if (codePoints(line) <= LIMITS.header) {
    return { type: 'header', text: { type: 'plain_text', text: line, emoji: false } };
  }
  return richText([paragraph([bold(clip(line, 600))])]);
}

export function hopsBlock({ hops, firstBrokenHop }: Diagnosis): KnownBlock {
  return richText([
    paragraph(
      hops.flatMap(({ id, status }, index) => {
        const word = `${ENGLISH.hops[id]} ${ENGLISH.hopMarks[status]}`;
        return [...(index === 0 ? [] : [plain(' › ')]), id === firstBrokenHop ? bold(word) : plain(word)];
      }),
    ),
  ]);
}

/** What became of watching a login. A debug that may still be on is not small print. */
export function liveBlocks({ live }: Diagnosis): readonly KnownBlock[] {
  const line = clip(printableProse(liveLine(live)), 500);
  if (line === '') return [];
  if (live?.state !== 'left-on') return [context(escapeMrkdwn(line))];
  return [richText([paragraph([bold(line)]), preformatted(live.commands)])];
}

/** Who answers where the phone calls, where that is the trouble or may be. */
export function portBlocks(diagnosis: Diagnosis): readonly KnownBlock[] {
  if (!portMatters(diagnosis)) return [];
  return [
    context(`Where the phone calls: ${escapeMrkdwn(clip(printableProse(portLine(diagnosis.portMap)), 500))}`),
  ];
}

/** One line an attempt: a table is too wide for a phone. */
export function attemptsBlocks(diagnosis: Diagnosis): readonly KnownBlock[] {
  const { attempts } = diagnosis;
  if (attempts.length === 0) return [];
  const shown = telling(attempts).map((attempt) => [
    bold(clip(printable(attempt.user), 60) || 'somebody'),
    plain(`: ${attemptText(attempt)}`),
  ]);
  const rest = attempts.length - shown.length;
  const more = moreAttemptsText(diagnosis);
  return [
    richText([
      bullets([
        ...shown,
        ...(rest > 0 ? [[italic(`${plural(rest, 'more login')} in the attached report`)]] : []),
        ...(more === '' ? [] : [[italic(more)]]),
      ]),
    ]),
  ];
}

/** Where not all can stand here, those that did not get in; in the order of the log. */
function telling(attempts: Diagnosis['attempts']): Diagnosis['attempts'] {
  const kept = new Set(attempts.toSorted((a, b) => Number(gotIn(a)) - Number(gotIn(b))).slice(0, ATTEMPTS));
  return attempts.filter((attempt) => kept.has(attempt));
}

function gotIn({ outcome }: AttemptSummary): boolean {
  return outcome === 'succeeded';
}

export function hidesAttempts(attempts: Diagnosis['attempts']): boolean {
  return attempts.length > ATTEMPTS;
}

export function uncheckedBlocks(checks: Diagnosis['checks']): readonly KnownBlock[] {
  return [
    ...groupBlocks('Could not be checked', checks, 'unknown'),
    ...groupBlocks('The evidence contradicts itself', checks, 'conflicting'),
  ];
}

function groupBlocks(
  title: string,
  checks: Diagnosis['checks'],
  verdict: 'unknown' | 'conflicting',
): readonly KnownBlock[] {
  const groups = groupUnchecked(checks, verdict);
  if (groups.length === 0) return [];
  const total = groups.reduce((sum, group) => sum + group.count, 0);
  const shown = groups
    .slice(0, REASONS)
    .map(({ reason, count, hops }) => [
      ...prose(clip(printableProse(reason), REASON_LIMIT)),
      plain(` (${plural(count, 'check')} of ${hopNames(hops)})`),
    ]);
  const rest = groups.length - shown.length;
  return [
    richText([
      paragraph([bold(`${title} (${total})`)]),
      bullets([
        ...shown,
        ...(rest > 0 ? [[italic(`${plural(rest, 'more reason')} in the attached report`)]] : []),
      ]),
    ]),
  ];
}

export function hidesReasons(checks: Diagnosis['checks']): boolean {
  return (['unknown', 'conflicting'] as const).some((verdict) => {
    const groups = groupUnchecked(checks, verdict);
    return groups.length > REASONS || groups.some((group) => group.reason.length > REASON_LIMIT);
  });
}

/** What to run next, unless push works here, the step that tells most first. */
export function coachBlocks(diagnosis: Diagnosis): readonly KnownBlock[] {
  if (diagnosis.verdict === 'healthy') return [];
  const plan = coach(openQuestions(diagnosis));
  const steps = [...commandBlocks(plan), ...debugBlocks(plan)];
  const ordered = diagnosis.attempts.length > 0 ? steps.toReversed() : steps;
  return [...ordered, ...questionBlocks(plan)];
}

function commandBlocks({ commands }: PasteCoach): readonly KnownBlock[] {
  if (!commands) return [];
  return [
    richText([
      paragraph([plain('To see more, run this on the FortiGate and paste what it prints:')]),
      preformatted(commands.lines),
      paragraph([italic(`This unlocks: ${hopNames(commands.unlocks)}.`)]),
    ]),
  ];
}

function debugBlocks({ debug }: PasteCoach): readonly KnownBlock[] {
  if (!debug) return [];
  return [
    richText([
      paragraph([
        plain(
          'To see where a login stops, run this on the FortiGate (global), let the user log in once, and paste what it prints:',
        ),
      ]),
      preformatted(debug.lines),
      paragraph([
        ...(debug.after.length === 0
          ? []
          : [
              plain('then '),
              ...debug.after.flatMap((line, index) => [
                ...(index === 0 ? [] : [plain(' and ')]),
                code(printable(line)),
              ]),
              plain('. '),
            ]),
        italic(`This unlocks: ${hopNames(debug.unlocks)}.`),
      ]),
    ]),
  ];
}

function questionBlocks({ questions }: PasteCoach): readonly KnownBlock[] {
  if (questions.length === 0) return [];
  return [
    richText([
      paragraph([bold('To look at yourself')]),
      bullets(questions.slice(0, 5).map((question) => prose(clip(printableProse(question), REASON_LIMIT)))),
    ]),
  ];
}

/** `Ana asked for fgt-1 · checked in 3.4 s`; nothing known gives nothing. */
export function askedText(
  who: string | undefined,
  alias: string | undefined,
  took: string | undefined,
): string {
  const name = who === undefined ? undefined : `*${escapeMrkdwn(clip(printableProse(who), 100))}*`;
  const about = alias === undefined ? undefined : escapeMrkdwn(clip(printable(alias), 100));
  const asked = name && about ? `${name} asked for ${about}` : (name ?? about);
  return [asked, took && (alias === undefined ? `read in ${took}` : `checked in ${took}`)]
    .filter(Boolean)
    .join(' · ');
}
