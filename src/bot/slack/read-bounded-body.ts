import type { IncomingMessage } from 'node:http';

/** Bytes of all bodies that are being read: anybody can send them, since a signature covers the whole body. */
const MAX_TOTAL_BYTES = 16 * 1024 * 1024;
/** Slack and webhooks send a body at once. */
const TIMEOUT_MS = 20_000;

export type RequestBody =
  | { readonly kind: 'read'; readonly bytes: Buffer<ArrayBuffer> }
  /** `status`: what to answer. */
  | { readonly kind: 'refused'; readonly status: 400 | 408 | 413 | 503; readonly reason: string };

interface Reading {
  bytes: number;
  readonly refuse: () => void;
}

/** Together the bodies take no more than `maxTotal`: beyond it the largest unfinished one is refused. */
export function createBodyReader({ maxTotal = MAX_TOTAL_BYTES, timeoutMs = TIMEOUT_MS } = {}) {
  const readings = new Set<Reading>();

  function keepWithinTotal(): void {
    const all = [...readings];
    const total = all.reduce((sum, { bytes }) => sum + bytes, 0);
    if (total > maxTotal) all.reduce((most, each) => (each.bytes > most.bytes ? each : most)).refuse();
  }

  return (request: IncomingMessage, maxBytes: number) =>
    new Promise<RequestBody>((resolve) => {
      const chunks: Buffer[] = [];
      const reading: Reading = {
        bytes: 0,
        refuse: () => settle(refuseBody(503, 'too many requests at once')),
      };
      readings.add(reading);
      const timer = setTimeout(() => settle(refuseBody(408, 'the body took too long')), timeoutMs);

      function settle(result: RequestBody): void {
        clearTimeout(timer);
        readings.delete(reading);
        request.off('data', take);
        chunks.length = 0;
        if (result.kind === 'refused') request.pause();
        resolve(result);
      }
      function take(chunk: Buffer): void {
        reading.bytes += chunk.byteLength;
        chunks.push(chunk);
        if (reading.bytes > maxBytes) settle(refuseBody(413, 'too large'));
        else keepWithinTotal();
      }
      request.on('data', take);
      request.once('end', () => settle({ kind: 'read', bytes: Buffer.concat(chunks) }));
      request.once('close', () => settle(refuseBody(400, 'the connection ended before the body')));
    });
}

function refuseBody(status: 400 | 408 | 413 | 503, reason: string): RequestBody {
  return { kind: 'refused', status, reason };
}

/** Raw bytes, because signatures cover them. Never rejects. One per process, for all that anybody can send to it. */
export const readBoundedBody = createBodyReader();
