import type { ContextBlock, KnownBlock } from '@slack/types';
import type { Diagnosis } from '../../../engine/diagnosis/diagnosis.ts';
import { shortTitle } from '../../block-kit/limits.ts';
import { liveLine } from '../../documents/answer/live-line.ts';
import { loginPathTitle, neededHops } from '../../documents/answer/login-path.ts';
import { portLine, portMatters } from '../../documents/answer/port-line.ts';
import { loginTimeline, timeMatters } from '../../documents/answer/time-line.ts';
import { clipProse, formatNumber, printable, printableProse } from '../../documents/printable.ts';
import { quotedLine } from '../../documents/quotes.ts';
import { ENGLISH_WORDING } from '../../documents/wording.ts';
import { collapsible } from './collapsible.ts';
import { proseText } from './prose-text.ts';
import {
  bold,
  code,
  type Inline,
  paragraph,
  plain,
  preformatted,
  type RichTextPart,
  richText,
} from './rich-text.ts';

/** Context text; it must be escaped already. */
export function context(mrkdwn: string): ContextBlock {
  return { type: 'context', elements: [{ type: 'mrkdwn', text: mrkdwn }] };
}

/** Plain text, so that it holds no mention or format. The full headline is in the fallback text and the report. */
export function headlineBlock(mark: string, text: string): KnownBlock {
  const line = shortTitle(`${mark} ${printableProse(text).replaceAll('`', '')}`);
  return { type: 'header', text: { type: 'plain_text', text: line, emoji: false } };
}

/** Each step with its mark and the first line of its evidence. */
export function stepParts(diagnosis: Diagnosis): readonly RichTextPart[] {
  const { firstBrokenHop } = diagnosis;
  const lines = neededHops(diagnosis).map(({ id, status, evidence: [quote] }): readonly Inline[] => {
    const step = `${ENGLISH_WORDING.hopMarks[status]} ${ENGLISH_WORDING.hops[id]}`;
    return [
      id === firstBrokenHop ? bold(step) : plain(step),
      ...(quote
        ? [
            plain(`, line ${formatNumber(quote.line)}: `),
            code(quotedLine(printable(quote.text).trim(), STEP_QUOTE_LIMIT, [])),
          ]
        : []),
    ];
  });
  return [paragraph(lines.flatMap((line, index) => (index === 0 ? line : [plain('\n'), ...line])))];
}

const STEP_QUOTE_LIMIT = 80;

export function loginPathBlock(diagnosis: Diagnosis): KnownBlock {
  return collapsible(loginPathTitle(diagnosis), stepParts(diagnosis));
}

/** Result of the live session. */
export function liveBlocks({ live }: Diagnosis): readonly KnownBlock[] {
  if (live?.state === 'left-on') return [];
  return contextBlocks(clipProse(printableProse(liveLine(live)), 500));
}

/** Debug that may still be on is reported right below the headline. */
export function leftOnBlocks({ live }: Diagnosis): readonly KnownBlock[] {
  if (live?.state !== 'left-on') return [];
  const line = clipProse(printableProse(liveLine(live)), 500);
  return [richText([paragraph([bold(line)]), preformatted(live.commands)])];
}

/** Shows the owner of the callback port if it decides the case or may. */
export function portBlocks(diagnosis: Diagnosis): readonly KnownBlock[] {
  return portMatters(diagnosis)
    ? contextBlocks(clipProse(printableProse(portLine(diagnosis.portMap)), 500))
    : [];
}

/** How long the user had, if an approval was awaited. */
export function timeBlocks(diagnosis: Diagnosis): readonly KnownBlock[] {
  return timeMatters(diagnosis)
    ? contextBlocks(clipProse(printableProse(loginTimeline(diagnosis)), 500))
    : [];
}

export function contextBlocks(prose: string): readonly KnownBlock[] {
  return prose === '' ? [] : [context(proseText(prose))];
}
