import type { SecretKind } from '../kinds.ts';
import { isListed, isOrdinary } from '../ordinary-words.ts';
import { findListKind, findSecretKind, isAttribute } from '../secret-names.ts';
import type { LineContext, Span } from '../spans.ts';
import { isColumnName, isLikely } from '../table-columns.ts';
import { isTechnical, lineEnd, matchAt, readQuoted, toSpan } from '../values.ts';

/** Names of the member that holds the value, where the name of a secret has an object. */
const VALUE_NAME =
  /^(?:value|val|plain(?:text)?|clear(?:text)?|text|content|string|data|old|new|default|from|to|current|previous|raw|secret|#text|s|_|\$)$/i;
const MAX_LENGTH = 4096;
const MAX_DEPTH = 8;
/** Objects of which every value is a secret: of Kubernetes, of a web client. */
const ALL_SECRET = /^(?:secrets|cookies|passwords|stringData)$/i;

/** What an object or a list below a name may hold. */
export interface Holding {
  readonly kind: SecretKind;
  /** Every member of an object, whatever its name. */
  readonly all: boolean;
}

/** `"passwords": […]`, `"password": {"value": …}`, `"stringData": {…}`; `undefined` for another name. */
export function findHolding(name: string): Holding | undefined {
  if (ALL_SECRET.test(name)) return { kind: /^c/i.test(name) ? 'cookie' : 'secret', all: true };
  const kind = findSecretKind(name, 'json') ?? findListKind(name);
  return kind && { kind, all: false };
}

/** Whether a member of an object with the name of a secret is one of several: `psk: {hub: …, branch: …}`, and no `type`. */
export function isEntry(name: string, value: string, kind: SecretKind): boolean {
  // `minLength`, `min_length`
  const last = (/[A-Z]?[a-z\d]+$/.exec(name)?.[0] ?? name).toLowerCase();
  if (isColumnName(name) || isAttribute(last)) return false;
  return (
    value.length > 2 && isLikely(value, kind) && !NUMBER.test(value) && !isTechnical(value) && !isSaid(value)
  );
}

function isSaid(value: string): boolean {
  const words = value.split(' ');
  return words.length === 1 ? isListed(value) : words.some(isOrdinary);
}

const NUMBER = /^-?\d{1,5}$/;
/** `"hub":`, `hub =`, `:hub =>`, `['hub'] =`, also in JSON within JSON. */
export const ENTRY_NAME =
  /(?:\[|:)?(\\{0,7}["']|)([\p{L}\p{N}_$#][\p{L}\p{N}_.@#/ -]{0,60}?)\1\]?[ \t]{0,4}(?:=>|:(?!\/\/)|=)[ \t]{0,8}/uy;
const BARE_VALUE = /[^\s,;{}[\]()"'\\]+/y;

/** The values of secrets in the object or list that begins at `from`. */
export function nestedValues(line: string, from: number, { kind, all }: Holding): readonly Span[] {
  const spans: Span[] = [];
  const opened: string[] = [];
  let name: string | undefined;
  let at = from;
  const last = Math.min(line.length, from + MAX_LENGTH);
  while (at < last) {
    const mark = line[at] as string;
    const named = name === undefined && opened.length > 0 ? matchAt(ENTRY_NAME, line, at) : null;
    if (named) {
      name = named[2] as string;
      at += named[0].length;
    } else if ('{[('.includes(mark)) {
      if (opened.push(mark) > MAX_DEPTH) break;
      name = undefined;
      at += 1;
    } else if ('}])'.includes(mark)) {
      opened.pop();
      name = undefined;
      at += 1;
      if (opened.length === 0) break;
    } else {
      const quoted = readQuoted(line, at);
      if (quoted === undefined && (name === undefined || !matchAt(BARE_VALUE, line, at))) {
        at += 1;
        continue;
      }
      const found = quoted ?? { start: at, end: BARE_VALUE.lastIndex, next: BARE_VALUE.lastIndex };
      const value = line.slice(found.start, found.end);
      const isValue =
        name === undefined
          ? opened.at(-1) !== '{' && value !== 'ENC' && !isSaid(value)
          : (all && !NUMBER.test(value)) || (quoted && VALUE_NAME.test(name)) || isEntry(name, value, kind);
      if (isValue) spans.push(...toSpan(line, found, kind));
      name = undefined;
      at = Math.max(found.next, at + 1);
    }
  }
  return spans;
}

/** `  hub: c2VjcmV0` */
const MEMBER = /^[>|+-]?[ \t]*["']?[\w./-]{1,253}["']?[ \t]*[:=](?:[ \t]+|$)/;
/** `|-` */
const BLOCK = /^[|>][+-]?\d?$/;

/** Every value in the data of a Kubernetes Secret, `hub: …`, and each line of a value of several lines. */
export function findSecretData(line: string, { inSecretData }: LineContext): readonly Span[] {
  if (!inSecretData) return [];
  const member = MEMBER.exec(line);
  if (!member && !/^[>|+-]?[ \t]/.test(line)) return [];
  const start = member?.[0].length ?? line.search(/[^\s>|+-]/);
  const end = lineEnd(line);
  if (start < 0 || start >= end || BLOCK.test(line.slice(start, end))) return [];
  return toSpan(line, readQuoted(line, start) ?? { start, end, next: end }, 'secret');
}
