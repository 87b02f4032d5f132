import type { PagerMessage, PagerRoute, RouteResult } from './pager-route.ts';
import type { SendJson } from './send-json.ts';
import { DELIVERY_HEADER, SIGNATURE_HEADER, signBody, TIMESTAMP_HEADER } from './signature.ts';

export interface WebhookOptions {
  readonly name: string;
  readonly url: string;
  readonly secret: () => Promise<string>;
  readonly send: SendJson;
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
}

type Action = 'trigger' | 'acknowledge' | 'resolve' | 'note';

/**
 * Sends `{ schema: "ftm-check/page@1", action, key, … }`, signed. The receiver checks the signature and that the
 * timestamp is recent; a repeated `x-ftm-check-delivery` marks a repeated delivery.
 */
export function createWebhookRoute({ name, url, secret, send, now }: WebhookOptions): PagerRoute {
  async function post(
    action: Action,
    page: PagerMessage,
    more: { readonly by?: string; readonly note?: string } = {},
  ): Promise<RouteResult> {
    const { round = 0 } = page;
    const again = action === 'trigger' && round > 0 ? `.${round}` : '';
    const body = { schema: 'ftm-check/page@1', action, origin: 'ftm-check', ...page, ...more };
    const seconds = Math.floor(now() / 1000);
    return send({
      url,
      body,
      provider: `the webhook ${name}`,
      headers: {
        [TIMESTAMP_HEADER]: String(seconds),
        [SIGNATURE_HEADER]: signBody(await secret(), seconds, JSON.stringify(body)),
        [DELIVERY_HEADER]: `${page.escalationId}.${action}${again}${more.note === undefined ? '' : `.${fingerprint(more.note)}`}`,
      },
    });
  }

  return {
    name,
    label: `webhook (${name})`,
    trigger: (page) => post('trigger', page),
    acknowledge: (page, by) => post('acknowledge', page, { by }),
    resolve: (page, by, note) => post('resolve', page, { by, note }),
    note: (page, note) => post('note', page, { note }),
  };
}

/** Short and stable: a repeated note has the same fingerprint. */
function fingerprint(text: string): string {
  let hash = 5381;
  for (const character of text) hash = (hash * 33 + (character.codePointAt(0) ?? 0)) % 0x7fffffff;
  return hash.toString(36);
}
