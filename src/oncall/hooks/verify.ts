import { createHmac } from 'node:crypto';
import { sameSecret } from '../../platform/store/sha256.ts';
import { SIGNATURE_HEADER, signBody, TIMESTAMP_HEADER } from '../routes/signature.ts';

/** Header names are in lower case, as Node provides them. */
export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** A signature whose timestamp differs more than this is refused as a possible replay. */
const MAX_SKEW_S = 5 * 60;

/** Checks `Authorization: Bearer …`; Alertmanager signs nothing, but sends a credential. */
export function hasBearer(headers: Headers, token: string): boolean {
  const [scheme = '', given = ''] = single(headers.authorization).split(/ +/, 2);
  return scheme.toLowerCase() === 'bearer' && sameSecret(given, token);
}

/**
 * `X-PagerDuty-Signature: v1=…,v1=…`, HMAC-SHA256 of the body; several while the secret is rotated.
 * Source: https://developer.pagerduty.com/docs/webhooks/webhook-signatures/
 */
export function hasPagerDutySignature(headers: Headers, body: Buffer, secret: string): boolean {
  const expected = `v1=${createHmac('sha256', secret).update(body).digest('hex')}`;
  return single(headers['x-pagerduty-signature'])
    .split(',', 20)
    .some((given) => sameSecret(given.trim(), expected));
}

/** `now`: milliseconds since the Unix epoch. */
export function hasOwnSignature(headers: Headers, body: Buffer, secret: string, now: number): boolean {
  const timestamp = single(headers[TIMESTAMP_HEADER]);
  if (!/^\d{1,12}$/.test(timestamp)) return false;
  const seconds = Number(timestamp);
  if (Math.abs(now / 1000 - seconds) > MAX_SKEW_S) return false;
  return sameSecret(single(headers[SIGNATURE_HEADER]), signBody(secret, seconds, body));
}

function single(value: Headers[string]): string {
  return typeof value === 'string' ? value : '';
}
