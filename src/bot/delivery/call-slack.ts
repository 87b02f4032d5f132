import { FtmError } from '../../engine/ftm-error.ts';
import { kindOfRefusal } from '../slack/refusals.ts';
import type { SlackResult } from './slack-port.ts';
import type { Clock } from './types.ts';

/** Results that the caller handles; everything else was retried or became an error. */
export type Settled<T> = Extract<SlackResult<T>, { kind: 'done' } | { kind: 'refused' }>;

export interface CallOptions<T> {
  readonly clock: Clock;
  /** Looks for the effect of the last attempt before a retry, because Slack may have performed it. */
  readonly recover?: () => Promise<T | undefined>;
  /** Longest pause before another attempt, in milliseconds. */
  readonly maxWaitMs?: number | undefined;
}

const MAX_ATTEMPTS = 4;
const MIN_RETRY_DELAY_MS = 500;
/** Longer waits are left to the queue, so that no worker slot is blocked. */
const MAX_WAIT_MS = 60_000;

/**
 * Calls Slack until it accepts or refuses: waits as long as Slack asks, and retries when it is unavailable. Then
 * rejects with a retryable `ftm_slack_failed`.
 */
export async function callSlack<T>(
  call: () => Promise<SlackResult<T>>,
  { clock, recover, maxWaitMs = MAX_WAIT_MS }: CallOptions<T>,
): Promise<Settled<T>> {
  let last: SlackResult<T> | undefined;
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    last = await call();
    if (last.kind === 'done') return last;
    if (last.kind === 'refused' && kindOfRefusal(last.error) !== 'temporary') return last;
    const pause = last.kind === 'rate-limited' ? last.retryAfterMs : MIN_RETRY_DELAY_MS * 2 ** (attempt - 1);
    if (attempt === MAX_ATTEMPTS || pause > maxWaitMs) break;
    await clock.sleep(pause);
    if (last.kind !== 'no-answer') continue;
    const recovered = await recover?.();
    if (recovered !== undefined) return { kind: 'done', value: recovered };
  }
  throw slackFailed(last);
}

function slackFailed(last: SlackResult<unknown> | undefined): FtmError {
  return new FtmError('ftm_slack_failed', 'Slack does not answer, or limits the rate.', {
    advice: 'It is retried automatically.',
    retryable: true,
    cause:
      last?.kind === 'no-answer' ? last.cause : new Error(last?.kind === 'refused' ? last.error : last?.kind),
  });
}
