import { redactSideText } from '../../engine/evidence/side-text.ts';
import type { Dependencies } from '../../platform/dependencies.ts';
import { readBounded } from '../../platform/net/read-bounded.ts';
import type { RouteResult } from './pager-route.ts';

export interface JsonRequest {
  readonly url: string;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly provider: string;
  /** A larger body is not sent. */
  readonly maxBytes?: number;
}

export type SendJson = (request: JsonRequest) => Promise<RouteResult>;

export interface RouteOptions extends Pick<Dependencies, 'now'> {
  readonly name: string;
  readonly url: string;
  readonly send: SendJson;
}

/** Reads JSON. Never rejects; redirects are not followed. */
export type GetJson = (
  request: Omit<JsonRequest, 'body' | 'maxBytes'>,
) => Promise<{ readonly kind: 'read'; readonly body: unknown } | Exclude<RouteResult, { kind: 'accepted' }>>;

/** `now`: for a `Retry-After` that is a date. */
export interface SendJsonOptions extends Pick<Dependencies, 'now'> {
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 10_000;
const MAX_REASON = 200;
/** Of the silences of an Alertmanager, the longest list that is read. */
const MAX_ANSWER_BYTES = 5_000_000;
/** Of the answer that explains a refusal. */
const MAX_SAID = 2_000;

/** Sends one POST without retries. Never rejects. */
export function createSendJson(options: SendJsonOptions): SendJson {
  return async ({ url, body, headers, provider, maxBytes }) => {
    const text = JSON.stringify(body);
    if (maxBytes !== undefined && Buffer.byteLength(text) > maxBytes) {
      return { kind: 'refused', reason: `The message is too large for ${provider}.` };
    }
    const init = { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: text };
    const asked = await ask(url, init, provider, options);
    return asked.kind === 'read' ? { kind: 'accepted' } : asked;
  };
}

export function createGetJson(options: SendJsonOptions): GetJson {
  return async ({ url, headers, provider }) => {
    const asked = await ask(url, { headers }, provider, options);
    if (asked.kind !== 'read') return asked;
    try {
      return { kind: 'read', body: JSON.parse(asked.text) as unknown };
    } catch {
      return { kind: 'later', reason: `${provider} could not be reached.` };
    }
  };
}

/** Follows no redirect, so that the secret goes only to the configured host. Never rejects. */
async function ask(
  url: string,
  init: Pick<RequestInit, 'method' | 'body'> & Pick<JsonRequest, 'headers'>,
  provider: string,
  { timeoutMs = TIMEOUT_MS, now }: SendJsonOptions,
): Promise<{ readonly kind: 'read'; readonly text: string } | Exclude<RouteResult, { kind: 'accepted' }>> {
  try {
    const response = await fetch(url, {
      ...init,
      headers: { 'user-agent': 'ftm-check', ...init.headers },
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    const body = await readBounded(response, MAX_ANSWER_BYTES);
    if (body === undefined) return { kind: 'later', reason: `${provider} answers without end.` };
    const text = body.toString('utf8');
    return response.ok ? { kind: 'read', text } : describeRefusal(provider, response, text, now());
  } catch (error) {
    const slow = error instanceof Error && error.name === 'TimeoutError';
    const reason = slow
      ? `${provider} did not answer within ${timeoutMs / 1000} s.`
      : `${provider} could not be reached.`;
    return { kind: 'later', reason };
  }
}

/** A path below an address that may have a path of its own: that of a proxy. */
export function joinUrl(base: string, path: string): string {
  return new URL(path.replace(/^\/+/, ''), base.endsWith('/') ? base : `${base}/`).href;
}

function describeRefusal(
  provider: string,
  { status, headers }: Response,
  answer: string,
  now: number,
): Exclude<RouteResult, { kind: 'accepted' }> {
  const text = boundText(answer);
  const said = text === '' ? '' : `: ${text}`;
  if (status !== 429 && status !== 408 && status < 500)
    return { kind: 'refused', reason: `${provider} refuses it with status ${status}${said}` };
  const reason =
    status === 429 ? `${provider} limits the rate (429).` : `${provider} answers ${status}${said}`;
  return { kind: 'later', reason, retryAfterMs: retryAfterMs(headers.get('retry-after'), now) };
}

/** Seconds or an HTTP date (RFC 9110, 10.2.3). */
export function retryAfterMs(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  const text = header.trim();
  if (/^\d{1,7}$/.test(text)) return Number(text) * 1000;
  const date = /^[A-Z][a-z]{2}/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** The host, or a proxy in its place, may answer with the request, and with the secrets in it. */
function boundText(answer: string): string {
  return redactSideText(answer.slice(0, MAX_SAID)).replace(/\s+/g, ' ').trim().slice(0, MAX_REASON);
}
