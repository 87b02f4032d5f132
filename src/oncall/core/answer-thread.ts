import type { Run } from '../../platform/runs/run.ts';
import type { ThreadRef } from './escalation.ts';

/** The thread of a run's answer; undefined while nothing of it is posted, or if Slack refused the answer there. */
export function answerThread(run: Run): ThreadRef | undefined {
  const { team, channel, thread } = run.replyTo;
  const ts = thread ?? run.rootTs;
  return ts === undefined || run.answerRefused !== undefined ? undefined : { channel, ts, team };
}

/** In place of a thread: the channel in which the answer should be. */
export function withoutThread({ replyTo: { team, channel } }: Run): ThreadRef {
  return { channel, ts: NO_THREAD, team };
}

/** Timestamp of a thread that does not exist, because Slack did not take the answer. */
const NO_THREAD = '';

export function hasThread({ ts }: Pick<ThreadRef, 'ts'>): boolean {
  return ts !== NO_THREAD;
}
