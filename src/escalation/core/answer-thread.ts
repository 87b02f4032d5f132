import type { Run } from '../../runs/run.ts';
import type { ThreadRef } from './escalation.ts';

/** The thread of a run's answer; undefined while nothing of it is posted. */
export function answerThread(run: Run): ThreadRef | undefined {
  const { team, channel, thread } = run.replyTo;
  const ts = thread ?? run.rootTs;
  return ts === undefined ? undefined : { channel, ts, team };
}
