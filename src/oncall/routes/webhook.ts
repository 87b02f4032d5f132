import { sha256 } from '../../platform/store/sha256.ts';
import type { PagerMessage, PagerRoute, RouteResult } from './pager-route.ts';
import type { RouteOptions } from './send-json.ts';
import { buildSignedHeaders } from './signature.ts';

export interface WebhookOptions extends RouteOptions {
  readonly secret: () => Promise<string>;
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
    // A note that is sent again has the same id.
    const noteId = more.note === undefined ? '' : `.${sha256(more.note, 8)}`;
    const delivery = `${page.escalationId}.${action}${again}${noteId}`;
    const headers = buildSignedHeaders(await secret(), body, delivery, now());
    return send({ url, body, provider: `the webhook ${name}`, headers });
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
