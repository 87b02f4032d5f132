import { webApi } from '@slack/bolt';
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

export async function toThreadResult<T>(call: () => Promise<T>): Promise<ThreadResult<T>> {
  try {
    return { kind: 'done', value: await call() };
  } catch (error) {
    if (error instanceof webApi.WebAPIRateLimitedError) {
      return { kind: 'later', reason: 'Slack limits the rate.', retryAfterMs: error.retryAfter * 1000 };
    }
    if (error instanceof webApi.WebAPIPlatformError) {
      const { error: code } = error.data;
      return kindOfRefusal(code) === 'temporary'
        ? { kind: 'later', reason: `Slack has a problem: ${code}` }
        : { kind: 'refused', reason: `Slack refuses it: ${code}` };
    }
    return { kind: 'later', reason: 'Slack could not be reached.' };
  }
}

/** The value, or a rejection with `ftm_slack_failed`, which is retryable where Slack is unavailable. */
export function orThrow<T>(result: ThreadResult<T>): T {
  if (result.kind === 'done') return result.value;
  throw new FtmError('ftm_slack_failed', result.reason, { retryable: result.kind === 'later' });
}
