import {
  createMultiPatternMatcher,
  type MultiPatternMatcher,
} from '../fortios/debug/multi-pattern-matcher.ts';
import { looksLikeKeyMaterial } from './pem.ts';
import { SECRET_PATTERNS, SECRET_WORDS } from './secret-words.ts';
import { lineEnd } from './values.ts';

let matcher: MultiPatternMatcher | undefined;

/** The matcher of this file, which takes 8 ms to make, together with the words of a caller; see `createMultiPatternMatcher`. */
export function matchSecretsAnd(apart: readonly string[], others: readonly string[]): MultiPatternMatcher {
  matcher = createMultiPatternMatcher(SECRET_WORDS, SECRET_PATTERNS, apart, others);
  return matcher;
}

/**
 * Every login at the web portal prints a line that ends like this: it contains the name of a secret but no secret.
 */
const NO_SESSION_ID = ' no session id in auth info';
/** Ansible Vault. */
const ANSIBLE = /^[\s>|+-]{0,40}[0-9a-f]{60}/;
const KEY_LENGTH = 60;
const KEY_MATERIAL = /[A-Za-z0-9+/=]{60}/y;
/** The beginning of a line of a dump: its bytes, or their offset in a packet. */
const DUMPED =
  /^(?:[>|+-]? {5,20}[0-9a-f]{2} |[\s>|+*•-]{0,20}(?:\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[ \t]{1,4})?(?:0x)?[0-9a-f]{3,7}0:?[ \t])/;

/**
 * False if the redactor would not change the line, whatever preceded it, provided that no secret is open. Much cheaper
 * than searching for the secrets.
 */
export function mayHoldSecret(line: string): boolean {
  matcher ??= matchSecretsAnd([], []);
  const end = lineEnd(line);
  const said = line.endsWith(NO_SESSION_ID) ? line.slice(0, -NO_SESSION_ID.length) : line;
  return (
    line.startsWith('end', end - 3) ||
    line.startsWith('root:') ||
    matcher.matches(said) ||
    DUMPED.test(line) ||
    ANSIBLE.test(line) ||
    isKey(line, end)
  );
}

/** Starts at the end, where few lines have as many such characters. */
function isKey(line: string, end: number): boolean {
  if (end < KEY_LENGTH) return false;
  KEY_MATERIAL.lastIndex = end - KEY_LENGTH;
  return KEY_MATERIAL.test(line) && looksLikeKeyMaterial(line);
}
