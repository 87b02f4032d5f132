import type { DescriptionRow } from './row.ts';

/** Descriptions of causes of push, of the token and of the phone. */
export const PUSH_DESCRIPTIONS: readonly DescriptionRow[] = [
  [
    'phone-registration-stale',
    'Mr Plover has a new phone since Friday. The codes are accepted, but his old phone in the drawer rings instead.',
  ],
];
