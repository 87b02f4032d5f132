import type { RedactedCase } from './types.ts';

/** Total number of characters. */
export function textSize({ items }: Pick<RedactedCase, 'items'>): number {
  return items.reduce((sum, { text }) => sum + text.length, 0);
}
