import type { RouteResult } from './pager-route.ts';

export interface JsonRequest {
  readonly url: string;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** The provider's name in messages for people. */
  readonly provider: string;
  /** A larger body is not sent. */
  readonly maxBytes?: number;
}

export type SendJson = (request: JsonRequest) => Promise<RouteResult>;

/** Reads JSON. Never rejects; redirects are not followed. */
export type GetJson = (
  request: Omit<JsonRequest, 'body' | 'maxBytes'>,
) => Promise<{ readonly kind: 'read'; readonly body: unknown } | Exclude<RouteResult, { kind: 'accepted' }>>;

export interface SendJsonOptions {
  readonly timeoutMs?: number;
  /** Milliseconds since the Unix epoch: for a `Retry-After` that is a date. */
  readonly now: () => number;
}

const TIMEOUT_MS = 10_000;
const MAX_REASON = 200;

/**
 * Sends one POST without retries. Never rejects; redirects are not followed, so that the secret goes only to the
 * configured host.
 */
export function createSendJson({ timeoutMs = TIMEOUT_MS, now }: SendJsonOptions): SendJson {
  return async ({ url, body, headers = {}, provider, maxBytes }) => {
    const text = JSON.stringify(body);
    if (maxBytes !== undefined && Buffer.byteLength(text) > maxBytes) {
      return { kind: 'refused', reason: `The message is too large for ${provider}.` };
    }
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...USER_AGENT, ...headers },
        body: text,
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
      });
      return toRouteResult(provider, response, boundText(await response.text()), now());
    } catch (error) {
      return away(provider, error, timeoutMs);
    }
  };
}

export function createGetJson({ timeoutMs = TIMEOUT_MS, now }: SendJsonOptions): GetJson {
  return async ({ url, headers = {}, provider }) => {
    try {
      const response = await fetch(url, {
        headers: { ...USER_AGENT, ...headers },
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
      });
      const text = await response.text();
      if (response.ok) return { kind: 'read', body: JSON.parse(text) as unknown };
      const result = toRouteResult(provider, response, boundText(text), now());
      return result.kind === 'accepted' ? { kind: 'unsupported' } : result;
    } catch (error) {
      return away(provider, error, timeoutMs);
    }
  };
}

/** A path below an address that may have a path of its own: that of a proxy. */
export function joinUrl(base: string, path: string): string {
  return new URL(path.replace(/^\/+/, ''), base.endsWith('/') ? base : `${base}/`).href;
}

const USER_AGENT = { 'user-agent': 'ftm-check' } as const;

function away(provider: string, error: unknown, timeoutMs: number): Extract<RouteResult, { kind: 'later' }> {
  const slow = error instanceof Error && error.name === 'TimeoutError';
  return {
    kind: 'later',
    reason: slow
      ? `${provider} did not answer within ${timeoutMs / 1000} s.`
      : `${provider} could not be reached.`,
  };
}

function toRouteResult(provider: string, response: Response, answer: string, now: number): RouteResult {
  const { status, ok } = response;
  if (ok) return { kind: 'accepted' };
  const said = answer === '' ? '' : `: ${answer}`;
  if (status === 429) {
    return {
      kind: 'later',
      reason: `${provider} limits the rate (429).`,
      retryAfterMs: retryAfterMs(response.headers.get('retry-after'), now),
    };
  }
  if (status >= 500 || status === 408) {
    return {
      kind: 'later',
      reason: `${provider} answers ${status}${said}`,
      retryAfterMs: retryAfterMs(response.headers.get('retry-after'), now),
    };
  }
  return { kind: 'refused', reason: `${provider} refuses it with status ${status}${said}` };
}

/** Seconds or an HTTP date (RFC 9110, 10.2.3). */
export function retryAfterMs(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  const text = header.trim();
  if (/^\d{1,7}$/.test(text)) return Number(text) * 1000;
  const date = /^[A-Z][a-z]{2}/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

function boundText(text: string): string {
  return text.replace(/\s+/g, ' ').trim().slice(0, MAX_REASON);
}
