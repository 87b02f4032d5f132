import type { MultiPatternMatcher } from '../fortios/debug/multi-pattern-matcher.ts';
import './finders-for.ts';
import { hasHint, matchHintsAnd } from './hint.ts';
import { looksLikeKeyMaterial } from './pem.ts';
import { opensBlock } from './scope.ts';
import { lineEnd } from './values.ts';

/** The matcher of this file, together with the words of a caller; see `createMultiPatternMatcher`. */
export function matchSecretsAnd(others: readonly string[]): MultiPatternMatcher {
  return matchHintsAnd(['config', ...others]);
}

/**
 * Every login at the web portal prints a line that ends like this: it contains the name of a secret but no secret.
 */
const NO_SESSION_ID = ' no session id in auth info';
const KEY_LENGTH = 60;
const KEY_MATERIAL = /[A-Za-z0-9+/=]{60}/y;

/**
 * False if the redactor would not change the line, whatever preceded it, provided that no secret is open. Much cheaper
 * than searching for the secrets.
 */
export function mayHoldSecret(line: string): boolean {
  const end = lineEnd(line);
  const said = line.endsWith(NO_SESSION_ID) ? line.slice(0, -NO_SESSION_ID.length) : line;
  return line.startsWith('end', end - 3) || hasHint(said) || opensBlock(line) || isKey(line, end);
}

/** Starts at the end, where few lines have as many such characters. */
function isKey(line: string, end: number): boolean {
  if (end < KEY_LENGTH) return false;
  KEY_MATERIAL.lastIndex = end - KEY_LENGTH;
  return KEY_MATERIAL.test(line) && looksLikeKeyMaterial(line);
}
