import { type Logger as BoltLogger, webApi } from '@slack/bolt';

export interface WebClientSettings {
  readonly logger: BoltLogger;
  /** Where Slack's Web API is; tests and the demo point it at a local Slack. */
  readonly slackApiUrl?: string | undefined;
  /** Instead of the runtime's own. */
  readonly fetch?: webApi.WebClientOptions['fetch'];
}

const TIMEOUT_MS = 10_000;
const TRIGGER_TIMEOUT_MS = 3_000;

/**
 * Settings of the client that listeners use. The SDK's own defaults wait without limit and retry for half an hour, which
 * is longer than any `response_url` or trigger lives.
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
 * The client that delivers answers. It never repeats a request by itself: a post whose response got lost may have been
 * posted, and only delivery knows how to look for it. Rate limits are delivery's business too.
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
 * The same client for calls with a trigger, which Slack takes for three seconds: it neither waits for a rate limit nor
 * repeats a request.
 */
export function clientForTrigger({ token, slackApiUrl }: webApi.WebClient): webApi.WebClient {
  return new webApi.WebClient(token, {
    slackApiUrl,
    timeout: TRIGGER_TIMEOUT_MS,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  });
}
