import type { DescriptionRow } from './row.ts';

/** Descriptions of logins that fail before or after push. */
export const LOGIN_DESCRIPTIONS: readonly DescriptionRow[] = [];
