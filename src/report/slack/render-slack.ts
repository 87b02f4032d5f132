import type { KnownBlock } from '@slack/types';
import type { Diagnosis } from '../../diagnosis/diagnosis.ts';
import { escapeMrkdwn } from '../../slack/escape.ts';
import type { ComparisonView } from '../comparison.ts';
import { type FoldedFinding, foldFindings } from '../folded-findings.ts';
import { headlineMark } from '../headline-mark.ts';
import { renderHtml } from '../html/render-html.ts';
import { clip, plural, printable, printableProse } from '../printable.ts';
import { redactionText, summaryParts, tookText } from '../summary.ts';
import { createMessageBudget, type MessageBudget, weightOf } from './budget.ts';
import { comparisonBlock, comparisonText } from './comparison-block.ts';
import { fallbackText } from './fallback-text.ts';
import { type Detail, findingBlocks, showsAll } from './finding-block.ts';
import { nextStepBlocks } from './next-step-blocks.ts';
import {
  allNeededBlocks,
  askedText,
  attemptsBlocks,
  context,
  headlineBlock,
  hidesAttempts,
  hopsBlock,
  liveBlocks,
  portBlocks,
  seenSoFarBlocks,
  timeBlocks,
} from './other-blocks.ts';
import { bold, italic, paragraph, plain, prose, richText } from './rich-text.ts';
import { hidesReasons, REASONS, uncheckedBlocks } from './unchecked-blocks.ts';

export interface SlackOptions {
  readonly askerName?: string;
  readonly tookMs?: number;
  readonly alias?: string;
  /** What changed since an earlier diagnosis. */
  readonly comparison?: ComparisonView;
  /** Buttons and the like, below everything. */
  readonly controls?: readonly KnownBlock[];
}

export interface SlackAnswer {
  /** mrkdwn, a usable answer on its own; everything from outside is escaped. */
  readonly text: string;
  readonly blocks: KnownBlock[];
  /** The whole report as one HTML file, when the blocks do not hold all of it. */
  readonly full?: { readonly filename: string; readonly content: string };
}

/** Left free for what must not be lost: the foot, and the line that names the attached report. */
const FOOT_RESERVE = 700;
/** Left free for the titles of the findings that follow. */
const TITLE_RESERVE = 220;
const DETAILS: readonly Detail[] = ['whole', 'fix', 'apply', 'summary'];

/** The answer as one Slack message, within its limits; cut between findings, never inside one's code. */
export function renderSlack(diagnosis: Diagnosis, options: SlackOptions = {}): SlackAnswer {
  const { comparison, controls = [] } = options;
  const budget = createMessageBudget(controls);
  const alias = options.alias ?? diagnosis.device.alias;
  const unsure = diagnosis.verdict === 'inconclusive';
  if (diagnosis.looksLike) {
    budget.take(notAFortigateBlocks(diagnosis, diagnosis.looksLike, options, alias));
    budget.take(footBlocks(diagnosis, true));
    return { text: fallbackText(diagnosis), blocks: [...budget.blocks, ...controls] };
  }
  budget.take(headBlocks(diagnosis, options, alias));
  const wholes = [
    addOptional(budget, attemptsBlocks(diagnosis)) && !hidesAttempts(diagnosis.attempts),
    addFindings(budget, diagnosis),
    ...(unsure ? [addOptional(budget, nextStepBlocks(diagnosis))] : []),
    addUnchecked(budget, diagnosis, unsure ? [] : nextStepBlocks(diagnosis)),
    ...(unsure ? [] : [addOptional(budget, nextStepBlocks(diagnosis))]),
  ];
  const isWhole = wholes.every(Boolean);
  budget.take(footBlocks(diagnosis, isWhole));
  const answer = {
    text: fallbackText(diagnosis, comparison && comparisonText(comparison)),
    blocks: [...budget.blocks, ...controls],
  };
  return isWhole ? answer : { ...answer, full: reportFile(diagnosis, options) };
}

/** The whole report as a file, whether or not the message holds all of it. */
export function reportFile(
  diagnosis: Diagnosis,
  { alias = diagnosis.device.alias, tookMs }: Pick<SlackOptions, 'alias' | 'tookMs'>,
): NonNullable<SlackAnswer['full']> {
  const content = renderHtml(diagnosis, { alias, tookMs });
  return { filename: reportName(alias), content: `${content}\n` };
}

/** What it looks like, and what to send instead. */
function notAFortigateBlocks(
  diagnosis: Diagnosis,
  { send, evidence }: NonNullable<Diagnosis['looksLike']>,
  { askerName, tookMs }: SlackOptions,
  alias: string | undefined,
): readonly KnownBlock[] {
  const asked = askedText(askerName, alias, tookMs === undefined ? undefined : tookText(tookMs));
  const quotes = evidence.map(
    ({ source, line, text }) =>
      `${printable(source)}, line ${line}: \`${clip(printable(text).replaceAll('`', ''), 200)}\``,
  );
  return [
    ...(asked === '' ? [] : [context(asked)]),
    headlineBlock(headlineMark(diagnosis).light, diagnosis.headline),
    richText([paragraph(prose(printableProse(send)))]),
    ...(quotes.length === 0 ? [] : [context(escapeMrkdwn(clip(quotes.join(' · '), 600)))]),
  ];
}

function headBlocks(
  diagnosis: Diagnosis,
  { askerName, tookMs, comparison }: SlackOptions,
  alias: string | undefined,
): readonly KnownBlock[] {
  const asked = askedText(askerName, alias, tookMs === undefined ? undefined : tookText(tookMs));
  const summary = clip(summaryParts(diagnosis).join(' · '), 500);
  return [
    ...(asked === '' ? [] : [context(asked)]),
    headlineBlock(headlineMark(diagnosis).light, diagnosis.headline),
    ...(summary === '' ? [] : [context(escapeMrkdwn(summary))]),
    ...(comparison ? [comparisonBlock(comparison)] : []),
    ...liveBlocks(diagnosis),
    hopsBlock(diagnosis),
    ...seenSoFarBlocks(diagnosis),
    ...portBlocks(diagnosis),
    ...timeBlocks(diagnosis),
    ...allNeededBlocks(diagnosis),
  ];
}

function addOptional(budget: MessageBudget, blocks: readonly KnownBlock[]): boolean {
  return blocks.reduce((all, block) => budget.take([block], FOOT_RESERVE) && all, true);
}

/** False when something had to be left out. What to do next has to fit beside the reasons. */
function addUnchecked(budget: MessageBudget, { checks }: Diagnosis, next: readonly KnownBlock[]): boolean {
  const reserve = FOOT_RESERVE + weightOf(next);
  if (budget.take(uncheckedBlocks(checks, REASONS.most), reserve)) return !hidesReasons(checks);
  addOptional(budget, uncheckedBlocks(checks, REASONS.few));
  return false;
}

/** False when something had to be left out. */
function addFindings(budget: MessageBudget, { findings: all, headline }: Diagnosis): boolean {
  const findings = foldFindings(all);
  let isWhole = true;
  for (const [index, each] of findings.entries()) {
    const following = Math.min(findings.length - index - 1, MAX_TITLES);
    const reserve = FOOT_RESERVE + following * TITLE_RESERVE;
    const detail = DETAILS.find((level) =>
      budget.take(findingBlocks(each, index + 1, headline, level), reserve),
    );
    if (detail === undefined) {
      budget.take([titlesBlock(findings.slice(index), index + 1)], FOOT_RESERVE);
      return false;
    }
    isWhole &&= detail === 'whole' && showsAll(each.finding);
  }
  return isWhole;
}

const MAX_TITLES = 8;

function titlesBlock(findings: readonly FoldedFinding[], from: number): KnownBlock {
  const titles = findings
    .slice(0, MAX_TITLES)
    .map(({ finding }, index) => [
      bold(`${from + index}. `),
      ...prose(clip(printableProse(finding.title), 90)),
    ]);
  const rest = findings.length - titles.length;
  const more = rest > 0 ? [[italic(`and ${plural(rest, 'more finding')} in the attached report`)]] : [];
  const lines = [...titles, ...more];
  return richText([paragraph(lines.flatMap((line, index) => (index === 0 ? line : [plain('\n'), ...line])))]);
}

function footBlocks(diagnosis: Diagnosis, isWhole: boolean): readonly KnownBlock[] {
  const hidden = redactionText(diagnosis.redactions);
  const parts = [
    hidden === '' ? '' : `Redacted: ${escapeMrkdwn(clip(hidden, 400))}`,
    isWhole ? '' : 'The whole report is attached',
  ].filter((part) => part !== '');
  return parts.length === 0 ? [] : [context(parts.join(' · '))];
}

function reportName(alias: string | undefined): string {
  const name = (alias ?? 'paste').replaceAll(/[^A-Za-z0-9_-]+/g, '-').slice(0, 60);
  return `ftm-check-${name}.html`;
}
