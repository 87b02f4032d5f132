import type { KnownBlock } from '@slack/types';
import type { Diagnosis } from '../../../engine/diagnosis/diagnosis.ts';
import type { Decisive } from '../../../engine/evidence/cut-around.ts';
import { codePoints, LIMITS } from '../../block-kit/limits.ts';
import { neededHops } from '../../documents/answer/login-path.ts';
import { clip, formatNumber, plural, printable, printableProse } from '../../documents/printable.ts';
import { bySource, decisiveWords, quotedLine } from '../../documents/quotes.ts';
import { WORDING } from '../../documents/wording.ts';
import { bold, code, italic, paragraph, plain, preformat, richText } from './rich-text.ts';

/** Slack refuses a view of more than 250 kB (`view_too_large`). */
const MAX_WEIGHT = 200_000;
const QUOTE_LIMIT = 500;
const CODE_LIMIT = 2900;

type Quotes = Diagnosis['hops'][number]['evidence'];

/** All quoted lines for a modal: by finding, then by hop. */
export function evidenceBlocks(diagnosis: Diagnosis): readonly KnownBlock[] {
  const parts: readonly (readonly [string, Quotes, readonly Decisive[]])[] = [
    ...diagnosis.findings.map(
      (finding, index) =>
        [`${index + 1}. ${printableProse(finding.title)}`, finding.evidence, decisiveWords(finding)] as const,
    ),
    ...neededHops(diagnosis).map(
      ({ id, status, evidence }) =>
        [
          `${WORDING.hops[id]} ${WORDING.hopMarks[status]} (${status.replace('-', ' ')})`,
          evidence,
          [],
        ] as const,
    ),
  ];
  const all = parts
    .filter(([, quotes]) => quotes.length > 0)
    .map(([title, quotes, words]) => block(title, quotes, words));
  if (all.length === 0) {
    return [
      richText([paragraph([plain('This diagnosis rests on no quoted line: see what it could not check.')])]),
    ];
  }
  return withinLimits(all);
}

function block(title: string, quotes: Quotes, words: readonly Decisive[]): KnownBlock {
  return richText([
    paragraph([bold(clip(title, 300))]),
    ...bySource(quotes).flatMap(({ source, lines }) => [
      paragraph([
        code(clip(printable(source), 120)),
        plain(
          `, line${lines.length === 1 ? '' : 's'} ${clip(lines.map((each) => formatNumber(each.line)).join(', '), 400)}`,
        ),
      ]),
      preformat(codeLines(lines.map((each) => quotedLine(each.text, QUOTE_LIMIT, words)))),
    ]),
  ]);
}

function codeLines(lines: readonly string[]): readonly string[] {
  const shown: string[] = [];
  let length = 0;
  for (const line of lines) {
    length += line.length + 1;
    if (length > CODE_LIMIT) return [...shown, `… ${plural(lines.length - shown.length, 'more line')}`];
    shown.push(line);
  }
  return shown;
}

function withinLimits(all: readonly KnownBlock[]): readonly KnownBlock[] {
  const shown: KnownBlock[] = [];
  let weight = 0;
  for (const each of all) {
    weight += codePoints(JSON.stringify(each));
    if (weight > MAX_WEIGHT || shown.length >= LIMITS.viewBlocks - 1) {
      const rest = `${plural(all.length - shown.length, 'part')} more: “Report” has them all.`;
      return [...shown, richText([paragraph([italic(rest)])])];
    }
    shown.push(each);
  }
  return shown;
}
