import type { SlackResult } from '../../bot/delivery/slack-port.ts';
import { kindOfRefusal } from '../../bot/slack/refusals.ts';
import { FtmError } from '../../engine/ftm-error.ts';

export type ThreadResult<T> =
  | { readonly kind: 'done'; readonly value: T }
  /**
   * Slack is unavailable or asks to wait; the call may have succeeded all the same. `advanced`: the attempt came
   * further than the one before, so that it does not count as failed.
   */
  | {
      readonly kind: 'later';
      readonly reason: string;
      readonly retryAfterMs?: number;
      readonly advanced?: boolean;
    }
  | { readonly kind: 'refused'; readonly reason: string };

export async function toThreadResult<T>(called: Promise<SlackResult<T>>): Promise<ThreadResult<T>> {
  const result = await called;
  if (result.kind === 'done') return result;
  if (result.kind === 'no-answer') return { kind: 'later', reason: 'Slack could not be reached.' };
  if (result.kind === 'rate-limited')
    return { kind: 'later', reason: 'Slack limits the rate.', retryAfterMs: result.retryAfterMs };
  return kindOfRefusal(result.error) === 'temporary'
    ? { kind: 'later', reason: `Slack has a problem: ${result.error}` }
    : { kind: 'refused', reason: `Slack refuses it: ${result.error}` };
}

/** The value, or a rejection with `ftm_slack_failed`, which is retryable where Slack is unavailable. */
export function orThrow<T>(result: ThreadResult<T>): T {
  if (result.kind === 'done') return result.value;
  throw new FtmError('ftm_slack_failed', result.reason, { retryable: result.kind === 'later' });
}
