import type { KnownBlock } from '@slack/types';
import { context, toPlainText } from '../../block-kit/build-blocks.ts';
import { shortTitle } from '../../block-kit/limits.ts';
import { printableProse } from '../../documents/printable.ts';
import { proseText } from './prose-text.ts';

/** Plain text, so that it holds no mention or format. The full headline is in the fallback text and the report. */
export function headlineBlock(mark: string, text: string): KnownBlock {
  const line = shortTitle(`${mark} ${printableProse(text).replaceAll('`', '')}`.trimStart());
  return { type: 'header', text: { ...toPlainText(line), emoji: false } };
}

export function contextBlocks(prose: string): readonly KnownBlock[] {
  return prose === '' ? [] : [context(proseText(prose))];
}
