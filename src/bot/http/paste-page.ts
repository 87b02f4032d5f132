import type { IncomingMessage, ServerResponse } from 'node:http';

export const PASTE_PATH = '/paste';

/** Headers of the page; its own policy (a meta element) cannot forbid frames. */
const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  // An upgrade is seen at once.
  'cache-control': 'no-store',
} as const;

/** Answers with the page of `ftm-check page`. */
export function createPastePage(html: string): (request: IncomingMessage, response: ServerResponse) => void {
  const body = Buffer.from(html);
  return (request, response) => {
    response.writeHead(200, { ...HEADERS, 'content-length': body.length });
    response.end(request.method === 'HEAD' ? undefined : body);
  };
}
