import type { Schedule } from '../../platform/config/escalation-types.ts';
import { findOnCall } from './on-call.ts';
import { changesOf } from './schedule-gaps.ts';

const LOOKAHEAD_MS = 28 * 24 * 3_600_000;

export interface CurrentShift {
  /** Slack user id; absent if nobody is on call. */
  readonly user?: string | undefined;
  /** When another person is on call, in milliseconds since the Unix epoch; absent if not within four weeks. */
  readonly until?: number;
  readonly next?: string | undefined;
}

/** Who is on call at `at`, until when, and who is next. Pure. */
export function currentShift(schedule: Schedule, at: number): CurrentShift {
  const user = findOnCall(schedule, at);
  const until = changesOf(schedule, { from: at, until: at + LOOKAHEAD_MS }).find(
    (change) => findOnCall(schedule, change) !== user,
  );
  return until === undefined ? { user } : { user, until, next: findOnCall(schedule, until) };
}
