import { noiseDaemon } from '../fortios/debug/noise.ts';
import { parsePromptLine } from '../fortios/prompt.ts';
import { isDebugCommand, isDebugMark } from './debug-lines.ts';
import { createUnwrapper } from './formats/unwrap.ts';
import { looksLikePlainEvidence } from './looks-like-evidence.ts';
import { createNormalizer } from './normalize.ts';
import { productOfLine, vendorOfLine } from './products.ts';

/** Statements that the steps below pass for certain, and what a certificate consists of. */
const CERTAIN =
  /^(?: *(?:next|end)|(?: +(?:set|unset)| *(?:edit|config)) [\w ."@/+,-]{1,200}|[A-Za-z0-9+/]{40,64}={0,2})$/;
/** The heading of a table of logs, an event, and debug that a value may quote. */
const EXCEPT = /log.?id|CEF|__/i;

/**
 * Whether every step before the configuration is parsed leaves this line alone, whatever stands around it: it is not repaired,
 * it is not the beginning of another format, a log, an output or a prompt, and does not name another product.
 */
export function isPlainLine(line: string): boolean {
  if (CERTAIN.test(line) && !EXCEPT.test(line)) return true;
  const normalizer = createNormalizer();
  const [mended, ...others] = normalizer.line(line);
  if (mended !== line || others.length > 0 || !normalizer.isIdle()) return false;
  if (createUnwrapper(looksLikePlainEvidence).wants(line) || noiseDaemon(line) !== undefined) return false;
  if (isDebugMark(line) || isDebugCommand(line) || parsePromptLine(line) !== undefined) return false;
  return productOfLine(line)?.isFortigate !== false && vendorOfLine(line) === undefined;
}
