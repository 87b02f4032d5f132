import type { LineContext, Span } from '../spans.ts';
import { lineEnd, readQuoted, toSpan } from '../values.ts';

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
