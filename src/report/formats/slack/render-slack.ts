import type { KnownBlock } from '@slack/types';
import type { SinceHealthy } from '../../../engine/diagnosis/changes/since-healthy.ts';
import type { Diagnosis } from '../../../engine/diagnosis/diagnosis.ts';
import type { ComparisonView } from '../../documents/answer/comparison.ts';
import { deviceLine, type Question } from '../../documents/answer/device-line.ts';
import { type FoldedFinding, foldFindings } from '../../documents/answer/folded-findings.ts';
import { headlineMark } from '../../documents/answer/headline-mark.ts';
import { headlineText } from '../../documents/answer/headline-text.ts';
import { failedTimingText, healthyHint, redactionText, seenSoFar } from '../../documents/answer/summary.ts';
import { clipProse, plural, printableProse } from '../../documents/printable.ts';
import type { DeviceHistoryView } from '../html/history-section.ts';
import { renderHtml } from '../html/render-html.ts';
import { createMessageBudget, type MessageBudget, weightOf } from './budget.ts';
import { collapsible } from './collapsible.ts';
import { comparisonBlock, comparisonText } from './comparison-block.ts';
import { fallbackText } from './fallback-text.ts';
import { type Detail, firstFindingBlocks, furtherFindingBlock, showsAll } from './finding-block.ts';
import { hidesLogins, LISTED_LOGINS, loginBlocks } from './login-blocks.ts';
import { nextStepBlocks, nextStepElements } from './next-step-blocks.ts';
import {
  context,
  contextBlocks,
  headlineBlock,
  leftOnBlocks,
  liveBlocks,
  loginPathBlock,
  portBlocks,
  stepParts,
  timeBlocks,
} from './other-blocks.ts';
import { proseText } from './prose-text.ts';
import { bold, italic, paragraph, plain, prose, richText } from './rich-text.ts';
import { sinceHealthyBlocks, sinceHealthyText } from './since-healthy-blocks.ts';
import { hidesReasons, REASONS, uncheckedBlocks } from './unchecked-blocks.ts';

/** Where the report is, if the message does not hold everything. */
export type ReportPlacement =
  /** It is uploaded after the answer. */
  | { readonly kind: 'follows' }
  | { readonly kind: 'attached' }
  /** `reason` is Slack's error code. */
  | { readonly kind: 'refused'; readonly reason: string };

export interface RenderSlackOptions extends Question {
  /** What changed since an earlier diagnosis. */
  readonly comparison?: ComparisonView;
  /** Buttons, below everything else. */
  readonly controls?: readonly KnownBlock[];
  readonly report?: ReportPlacement;
  /** What changed since the device was healthy. */
  readonly sinceHealthy?: SinceHealthy;
  /** For the report. */
  readonly history?: DeviceHistoryView;
}

export interface SlackAnswer {
  /** Mrkdwn, usable on its own, for notifications and screen readers; foreign text is escaped. */
  readonly text: string;
  readonly blocks: readonly KnownBlock[];
  /** The report as one HTML file, if the blocks do not hold all of it. */
  readonly full?: { readonly filename: string; readonly content: string };
  /** Shown if Slack refuses the format of `blocks`. */
  readonly plainBlocks?: readonly KnownBlock[];
}

/** Reserved for parts that must not be lost: the footer, and the line about the report. */
const FOOT_RESERVE = 700;
/** Reserved for the fix and its cause, or for the next step. */
const CAUSE_RESERVE = 5000;
/** Reserved for the titles of further findings. */
const TITLE_RESERVE = 300;
const MAX_TITLES = 8;
const DETAILS: readonly Detail[] = ['whole', 'fix', 'apply', 'summary'];

/** The answer as one Slack message, within its limits; cut between findings, never inside code. */
export function renderSlack(diagnosis: Diagnosis, options: RenderSlackOptions = {}): SlackAnswer {
  const { comparison, controls = [] } = options;
  const budget = createMessageBudget(controls);
  const text = fallbackText(diagnosis, options, {
    comparison: comparison && comparisonText(comparison),
    changed: sinceHealthyText(options.sinceHealthy),
  });
  if (diagnosis.looksLike) {
    budget.take([headlineOf(diagnosis), richText([paragraph(prose(diagnosis.looksLike.send))])]);
    return { text, blocks: [...budget.blocks, ...controls, ...footBlocks(diagnosis, true, options)] };
  }
  budget.take(headBlocks(diagnosis, options));
  const isWhole = (diagnosis.findings.length > 0 ? addCauses : addNoCause)(budget, diagnosis, options);
  const blocks = [...budget.blocks, ...controls, ...footBlocks(diagnosis, isWhole, options)];
  return isWhole ? { text, blocks } : { text, blocks, full: reportFile(diagnosis, options) };
}

/** The whole report as a file, whether or not the message holds all of it. */
export function reportFile(
  diagnosis: Diagnosis,
  {
    alias = diagnosis.device.alias,
    tookMs,
    sinceHealthy,
    history,
  }: Pick<RenderSlackOptions, 'alias' | 'tookMs' | 'sinceHealthy' | 'history'>,
): NonNullable<SlackAnswer['full']> {
  const content = renderHtml(diagnosis, { alias, tookMs, sinceHealthy, history });
  return { filename: reportName(alias), content: `${content}\n` };
}

function headlineOf(diagnosis: Diagnosis): KnownBlock {
  return headlineBlock(headlineMark(diagnosis).light, headlineText(diagnosis));
}

function headBlocks(diagnosis: Diagnosis, options: RenderSlackOptions): readonly KnownBlock[] {
  const { comparison } = options;
  return [
    headlineOf(diagnosis),
    ...contextBlocks(clipProse(deviceLine(diagnosis, options), 600)),
    ...leftOnBlocks(diagnosis),
    ...(comparison ? [comparisonBlock(comparison)] : []),
  ];
}

/** False if something was left out, here and below. */
function addCauses(
  budget: MessageBudget,
  diagnosis: Diagnosis,
  { sinceHealthy }: RenderSlackOptions,
): boolean {
  const path = [loginPathBlock(diagnosis)];
  const reserve = FOOT_RESERVE + weightOf(path);
  return [
    addLogins(budget, diagnosis, reserve + CAUSE_RESERVE),
    addFindings(budget, diagnosis, reserve, sinceHealthyBlocks(sinceHealthy)),
    addOptional(budget, path),
    addUnchecked(budget, diagnosis, true),
  ].every(Boolean);
}

/** Without a finding the next step comes first. */
function addNoCause(budget: MessageBudget, diagnosis: Diagnosis, question: RenderSlackOptions): boolean {
  const isHealthy = diagnosis.verdict === 'healthy';
  const path = isHealthy ? [loginPathBlock(diagnosis)] : [doneBlock(diagnosis)];
  const reserve = FOOT_RESERVE + weightOf(path);
  return [
    addOptional(
      budget,
      contextBlocks(healthyHint(diagnosis, { ...question, command: '/ftm-check' })),
      reserve,
    ),
    addLogins(budget, diagnosis, reserve + CAUSE_RESERVE),
    isHealthy || addOptional(budget, nextStepBlocks(diagnosis), reserve),
    addOptional(budget, sinceHealthyBlocks(question.sinceHealthy), reserve),
    addOptional(budget, besideBlocks(diagnosis), reserve),
    addOptional(budget, path),
    addUnchecked(budget, diagnosis, isHealthy),
  ].every(Boolean);
}

/** Other observations: times, ports and the live session. */
function besideBlocks(diagnosis: Diagnosis): readonly KnownBlock[] {
  return [...timingBlocks(diagnosis), ...portBlocks(diagnosis), ...liveBlocks(diagnosis)];
}

function timingBlocks(diagnosis: Diagnosis): readonly KnownBlock[] {
  const times = failedTimingText(diagnosis);
  if (times === '') return timeBlocks(diagnosis);
  return [richText([paragraph([italic('Time: '), plain(times)])])];
}

/** `What could be checked already (9 fine)`. */
function doneBlock(diagnosis: Diagnosis): KnownBlock {
  const fine = diagnosis.checks.filter(({ verdict }) => verdict === 'healthy').length;
  const far = seenSoFar(diagnosis);
  return collapsible(`What could be checked already (${fine} fine)`, [
    ...(far === '' ? [] : [paragraph([plain(far)])]),
    ...stepParts(diagnosis),
  ]);
}

/** The parts below are more important than the complete list. */
function addLogins(budget: MessageBudget, diagnosis: Diagnosis, reserve: number): boolean {
  if (budget.take(loginBlocks(diagnosis), reserve)) return !hidesLogins(diagnosis);
  addOptional(budget, loginBlocks(diagnosis, LISTED_LOGINS.short));
  return false;
}

function addOptional(budget: MessageBudget, blocks: readonly KnownBlock[], reserve = FOOT_RESERVE): boolean {
  return blocks.reduce((all, block) => budget.take([block], reserve) && all, true);
}

function addUnchecked(budget: MessageBudget, diagnosis: Diagnosis, withNext: boolean): boolean {
  const next = withNext ? nextStepElements(diagnosis) : [];
  if (budget.take(uncheckedBlocks(diagnosis, REASONS.max, next), FOOT_RESERVE)) {
    return !hidesReasons(diagnosis.checks);
  }
  addOptional(budget, uncheckedBlocks(diagnosis, REASONS.short, next));
  return false;
}

/** `changed` stands below the first finding. */
function addFindings(
  budget: MessageBudget,
  diagnosis: Diagnosis,
  below: number,
  changed: readonly KnownBlock[],
): boolean {
  const findings = foldFindings(diagnosis.findings);
  let isWhole = true;
  for (const [index, each] of findings.entries()) {
    const following = Math.min(findings.length - index - 1, MAX_TITLES);
    const reserve = below + following * TITLE_RESERVE;
    const detail = DETAILS.find((level) =>
      budget.take(findingBlocks(each, index, diagnosis, level), reserve),
    );
    if (detail === undefined) {
      budget.take([titlesBlock(findings.slice(index), index + 1)], below);
      return false;
    }
    isWhole &&= detail === 'whole' && showsAll(each.finding);
    if (index === 0 && !addOptional(budget, changed, reserve)) isWhole = false;
  }
  return isWhole;
}

function findingBlocks(
  each: FoldedFinding,
  index: number,
  diagnosis: Diagnosis,
  detail: Detail,
): readonly KnownBlock[] {
  if (index > 0) return [furtherFindingBlock(each, index + 1, diagnosis, detail)];
  return [...firstFindingBlocks(each, diagnosis, detail), ...besideBlocks(diagnosis)];
}

function titlesBlock(findings: readonly FoldedFinding[], from: number): KnownBlock {
  const titles = findings
    .slice(0, MAX_TITLES)
    .map(({ finding }, index) => [
      bold(`${from + index}. `),
      ...prose(clipProse(printableProse(finding.title), 90)),
    ]);
  const rest = findings.length - titles.length;
  const more = rest > 0 ? [[italic(`and ${plural(rest, 'more finding')} in the report`)]] : [];
  const lines = [...titles, ...more];
  return richText([paragraph(lines.flatMap((line, index) => (index === 0 ? line : [plain('\n'), ...line])))]);
}

/** Below the buttons: what was redacted, and where the full report is. */
function footBlocks(
  diagnosis: Diagnosis,
  isWhole: boolean,
  { report = { kind: 'follows' } }: RenderSlackOptions,
): readonly KnownBlock[] {
  const hidden = redactionText(diagnosis.redactions);
  const parts = [
    hidden === '' ? '' : `_Redacted: ${proseText(clipProse(hidden, 400))}_`,
    isWhole ? '' : reportText(report),
  ].filter((part) => part !== '');
  return parts.length === 0 ? [] : [context(parts.join(' · '))];
}

function reportText(report: ReportPlacement): string {
  if (report.kind === 'follows') return 'The whole report follows as a file';
  if (report.kind === 'attached') return 'The whole report is attached in this thread';
  return `Slack refused the report file (${proseText(report.reason)}). Press Report to try again`;
}

function reportName(alias: string | undefined): string {
  const name = (alias ?? 'paste').replaceAll(/[^A-Za-z0-9_-]+/g, '-').slice(0, 60);
  return `ftm-check-${name}.html`;
}
