import { signedHeaders } from './signature.ts';
import type { Sockets } from './sockets.ts';
import type { DeliveryKind, EventDelivery } from './types.ts';

export interface Retry {
  /** 1 for the first redelivery. */
  readonly num: number;
  readonly reason: string;
}

export interface Deliverer {
  /** Address of the app in HTTP mode; without it Socket Mode is used. */
  connect(eventsUrl: string): void;
  deliver(
    kind: DeliveryKind,
    payload: Readonly<Record<string, unknown>>,
    retry?: Retry,
  ): Promise<EventDelivery>;
}

/** Slack counts a request as failed after this time. */
const ACK_TIMEOUT_MS = 3000;

export function createDeliverer(sockets: Sockets, signingSecret: string): Deliverer {
  let eventsUrl: string | undefined;
  return {
    connect(url) {
      eventsUrl = url;
    },
    async deliver(kind, payload, retry) {
      const startedAt = performance.now();
      const { status, ack } =
        eventsUrl === undefined
          ? await overSocket(sockets, kind, payload, retry)
          : await overHttp(eventsUrl, signingSecret, kind, payload, retry);
      const tookMs = performance.now() - startedAt;
      // A timer may fire late, so the elapsed time decides.
      const isLate = tookMs > ACK_TIMEOUT_MS;
      return { kind, payload, status: isLate ? 0 : status, ack: isLate ? undefined : ack, tookMs };
    },
  };
}

async function overSocket(
  sockets: Sockets,
  kind: DeliveryKind,
  payload: object,
  retry: Retry | undefined,
): Promise<{ status: number; ack: unknown }> {
  const envelope = {
    type: kind,
    payload,
    accepts_response_payload: kind !== 'events_api',
    ...(retry === undefined ? {} : { retry_attempt: retry.num, retry_reason: retry.reason }),
  };
  const { acked, payload: ack } = await sockets.send(envelope, ACK_TIMEOUT_MS);
  return { status: acked ? 200 : 0, ack };
}

async function overHttp(
  url: string,
  signingSecret: string,
  kind: DeliveryKind,
  payload: Readonly<Record<string, unknown>>,
  retry: Retry | undefined,
): Promise<{ status: number; ack: unknown }> {
  const body = encode(kind, payload);
  const headers = {
    'content-type': kind === 'events_api' ? 'application/json' : 'application/x-www-form-urlencoded',
    ...signedHeaders(body, signingSecret, Math.floor(Date.now() / 1000)),
    ...(retry === undefined
      ? {}
      : { 'x-slack-retry-num': String(retry.num), 'x-slack-retry-reason': retry.reason }),
  };
  try {
    const signal = AbortSignal.timeout(ACK_TIMEOUT_MS);
    const response = await fetch(url, { method: 'POST', headers, body, signal });
    return { status: response.status, ack: parseAck(await response.text()) };
  } catch {
    return { status: 0, ack: undefined };
  }
}

function encode(kind: DeliveryKind, payload: Readonly<Record<string, unknown>>): string {
  if (kind === 'events_api') return JSON.stringify(payload);
  if (kind === 'interactive') return new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  const fields = Object.entries(payload).map(([name, value]): [string, string] => [name, String(value)]);
  return new URLSearchParams(fields).toString();
}

function parseAck(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
