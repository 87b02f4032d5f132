import { randomInt } from 'node:crypto';

/**
 * Kinds of characters that a FortiOS password policy can require. No `?`, quotes, backslash or spaces: the CLI
 * interprets them.
 */
const KINDS = ['abcdefghijkmnopqrstuvwxyz', 'ABCDEFGHJKLMNPQRSTUVWXYZ', '23456789', '-_.+='] as const;
/** FortiOS accepts up to 128 characters, and requires at most 12 by default. */
const LENGTH = 32;

/** A password of all four kinds that can be pasted into the FortiOS CLI in double quotes; about 190 bits. */
export function randomPassword(): string {
  const all = KINDS.join('');
  for (;;) {
    const password = Array.from({ length: LENGTH }, () => all[randomInt(all.length)]).join('');
    // A letter first, so that it does not look like an option.
    const isComplete = KINDS.every((kind) =>
      Array.from(password).some((character) => kind.includes(character)),
    );
    if (isComplete && /^[A-Za-z]/.test(password)) return password;
  }
}
