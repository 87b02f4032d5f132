import type { ThreadRef } from './escalation.ts';

/** The link opens the message in the workspace the reader is signed in to, and needs no call to Slack. */
export function threadLink({ channel, ts }: Pick<ThreadRef, 'channel' | 'ts'>): string {
  return `https://slack.com/archives/${channel}/p${ts.replace('.', '')}`;
}
