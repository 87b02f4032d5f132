import type { ContextBlock, KnownBlock } from '@slack/types';
import type { AttemptSummary, Diagnosis } from '../../diagnosis/diagnosis.ts';
import { escapeMrkdwn } from '../../slack/escape.ts';
import { codePoints, LIMITS } from '../../slack/limits.ts';
import { liveLine } from '../live-line.ts';
import { portLine, portMatters } from '../port-line.ts';
import { clip, plural, printable, printableProse } from '../printable.ts';
import { allNeededText, attemptText, moreAttemptsText, seenSoFar } from '../summary.ts';
import { loginTimeline, timeMatters } from '../time-line.ts';
import { ENGLISH_WORDING } from '../wording.ts';
import { bold, bullets, italic, paragraph, plain, preformatted, richText } from './rich-text.ts';

const ATTEMPTS = 6;

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
        const word = `${ENGLISH_WORDING.hops[id]} ${ENGLISH_WORDING.hopMarks[status]}`;
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

/** How far the evidence goes, where it does not say why. */
export function seenSoFarBlocks(diagnosis: Diagnosis): readonly KnownBlock[] {
  const text = seenSoFar(diagnosis);
  return text === '' ? [] : [richText([paragraph([plain(text)])])];
}

/** Who answers where the phone calls, where that is the trouble or may be. */
export function portBlocks(diagnosis: Diagnosis): readonly KnownBlock[] {
  if (!portMatters(diagnosis)) return [];
  const line = clip(printableProse(portLine(diagnosis.portMap)), 500);
  return [context(escapeMrkdwn(line))];
}

/** How long the user had, where an approval was waited for. */
export function timeBlocks(diagnosis: Diagnosis): readonly KnownBlock[] {
  const line = clip(printableProse(loginTimeline(diagnosis)).replaceAll('`', ''), 500);
  return timeMatters(diagnosis) && line !== '' ? [context(escapeMrkdwn(line))] : [];
}

/** That mending one of several is not enough. */
export function allNeededBlocks(diagnosis: Diagnosis): readonly KnownBlock[] {
  const text = allNeededText(diagnosis);
  return text === '' ? [] : [context(escapeMrkdwn(text))];
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

/** `Ana asked for fgt-1 · checked in 3.4 s`; nothing known gives nothing. */
export function askedText(
  who: string | undefined,
  alias: string | undefined,
  took: string | undefined,
): string {
  const name = who === undefined ? undefined : `*${escapeMrkdwn(clip(printableProse(who), 100))}*`;
  const about = alias === undefined ? undefined : escapeMrkdwn(clip(printable(alias), 100));
  const asked = name && about ? `${name} asked for ${about}` : (name && `Asked by ${name}`) || about;
  return [asked, took && (alias === undefined ? `read in ${took}` : `checked in ${took}`)]
    .filter(Boolean)
    .join(' · ');
}
