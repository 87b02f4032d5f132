import { valueIfKnown } from '../facts/fact.ts';
import type { Facts } from '../facts/facts.ts';
import type { Diagnosis } from './diagnosis.ts';

/** Debug that was typed in such an order that it shows no login to its end. */
interface DebugMistake {
  readonly headline: string;
  readonly explained: NonNullable<Diagnosis['explained']>[number];
}

/** The last word typed at a prompt decides: `reset` switches the daemons off, `disable` the output. */
export function debugMistake({ explainedLines, attempts, debugLog }: Facts): DebugMistake | undefined {
  const logins = valueIfKnown(attempts) ?? [];
  if (logins.some(({ outcome }) => outcome !== 'incomplete')) return undefined;
  const typed = (valueIfKnown(explainedLines) ?? []).filter(({ kind }) => kind === 'debug-command');
  const wordOf = (said: string) => said.split(/\s+/).at(2) ?? '';
  const is = (word: string) => (line: (typeof typed)[number]) => wordOf(line.said).startsWith(word);
  const on = typed.findLast(is('en'));
  const daemons = typed.filter(is('app'));
  const last = daemons.at(-1);
  const isBefore = (one: (typeof typed)[number], other: (typeof typed)[number]) =>
    typed.indexOf(one) < typed.indexOf(other);
  if (last && !on) {
    return mistake(
      'Debug was never switched on: `diagnose debug enable` is missing',
      'The lines before it only choose the daemons. Without `diagnose debug enable` they print nothing.',
      last,
    );
  }
  if (!on || !last) return undefined;
  const reset = typed.findLast(is('reset'));
  if (reset && isBefore(last, reset) && isBefore(reset, on)) {
    return mistake(
      'Debug was reset after its daemons were chosen',
      'It belongs before the lines that choose the daemons.',
      reset,
    );
  }
  const off = typed.findLast((line) => is('dis')(line) || is('reset')(line));
  if (!off || isBefore(off, on)) return undefined;
  const checksPasswords =
    valueIfKnown(debugLog)?.daemons.fnbamd || daemons.some(({ said }) => said.includes('fnbamd'));
  return mistake(
    `Debug was switched off before the login ${logins.length === 0 ? 'began' : 'ended'}`,
    `Leave debug on until the client shows its error.${checksPasswords ? '' : ' fnbamd, which checks the password, was not on either.'}`,
    off,
  );
}

function mistake(
  headline: string,
  text: string,
  { said, quote }: { readonly said: string; readonly quote: DebugMistake['explained']['evidence'] },
): DebugMistake {
  return { headline, explained: { shown: said.trim(), text, evidence: { ...quote } } };
}
