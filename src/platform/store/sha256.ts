import { createHash } from 'node:crypto';

/** In hexadecimal; `length`: of its beginning, for ids and keys. */
export function sha256(text: string | Uint8Array, length = 64): string {
  return createHash('sha256').update(text).digest('hex').slice(0, length);
}
