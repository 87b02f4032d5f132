import type { DescriptionRow } from './row.ts';

/** Descriptions of causes of tokens, of timers and of other products. */
export const TOKEN_DESCRIPTIONS: readonly DescriptionRow[] = [];
