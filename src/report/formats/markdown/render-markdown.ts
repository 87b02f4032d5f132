import type { Diagnosis, Finding } from '../../../engine/diagnosis/diagnosis.ts';
import { deviceLine } from '../../documents/answer/device-line.ts';
import { allNeededText, gradeText } from '../../documents/answer/finding-texts.ts';
import { type FoldedFinding, foldFindings } from '../../documents/answer/folded-findings.ts';
import { headlineMark } from '../../documents/answer/headline-mark.ts';
import { liveLine } from '../../documents/answer/live-line.ts';
import { neededHops } from '../../documents/answer/login-path.ts';
import { portLine } from '../../documents/answer/port-line.ts';
import { attemptText, moreAttemptsText, redactionText, seenSoFar } from '../../documents/answer/summary.ts';
import { loginTimeline } from '../../documents/answer/time-line.ts';
import { plural, printableProse } from '../../documents/printable.ts';
import { bySource, decisiveWords, quotedLine } from '../../documents/quotes.ts';
import { ENGLISH_WORDING } from '../../documents/wording.ts';
import { codeBlock, escapeMarkdown, markdownCode, markdownProse } from './escape.ts';
import { nextStepsMarkdown, uncheckedParts } from './next-step-parts.ts';

export interface MarkdownOptions {
  readonly alias?: string;
  readonly tookMs?: number;
  /** The version of ftm-check. */
  readonly version?: string;
}

/** Consecutive lines of the text. */
type Part = readonly string[];

const QUOTE_LIMIT = 400;

/** The answer for a ticket, in GitHub's Markdown, without a final line break. Foreign text cannot format it. */
export function renderMarkdown(diagnosis: Diagnosis, options: MarkdownOptions = {}): string {
  return parts(diagnosis, options)
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function parts(diagnosis: Diagnosis, options: MarkdownOptions): readonly Part[] {
  const head = headParts(diagnosis, options);
  const foot = footParts(diagnosis, options);
  if (diagnosis.looksLike) {
    const { send, evidence } = diagnosis.looksLike;
    return [...head, [markdownProse(send)], ...evidenceParts({ title: '', summary: '', evidence }), ...foot];
  }
  const findings = foldFindings(diagnosis.findings);
  const nextFirst = diagnosis.verdict === 'inconclusive' && findings.length === 0;
  return [
    ...head,
    ...(nextFirst ? nextStepsMarkdown(diagnosis) : []),
    ...findings.flatMap((each, index) =>
      findingParts(each, findings.length > 1 ? index + 1 : undefined, diagnosis.headline),
    ),
    ...pathParts(diagnosis),
    ...(nextFirst ? [] : nextStepsMarkdown(diagnosis)),
    ...uncheckedParts(diagnosis.checks),
    ...foot,
  ];
}

function headParts(
  diagnosis: Diagnosis,
  { alias = diagnosis.device.alias, tookMs }: MarkdownOptions,
): readonly Part[] {
  const { model } = diagnosis.device;
  const about = [
    ...(model === undefined ? [] : [escapeMarkdown(printableProse(model))]),
    markdownProse(deviceLine(diagnosis, { alias, tookMs })),
  ];
  return [
    [`# ${headlineMark(diagnosis).light} ${escapeMarkdown(printableProse(diagnosis.headline))}`],
    [about.join(' · ')],
    ...prosePart(liveLine(diagnosis.live)),
    ...(diagnosis.live?.state === 'left-on' ? [codeBlock(diagnosis.live.commands)] : []),
    ...prosePart(allNeededText(diagnosis)),
  ];
}

function findingParts(
  { finding, alsoFixes }: FoldedFinding,
  number: number | undefined,
  headline: string,
): readonly Part[] {
  const { fix, title, references } = finding;
  const said = number === undefined && title !== '' && headline.startsWith(title);
  return [
    said ? [] : [`## ${number === undefined ? '' : `${number}. `}${markdownProse(title)}`],
    ...blockParts('Fix', fix.apply),
    ...(fix.note === undefined
      ? []
      : [[`${fix.apply.length === 0 ? '**What to do**' : '**Note**'}: ${markdownProse(fix.note)}`]]),
    [`**Cause** (${gradeText(finding)}): ${markdownProse(finding.summary)}`],
    ...evidenceParts(finding),
    ...alsoFixes.map((each) => [`The same fix also solves: ${markdownProse(each.title)}`]),
    ...blockParts('Undo', fix.undo),
    ...blockParts('Verify', fix.verify),
    references.map(({ title: name, url }) => `- ${linkText(name, url)}`),
  ];
}

function blockParts(name: string, lines: readonly string[]): readonly Part[] {
  return lines.length === 0 ? [] : [[`**${name}**`], codeBlock(lines)];
}

function evidenceParts(finding: Pick<Finding, 'title' | 'summary' | 'evidence'>): readonly Part[] {
  const words = decisiveWords(finding);
  return bySource(finding.evidence).flatMap(({ source, lines }) => [
    [`Evidence, ${markdownCode(printableProse(source))}:`],
    codeBlock(lines.map(({ line, text }) => `${line}: ${quotedLine(text, QUOTE_LIMIT, words)}`)),
  ]);
}

function linkText(title: string, url: string): string {
  const safe = /^https?:\/\/[\w./~%?=&+#:-]+$/.test(url);
  return safe ? `[${escapeMarkdown(title)}](${url})` : `${escapeMarkdown(title)}: ${markdownCode(url)}`;
}

function pathParts(diagnosis: Diagnosis): readonly Part[] {
  const { attempts } = diagnosis;
  const rows = neededHops(diagnosis).map(({ id, status, evidence: [first] }) => {
    const at =
      first === undefined ? '' : `${escapeMarkdown(printableProse(first.source))}, line ${first.line}`;
    const mark = `${ENGLISH_WORDING.hopMarks[status]} ${ENGLISH_WORDING.hopWords[status]}`;
    return `| ${ENGLISH_WORDING.hops[id]} | ${mark} | ${at} |`;
  });
  return [
    ['## Login path'],
    ['| Step | Result | Evidence |', '| --- | --- | --- |', ...rows],
    attempts.map(
      (attempt) =>
        `- ${escapeMarkdown(printableProse(attempt.user))}: ${escapeMarkdown(attemptText(attempt))}`,
    ),
    ...[
      moreAttemptsText(diagnosis),
      seenSoFar(diagnosis),
      portLine(diagnosis.portMap),
      loginTimeline(diagnosis),
    ].flatMap(prosePart),
  ];
}

function footParts({ redactions, sources }: Diagnosis, { version }: MarkdownOptions): readonly Part[] {
  const hidden = redactionText(redactions);
  const lines = sources.reduce((sum, source) => sum + source.lines, 0);
  return [
    [
      ...(hidden === '' ? [] : [`Redacted: ${escapeMarkdown(hidden)}.`]),
      ...(sources.length === 0 ? [] : [`Read: ${plural(sources.length, 'text')}, ${plural(lines, 'line')}.`]),
      `Made by ftm-check${version === undefined ? '' : ` ${version}`}.`,
    ].map((line, index, all) => (index < all.length - 1 ? `${line}  ` : line)),
  ];
}

function prosePart(text: string): readonly Part[] {
  return text === '' ? [] : [[markdownProse(text)]];
}
