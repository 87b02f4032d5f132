import { classifyOutput } from '../../engine/fortios/cli-error.ts';
import { type CommandId, commandSpec } from '../../engine/fortios/commands.ts';
import { answersTo } from '../session/send-command.ts';
import type { Reading } from './reading.ts';

type Answer = Reading | 'timeout';

/**
 * Whether the answers to `sudo <vdom> <command>` can be used. The first release with it, and the accounts that may
 * use it, are not documented: a refusal counts only after the same command inside a VDOM was refused in the same
 * words.
 */
export function createSudoTrust() {
  let isRefused = false;
  let hasAnswered = false;
  const refusals = new Map<CommandId, string>();

  return {
    isWorthTrying: () => !isRefused,
    isTrusted(id: CommandId, answer: Answer) {
      // Unreadable: messages of daemons, or an unknown form of refusal.
      if (answer === 'timeout' || answer.isUnreadable) return hasAnswered;
      if (!isAnswer(id, answer)) return refusals.get(id) === joinWords(answer);
      hasAnswered = true;
      return true;
    },
    /** `inside`: the answer to the same command inside the VDOM. */
    compare(id: CommandId, answer: Answer, inside: Answer) {
      if (answer === 'timeout') {
        isRefused = true;
        return;
      }
      if (inside === 'timeout' || inside.isUnreadable) return;
      if (isAnswer(id, inside) || joinWords(inside) !== joinWords(answer)) isRefused = true;
      else refusals.set(id, joinWords(inside));
    },
  };
}

/** A `show` prints the name of its table first. */
function isAnswer(id: CommandId, { lines, question }: Reading): boolean {
  if (question !== undefined || lines.length === 0 || classifyOutput(lines)) return false;
  const { text } = commandSpec(id);
  return !text.startsWith('show ') || answersTo(text, lines);
}

function joinWords({ lines }: Reading): string {
  return lines.join('\n').trim();
}
