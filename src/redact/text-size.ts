import type { RedactedCase } from './types.ts';

/** Characters of all texts. */
export function textSize({ items }: Pick<RedactedCase, 'items'>): number {
  return items.reduce((sum, { text }) => sum + text.length, 0);
}
