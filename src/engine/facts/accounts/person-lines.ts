import { isDebugCommand, isDebugCompanion, isDebugMark } from '../../evidence/debug-lines.ts';
import type { Quote, Section } from '../../evidence/types.ts';
import { parsePromptLine } from '../../fortios/prompt.ts';
import { type Fact, known, unknown } from '../fact.ts';

const MAX_KEPT = 2_000;

/** The first `MAX_KEPT`, `unknown` with the reason where there are none. */
export function keepFirst<T extends { readonly quote: Quote }>(
  all: readonly T[],
  otherwise: string,
): Fact<readonly T[]> {
  const kept = all.slice(0, MAX_KEPT);
  return kept.length === 0
    ? unknown(otherwise)
    : known(
        kept,
        kept.map(({ quote }) => quote),
      );
}

/** `[10:13] Dunlin: my watch says 10:12` of a chat */
const POST = /^\[\d{1,2}:\d\d(?::\d\d)?\] [^\d:[\]]{1,30}: /;

/**
 * The index of the first line that a person may have written: behind an output it stands below a blank line or is a post of
 * a chat, and an output that this program reads from a device has none.
 */
export function personStart({ kind, lines, collected }: Section): number {
  if (kind !== 'output') return 0;
  if (collected) return lines.length;
  const end = lines.findIndex((line) => line.trim() === '' || POST.test(line));
  return end === -1 ? lines.length : end + (POST.test(lines[end] ?? '') ? 0 : 1);
}

/** `set comments "since the update"`, in a text about a configuration */
const STATEMENT = /^(?:set|unset|append|config|edit) \S/;

/** Whether a person wrote the line: no device, and no prompt. What follows an output stands behind a blank line. */
export function isOfPerson({ kind, instruction }: Section, line: string): boolean {
  if (isDebugMark(line) || isDebugCommand(line) || parsePromptLine(line) !== undefined) return false;
  if (kind === 'debug') return !isDebugCompanion(line);
  return instruction !== true || !STATEMENT.test(line.trim());
}
