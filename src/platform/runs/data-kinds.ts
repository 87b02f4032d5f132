/** What stored data is about, in the words of docs/how-to/privacy.md. */
export const DATA_KINDS = [
  'runs',
  'history',
  'settings',
  'evidence',
  'feedback',
  'pages',
  'alerts',
  'jobs',
  'other',
] as const;

export type DataKind = (typeof DATA_KINDS)[number];
