import type { ThreadRef } from './escalation.ts';

/** Opens the message in whatever workspace the reader is signed in to; needs no call to Slack. */
export function threadLink({ channel, ts }: Pick<ThreadRef, 'channel' | 'ts'>): string {
  return `https://slack.com/archives/${channel}/p${ts.replace('.', '')}`;
}
