import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';

export const PASTE_PATH = '/paste';

/** Headers of the page; its own policy (a meta element) cannot forbid frames. */
const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  // A browser asks each time whether the page is still the same, so that an upgrade is seen at once.
  'cache-control': 'no-cache',
  vary: 'accept-encoding',
} as const;

/** Answers with the page of `ftm-check page`. It is packed once: 1 MB of HTML is 0.3 MB of gzip. */
export function createPastePage(html: string): (request: IncomingMessage, response: ServerResponse) => void {
  const plain = Buffer.from(html);
  const packed = gzipSync(plain);
  const etag = `W/"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`;
  return (request, response) => {
    const { 'if-none-match': known, 'accept-encoding': encodings = '' } = request.headers;
    if (known?.includes(etag)) {
      response.writeHead(304, { ...HEADERS, etag }).end();
      return;
    }
    const takesGzip = /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/i.test(encodings);
    const body = takesGzip ? packed : plain;
    response.writeHead(200, {
      ...HEADERS,
      etag,
      'content-length': body.length,
      ...(takesGzip ? { 'content-encoding': 'gzip' } : {}),
    });
    response.end(request.method === 'HEAD' ? undefined : body);
  };
}
