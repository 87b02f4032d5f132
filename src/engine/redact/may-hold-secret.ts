import {
  createMultiPatternMatcher,
  type MultiPatternMatcher,
} from '../fortios/debug/multi-pattern-matcher.ts';
import { mayHoldLogin } from './finders/logins.ts';
import { mayHoldSentence } from './finders/prose.ts';
import { FOREIGN_HINT } from './nouns.ts';
import { looksLikeKeyMaterial } from './pem.ts';
import { opensBlock } from './scope.ts';
import { mayHoldName } from './secret-names.ts';
import { SECRET_PATTERNS, SECRET_WORDS } from './secret-words.ts';
import { lineEnd } from './values.ts';

let matcher: MultiPatternMatcher | undefined;

/** They hold a secret in some places only: at the beginning of a block, in a link with a login. */
const PLACED_WORDS: readonly string[] = ['config', '://'];

/** The matcher of this file, which takes 8 ms to make, together with the words of a caller; see `createMultiPatternMatcher`. */
export function matchSecretsAnd(apart: readonly string[], others: readonly string[]): MultiPatternMatcher {
  matcher = createMultiPatternMatcher(SECRET_WORDS, SECRET_PATTERNS, apart, [...PLACED_WORDS, ...others]);
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

/** Marks beside which a name says more than in other text: of prompts, tokens and code, and all beyond ASCII. */
const MARK = /[^\t\x20-\x22\x25-\x5f\x61-\x7e]/;
const CONTROL = /[^\P{Cc}\t]/u;
/** Of a link with a login, which may be encoded, and of one that opens a session. */
const LOGIN_MARK =
  /[@%&\\]|\/(?:saml|sso|auth|login|activate|invite|verify|confirm|reset|callback|magic|hook)/;
/** Names of one-time codes, and of what a value that looks random stands behind. */
const OTHER_NAME =
  /tan|c[oó]d|k[oó]d|код|kood|验证|驗證|コード|인증|🔑|🔐|digit|ziffern|zahlen|chiffr|cif|passkey|verwende|nutze|utilisez|usa |chal|respon|ticket|assert|nonce|pmk|(?<![a-z])iv(?![a-z])|(?:admin\w{0,10}|root)[:/,]/i;

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
    opensBlock(line) ||
    ((MARK.test(line) || line.includes('config') || line.includes('://')) && mayBeMarked(line)) ||
    DUMPED.test(line) ||
    ANSIBLE.test(line) ||
    isKey(line, end)
  );
}

/** Whether anything in a line may name a secret, in any language. */
function mayBeMarked(line: string): boolean {
  return (
    CONTROL.test(line) ||
    (line.includes('://') && LOGIN_MARK.test(line)) ||
    mayHoldName(line) ||
    mayHoldLogin(line) ||
    mayHoldSentence(line) ||
    FOREIGN_HINT.test(line) ||
    OTHER_NAME.test(line)
  );
}

/** Starts at the end, where few lines have as many such characters. */
function isKey(line: string, end: number): boolean {
  if (end < KEY_LENGTH) return false;
  KEY_MATERIAL.lastIndex = end - KEY_LENGTH;
  return KEY_MATERIAL.test(line) && looksLikeKeyMaterial(line);
}
