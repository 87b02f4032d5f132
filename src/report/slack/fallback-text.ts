import type { Diagnosis } from '../../diagnosis/diagnosis.ts';
import { escapeFence, escapeMrkdwn, inlineCode } from '../../slack/escape.ts';
import { type FoldedFinding, foldFindings, titleUnder } from '../folded-findings.ts';
import { headlineMark } from '../headline-mark.ts';
import { liveLine } from '../live-line.ts';
import { commandsIntro, DEBUG_OFF_TEXT, debugIntro, QUESTIONS, unlocksText } from '../next-step-texts.ts';
import { nextSteps } from '../next-steps.ts';
import { portLine, portMatters } from '../port-line.ts';
import { clip, formatNumber, plural, printable, printableProse } from '../printable.ts';
import { decisiveWords, quotedLine } from '../quotes.ts';
import { allNeededText, attemptText, moreAttemptsText, seenSoFar, summaryParts } from '../summary.ts';
import { loginTimeline, timeMatters } from '../time-line.ts';
import { groupUnchecked, withFewCodes } from '../unchecked.ts';
import { ENGLISH_WORDING } from '../wording.ts';

/** Slack asks for at most 4,000; the delivery may add a line. */
const MAX_LENGTH = 3600;
const OTHERS = 5;
const LOGINS = 3;

/** A usable answer without blocks: notifications, screen readers, and clients or limits that refuse the blocks. */
export function fallbackText(diagnosis: Diagnosis, comparison = ''): string {
  const [first, ...others] = foldFindings(diagnosis.findings);
  if (diagnosis.looksLike) {
    return joinWithin(MAX_LENGTH, [headline(diagnosis), proseText(diagnosis.looksLike.send)]);
  }
  return joinWithin(MAX_LENGTH, [
    headline(diagnosis),
    escapeMrkdwn(clip(summaryParts(diagnosis).join(' · '), 300)),
    comparison,
    liveText(diagnosis),
    hopText(diagnosis),
    seenSoFar(diagnosis),
    portMatters(diagnosis) ? proseText(clip(portLine(diagnosis.portMap), 300)) : '',
    timeMatters(diagnosis) ? proseText(clip(loginTimeline(diagnosis), 400)) : '',
    allNeededText(diagnosis),
    attemptsText(diagnosis),
    ...(first ? firstFinding(first, diagnosis.headline) : []),
    ...others
      .slice(0, OTHERS)
      .map(({ finding }, index) => `*${index + 2}.* ${proseText(clip(printableProse(finding.title), 200))}`),
    others.length > OTHERS ? `and ${plural(others.length - OTHERS, 'more finding')}` : '',
    ...(first ? [] : nextStep(diagnosis)),
    uncheckedText(diagnosis),
  ]);
}

function headline(diagnosis: Diagnosis): string {
  return `${headlineMark(diagnosis).light} *${escapeMrkdwn(clip(printableProse(diagnosis.headline), 600))}*`;
}

function liveText({ live }: Diagnosis): string {
  const line = proseText(clip(printableProse(liveLine(live)), 400));
  return live?.state === 'left-on' ? `${line}\n${fence(live.commands)}` : line;
}

/** Those that got in tell little, and a screen reader reads every line. */
function attemptsText(diagnosis: Diagnosis): string {
  const refused = diagnosis.attempts.filter(({ outcome }) => outcome !== 'succeeded');
  const rest = refused.length - LOGINS;
  return [
    ...refused
      .slice(0, LOGINS)
      .map(
        (each) => `${escapeMrkdwn(clip(printableProse(each.user), 60))}: ${escapeMrkdwn(attemptText(each))}`,
      ),
    rest > 0 ? `and ${plural(rest, 'more login')} that did not end well` : '',
    moreAttemptsText(diagnosis),
  ]
    .filter((line) => line !== '')
    .join('\n');
}

/** Prose of a rule, its code kept as code. */
export function proseText(text: string): string {
  return printableProse(text)
    .split('`')
    .map((piece, index, pieces) =>
      index % 2 === 1 && index < pieces.length - 1 && piece !== '' ? inlineCode(piece) : escapeMrkdwn(piece),
    )
    .join('');
}

/** In words and grouped: marks mean nothing to a screen reader, and ten of them in a row nothing to anybody. */
function hopText({ hops, firstBrokenHop }: Diagnosis): string {
  const groups = HOP_ORDER.flatMap((status) => {
    const names = hops
      .filter((hop) => hop.status === status)
      .map(({ id }) => (id === firstBrokenHop ? `*${ENGLISH_WORDING.hops[id]}*` : ENGLISH_WORDING.hops[id]));
    return names.length === 0 ? [] : [`${ENGLISH_WORDING.hopWords[status]}: ${names.join(', ')}`];
  });
  return groups.join(' · ');
}

const HOP_ORDER = ['broken', 'ok', 'unknown', 'not-reached'] as const;

function firstFinding({ finding }: FoldedFinding, headline: string): readonly string[] {
  const { summary, confidence, evidence, fix } = finding;
  const [quote] = evidence;
  return [
    `*1.* ${proseText(clip(titleUnder(headline, finding), 300))} · ${ENGLISH_WORDING.confidence[confidence]}\n${proseText(clip(printableProse(summary), 900))}`,
    quote
      ? `Evidence: ${inlineCode(clip(printable(quote.source), 100))}, line ${formatNumber(quote.line)}: ${inlineCode(quotedLine(quote.text.trim(), 200, decisiveWords(finding)))}`
      : '',
    fix.apply.length === 0 ? '' : `Fix:\n${fence(fix.apply)}`,
    fix.note === undefined
      ? ''
      : `${fix.apply.length === 0 ? 'Fix' : 'Note'}: ${proseText(clip(printableProse(fix.note), 500))}`,
  ];
}

function nextStep(diagnosis: Diagnosis): readonly string[] {
  const { verdict } = diagnosis;
  const { commands, debug, debugFirst, questions } = nextSteps(diagnosis);
  if (debug && (debugFirst || !commands)) {
    const off = debug.after.length === 0 ? '' : `\n${DEBUG_OFF_TEXT}\n${fence(debug.after)}`;
    return [`${debugIntro(verdict, debug)}\n${fence(debug.lines)}${off}\n${unlocksText(debug.unlocks)}`];
  }
  if (!commands) return questions.slice(0, 1).map(({ text }) => `${QUESTIONS} ${proseText(text)}`);
  return [`${commandsIntro(verdict, commands)}\n${fence(commands.lines)}\n${unlocksText(commands.unlocks)}`];
}

function uncheckedText({ checks }: Diagnosis): string {
  const groups = groupUnchecked(checks, 'unknown');
  const [first] = groups;
  if (!first) return '';
  const total = groups.reduce((sum, group) => sum + group.count, 0);
  return `Could not be checked (${total}): ${proseText(clip(withFewCodes(printableProse(first.reason)), 300))}${groups.length > 1 ? ' …' : ''}`;
}

function fence(lines: readonly string[]): string {
  return `\`\`\`\n${escapeFence(lines.map(printable).join('\n'))}\n\`\`\``;
}

/** Whole parts only, so that no code block is cut; what does not fit is left out. */
function joinWithin(limit: number, parts: readonly string[]): string {
  let text = '';
  for (const part of parts) {
    if (part === '') continue;
    const longer = text === '' ? part : `${text}\n${part}`;
    if (longer.length <= limit) text = longer;
  }
  return text;
}
