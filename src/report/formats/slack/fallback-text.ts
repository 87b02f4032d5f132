import type { Diagnosis } from '../../../engine/diagnosis/diagnosis.ts';
import { escapeFence, escapeMrkdwn, inlineCode } from '../../block-kit/escape.ts';
import { deviceLine, type Question } from '../../documents/answer/device-line.ts';
import { allNeededText, alsoFoundTitle, titleBeside } from '../../documents/answer/finding-texts.ts';
import { type FoldedFinding, foldFindings } from '../../documents/answer/folded-findings.ts';
import { headlineMark } from '../../documents/answer/headline-mark.ts';
import { headlineText } from '../../documents/answer/headline-text.ts';
import { liveLine } from '../../documents/answer/live-line.ts';
import { loginPathText } from '../../documents/answer/login-path.ts';
import { gotInText, groupLogins, loginMark, loginUser } from '../../documents/answer/logins.ts';
import {
  commandsIntro,
  DEBUG_OFF_TEXT,
  debugIntro,
  QUESTIONS,
  unlocksText,
} from '../../documents/answer/next-step-texts.ts';
import { nextSteps } from '../../documents/answer/next-steps.ts';
import { portLine, portMatters } from '../../documents/answer/port-line.ts';
import {
  attemptText,
  failedTimingText,
  healthyHint,
  moreAttemptsText,
  seenSoFar,
} from '../../documents/answer/summary.ts';
import { loginTimeline, timeMatters } from '../../documents/answer/time-line.ts';
import { groupUnchecked, withFewCodes } from '../../documents/answer/unchecked.ts';
import { clipProse, formatNumber, plural, printable, printableProse } from '../../documents/printable.ts';
import { decisiveQuote, decisiveWords, quotedLine } from '../../documents/quotes.ts';
import { ENGLISH_WORDING } from '../../documents/wording.ts';
import { proseText } from './prose-text.ts';

/** Slack recommends at most 4,000; delivery may add a line. */
const MAX_LENGTH = 3600;
const MAX_FURTHER = 5;
const MAX_LOGINS = 3;

/** Escaped already. */
interface FallbackParts {
  readonly comparison?: string;
  /** What changed since the device was healthy. */
  readonly changed?: string;
}

/**
 * A usable answer without blocks: for notifications, screen readers, and clients or limits that refuse the blocks.
 */
export function fallbackText(
  diagnosis: Diagnosis,
  question: Question = {},
  { comparison = '', changed = '' }: FallbackParts = {},
): string {
  if (diagnosis.looksLike) {
    return joinWithin(MAX_LENGTH, [headline(diagnosis), proseText(diagnosis.looksLike.send)]);
  }
  const [first, ...others] = foldFindings(diagnosis.findings);
  return joinWithin(MAX_LENGTH, [
    headline(diagnosis),
    proseText(clipProse(deviceLine(diagnosis, question), 400)),
    diagnosis.live?.state === 'left-on' ? liveText(diagnosis) : '',
    comparison,
    proseText(healthyHint(diagnosis, { ...question, command: '/ftm-check' })),
    loginsText(diagnosis),
    ...(first ? firstFinding(first, diagnosis) : nextStep(diagnosis)),
    changed,
    timeText(diagnosis),
    portMatters(diagnosis) ? proseText(clipProse(portLine(diagnosis.portMap), 300)) : '',
    ...others
      .slice(0, MAX_FURTHER)
      .map((each, index) => proseText(clipProse(alsoFoundTitle(each, index + 2, diagnosis), 250))),
    others.length > MAX_FURTHER ? `and ${plural(others.length - MAX_FURTHER, 'more finding')}` : '',
    diagnosis.live?.state === 'left-on' ? '' : liveText(diagnosis),
    seenSoFar(diagnosis),
    `Login path: ${loginPathText(diagnosis)}`,
    uncheckedText(diagnosis),
  ]);
}

function headline(diagnosis: Diagnosis): string {
  return `${headlineMark(diagnosis).light} *${proseText(clipProse(headlineText(diagnosis), 600))}*`;
}

function liveText({ live }: Diagnosis): string {
  const line = proseText(clipProse(printableProse(liveLine(live)), 400));
  return live?.state === 'left-on' ? `${line}\n${fence(live.commands)}` : line;
}

/** Successful logins are left out, because a screen reader reads every line. */
function loginsText(diagnosis: Diagnosis): string {
  const logins = groupLogins(diagnosis);
  const rest = logins.failed.length - MAX_LOGINS;
  return [
    ...logins.failed
      .slice(0, MAX_LOGINS)
      .map((each) => `${loginMark(each)} ${escapeMrkdwn(`${loginUser(each)} · ${attemptText(each)}`)}`),
    rest > 0 ? `and ${plural(rest, 'more login')} that failed` : '',
    escapeMrkdwn(gotInText(logins)),
    moreAttemptsText(diagnosis),
  ]
    .filter((line) => line !== '')
    .join('\n');
}

function firstFinding({ finding }: FoldedFinding, diagnosis: Diagnosis): readonly string[] {
  const { summary, confidence, fix } = finding;
  const title = titleBeside(diagnosis.headline, finding);
  const note = fix.note === undefined ? '' : proseText(clipProse(printableProse(fix.note), 500));
  const quote = decisiveQuote(finding);
  const place =
    quote && `${escapeMrkdwn(clipProse(printable(quote.source), 100))}, line ${formatNumber(quote.line)}: `;
  const evidence = quote
    ? ` ${place}${inlineCode(quotedLine(quote.text.trim(), 200, decisiveWords(finding)))}`
    : '';
  return [
    title === '' ? '' : `*${proseText(clipProse(title, 300))}*`,
    fix.apply.length === 0 ? '' : `*Fix*\n${fence(fix.apply)}`,
    note === '' ? '' : fix.apply.length === 0 ? `*What to do*\n${note}` : `⚠️ ${note}`,
    allNeededText(diagnosis),
    `*Cause* (${ENGLISH_WORDING.confidence[confidence]}) ${proseText(clipProse(printableProse(summary), 900))}${evidence}`,
  ];
}

function timeText(diagnosis: Diagnosis): string {
  const times = failedTimingText(diagnosis);
  if (times !== '') return `Time: ${times}`;
  return timeMatters(diagnosis) ? proseText(clipProse(loginTimeline(diagnosis), 400)) : '';
}

function nextStep(diagnosis: Diagnosis): readonly string[] {
  if (diagnosis.verdict === 'healthy') return [];
  const { commands, debug, debugFirst, questions } = nextSteps(diagnosis);
  if (debug && (debugFirst || !commands)) {
    const off = debug.after.length === 0 ? '' : `\n${DEBUG_OFF_TEXT}\n${fence(debug.after)}`;
    const intro = proseText(debugIntro(debug, diagnosis));
    return [`${intro}\n${fence(debug.lines)}${off}\n${unlocksText(debug.unlocks)}`];
  }
  if (!commands) return questions.slice(0, 1).map(({ text }) => `${QUESTIONS} ${proseText(text)}`);
  return [
    `${escapeMrkdwn(commandsIntro(commands))}\n${fence(commands.lines)}\n${unlocksText(commands.unlocks)}`,
  ];
}

function uncheckedText({ checks }: Diagnosis): string {
  const groups = groupUnchecked(checks, 'unknown');
  const [first] = groups;
  if (!first) return '';
  const total = groups.reduce((sum, group) => sum + group.count, 0);
  return `Not checked (${total}): ${proseText(clipProse(withFewCodes(printableProse(first.reason)), 300))}${groups.length > 1 ? ' …' : ''}`;
}

function fence(lines: readonly string[]): string {
  return `\`\`\`\n${escapeFence(lines.map(printable).join('\n'))}\n\`\`\``;
}

/** Adds whole parts only, so that no code block is cut. */
function joinWithin(limit: number, parts: readonly string[]): string {
  let text = '';
  for (const part of parts) {
    if (part === '') continue;
    const longer = text === '' ? part : `${text}\n${part}`;
    if (longer.length <= limit) text = longer;
  }
  return text;
}
