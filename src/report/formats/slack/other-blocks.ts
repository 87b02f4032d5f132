import type { ContextBlock, KnownBlock } from '@slack/types';
import { shortTitle } from '../../block-kit/limits.ts';
import { printableProse } from '../../documents/printable.ts';
import { proseText } from './prose-text.ts';

/** Context text; it must be escaped already. */
export function context(mrkdwn: string): ContextBlock {
  return { type: 'context', elements: [{ type: 'mrkdwn', text: mrkdwn }] };
}

/** Plain text, so that it holds no mention or format. The full headline is in the fallback text and the report. */
export function headlineBlock(mark: string, text: string): KnownBlock {
  const line = shortTitle(`${mark} ${printableProse(text).replaceAll('`', '')}`.trimStart());
  return { type: 'header', text: { type: 'plain_text', text: line, emoji: false } };
}

export function contextBlocks(prose: string): readonly KnownBlock[] {
  return prose === '' ? [] : [context(proseText(prose))];
}
