import { hint } from './hint.ts';
import { SECRET_KINDS, type SecretKind } from './kinds.ts';
import { isOrdinary } from './ordinary-words.ts';
import { ofLast } from './text-memory.ts';

const TOKEN_SOURCE = `(?:<|&lt;)(${SECRET_KINDS.join('|')})#(\\d{1,9})(?:>|&gt;)`;
const TOKEN_HINT = hint(SECRET_KINDS.map((kind) => `${kind}#`).join('|'));
/** Excludes a whole text in a fraction of the time of the hint. */
const TOKEN_END = /#\d{1,9}(?:>|&gt;)/;
const TOKENS = new RegExp(TOKEN_SOURCE, 'g');
const LEADING_TOKEN = new RegExp(`^[\\s"'“”‘’\\\\]{0,8}${TOKEN_SOURCE}`);

/**
 * Words that people and tools leave in place of a secret: `<redacted>`, `<configuration removed>`,
 * `<long-random-password>`.
 */
const PLACEHOLDER_WORDS = new Set(
  `redacted removed hidden masked secret configuration password passwd key psk long random strong new old your
   my api user vpn radius shared pre preshared client access bearer enter insert example change me changeme
   device registration id code activation seed token value here cookie otp pass community generate sensitive base32`.split(
    /\s+/,
  ),
);
const ANGLED = /^(?:ENC )?(?:<|&lt;|\[)([a-z][a-z\d:_ -]{2,60})(?:>|&gt;|\])?$/i;
const MASK =
  /^(?:ENC )?(?:\*+(?:\[\d{1,4}\])?|[xX]{3,}|\.{3,}|•+|…|_{2,}|\d{1,3}:\*+|(?:REDACT|MASK|REMOV|CENSOR)ED(?:\/\w*)?|0{4}(?:-0{4}){2,9}|VALUE_SPECIFIED_IN_NO_LOG_PARAMETER)$/;
const EDGE_QUOTES = /^[\s"'“”‘’\\]{1,8}|[\s"'“”‘’\\]{1,8}$/g;

/** How every such value begins, behind its quotation marks, with a token in it or not; most values begin otherwise. */
const MAY_BE_HIDDEN =
  /^[\s"'“”‘’\\]{0,16}(?:$|[*.•…_<&[EeRMCV]|\d{1,4}(?:[-<&]|:[*<&])|[xX]{1,512}(?:$|[\s"'“”‘’\\<&]))/;

/** Tokens of this program in the text; resets the shared matcher if there may be one. */
export function* tokensIn(text: string): Generator<{ readonly kind: SecretKind; readonly number: number }> {
  if (!TOKEN_END.test(text) || !TOKEN_HINT.test(text)) return;
  for (const match of text.matchAll(TOKENS)) {
    yield { kind: match[1] as SecretKind, number: Number(match[2]) };
  }
}

/**
 * Whether nothing is left to hide: a mask, a placeholder, or a value that begins with one of our tokens, because the
 * token replaced the secret and the rest was judged harmless then.
 */
export const isAlreadyHidden = ofLast((value): boolean => {
  if (!MAY_BE_HIDDEN.test(value)) return false;
  if (LEADING_TOKEN.test(value.slice(0, 64))) return true;
  // Longer than any placeholder or token; avoids a copy.
  if (value.length > 512) return false;
  const bare = value.replaceAll(TOKENS, '').replaceAll(EDGE_QUOTES, '');
  if (bare === '' || MASK.test(bare)) return true;
  const words = ANGLED.exec(bare)?.[1]
    ?.toLowerCase()
    .split(/[ :_-]+/);
  return words?.every((word) => PLACEHOLDER_WORDS.has(word) || isOrdinary(word)) ?? false;
});
