import { createHmac } from 'node:crypto';

/** Signature of webhooks in both directions: `HMAC-SHA256(secret, "<seconds>.<body>")` in hexadecimal. */
export const SIGNATURE_HEADER = 'x-ftm-check-signature';
export const TIMESTAMP_HEADER = 'x-ftm-check-timestamp';
export const DELIVERY_HEADER = 'x-ftm-check-delivery';

/** `seconds` since the Unix epoch. */
export function signBody(secret: string, seconds: number, body: string | Buffer): string {
  return `v1=${createHmac('sha256', secret).update(`${seconds}.`).update(body).digest('hex')}`;
}

/** Headers of a signed JSON body. `delivery`: its id, the same if it is sent again. `now`: milliseconds since the Unix epoch. */
export function buildSignedHeaders(
  secret: string,
  body: object,
  delivery: string,
  now: number,
): Readonly<Record<string, string>> {
  const seconds = Math.floor(now / 1000);
  return {
    [TIMESTAMP_HEADER]: String(seconds),
    [SIGNATURE_HEADER]: signBody(secret, seconds, JSON.stringify(body)),
    [DELIVERY_HEADER]: delivery,
  };
}
