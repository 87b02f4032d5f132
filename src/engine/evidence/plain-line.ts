import { noiseDaemon } from '../fortios/debug/noise.ts';
import { parsePromptLine } from '../fortios/prompt.ts';
import { isDebugCommand, isDebugMark } from './debug-lines.ts';
import { createUnwrapper } from './formats/unwrap.ts';
import { looksLikePlainEvidence } from './looks-like-evidence.ts';
import { createNormalizer } from './normalize.ts';
import { productOfLine, vendorOfLine } from './products.ts';

/** Statements, and lines of a certificate, that need none of the checks below. */
const CERTAIN =
  /^(?: *(?:next|end)|(?: +(?:set|unset)| *(?:edit|config)) [\w ."@/+,-]{1,200}|[A-Za-z0-9+/]{40,64}={0,2})$/;
/** A value may quote these: the heading of a table of logs, an event, debug output. */
const EXCEPT = /log.?id|CEF|__/i;

/**
 * Whether every step before the parser of configurations leaves this line as it is, whatever stands around it: the line needs
 * no repair, begins no other format, log, output or prompt, and names no other product.
 */
export function isPlainLine(line: string): boolean {
  if (isCertainlyPlain(line)) return true;
  const normalizer = createNormalizer();
  const [normalized, ...others] = normalizer.line(line);
  if (normalized !== line || others.length > 0 || !normalizer.isIdle()) return false;
  if (createUnwrapper(looksLikePlainEvidence).wants(line) || noiseDaemon(line) !== undefined) return false;
  if (isDebugMark(line) || isDebugCommand(line) || parsePromptLine(line) !== undefined) return false;
  return productOfLine(line)?.isFortigate !== false && vendorOfLine(line) === undefined;
}

/** The same for nearly all lines, at once; false where that takes the other checks. */
export function isCertainlyPlain(line: string): boolean {
  return CERTAIN.test(line) && !EXCEPT.test(line);
}
