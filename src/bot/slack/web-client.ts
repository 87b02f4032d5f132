import { type Logger as BoltLogger, webApi } from '@slack/bolt';

export interface WebClientSettings {
  readonly logger: BoltLogger;
  /** Address of Slack's Web API; tests and the demo set it to a local Slack. */
  readonly slackApiUrl?: string | undefined;
  /** Replaces the runtime's `fetch`. */
  readonly fetch?: webApi.WebClientOptions['fetch'];
}

const TIMEOUT_MS = 10_000;
const TRIGGER_TIMEOUT_MS = 3_000;

/**
 * Settings of the client for listeners. The SDK's defaults wait without limit and retry for half an hour, longer than
 * any `response_url` or trigger is valid.
 */
export function webClientOptions({ logger, slackApiUrl, fetch }: WebClientSettings): webApi.WebClientOptions {
  return {
    timeout: TIMEOUT_MS,
    retryConfig: { retries: 2, factor: 2, minTimeout: 300, maxTimeout: 2000 },
    logger,
    slackApiUrl,
    fetch,
  };
}

/**
 * The client that delivers answers. It never retries by itself: a post whose response was lost may have succeeded,
 * and only delivery knows how to look for it. Delivery also handles rate limits.
 */
export function createDeliveryClient(
  token: string | undefined,
  settings: WebClientSettings,
): webApi.WebClient {
  return new webApi.WebClient(token, {
    ...webClientOptions(settings),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  });
}

/**
 * Client for calls with a trigger, which is valid for three seconds: it neither waits for a rate limit nor retries.
 */
export function clientForTrigger({ token, slackApiUrl }: webApi.WebClient): webApi.WebClient {
  return new webApi.WebClient(token, {
    slackApiUrl,
    timeout: TRIGGER_TIMEOUT_MS,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  });
}
