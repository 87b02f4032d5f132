import type { SecretKind } from '../kinds.ts';
import { isListed, isOrdinary } from '../ordinary-words.ts';
import { findListKind, findSecretKind } from '../secret-names.ts';
import type { LineContext, Span } from '../spans.ts';
import { lineEnd, readQuoted, skipBlanks, toSpan } from '../values.ts';

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

/** The values of secrets in the object or list that begins at `from`. */
export function nestedValues(line: string, from: number, { kind, all }: Holding): readonly Span[] {
  const spans: Span[] = [];
  const opened: string[] = [];
  let name: string | undefined;
  let at = from;
  const last = Math.min(line.length, from + MAX_LENGTH);
  while (at < last) {
    const mark = line[at] as string;
    if (mark === '{' || mark === '[') {
      if (opened.push(mark) > MAX_DEPTH) break;
      at += 1;
    } else if (mark === '}' || mark === ']') {
      opened.pop();
      at += 1;
      if (opened.length === 0) break;
    } else {
      const quoted = readQuoted(line, at);
      if (quoted === undefined) {
        at += 1;
        continue;
      }
      const next = skipBlanks(line, quoted.next);
      if (line[next] === ':' || line[next] === '=') name = line.slice(quoted.start, quoted.end);
      else {
        const isMember = opened.at(-1) === '{';
        const value = line.slice(quoted.start, quoted.end);
        const words = value.split(' ');
        const isSaid = words.length === 1 ? isListed(value) : words.some(isOrdinary);
        const isValue = isMember ? all || VALUE_NAME.test(name ?? '') : !isSaid;
        if (isValue) spans.push(...toSpan(line, quoted, kind));
        name = undefined;
      }
      at = Math.max(quoted.next, at + 1);
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
