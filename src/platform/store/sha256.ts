import { hash, timingSafeEqual } from 'node:crypto';

/** In hexadecimal; `length`: of its beginning, for ids and keys. */
export function sha256(text: string | Uint8Array, length = 64): string {
  return hash('sha256', text, 'hex').slice(0, length);
}

/** Compares in constant time: digests have equal length, which `timingSafeEqual` requires. */
export function sameSecret(a: string, b: string): boolean {
  return timingSafeEqual(hash('sha256', a, 'buffer'), hash('sha256', b, 'buffer'));
}
