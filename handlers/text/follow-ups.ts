import { escapeMrkdwn, inlineCode } from '../../src/report/block-kit/escape.ts';
import { truncate } from '../../src/report/block-kit/limits.ts';

/** Texts of replies to words after an answer. Slack mrkdwn. */

export function solvedText(canBeRead: boolean): string {
  return canBeRead
    ? '👍 Good. A re-check proves it, and closes the answer above.'
    : '👍 Good. The log of a login that worked would prove it: paste it here.';
}

export function putOffText(words: string): string {
  return `I check nothing now, because you wrote “${escapeMrkdwn(words)}”. One press checks it now.`;
}

export const forAnotherText =
  'I check nothing, because your message is to another person. One press checks it now.';

export function notUnderstoodText(words: readonly string[], alias: string): string {
  const [word = ''] = words;
  const names = words.map(inlineCode).join(' and ');
  return `I did not understand ${names}. If ${words.length === 1 ? 'it' : 'one of them'} is a user: ${inlineCode(`${alias} --user ${word}`)}.`;
}

const MAX_QUOTED = 80;

/** `said`: the words as typed, without secrets. */
export function afterAnswerText(said: string): string {
  const quoted = escapeMrkdwn(truncate(said.replaceAll(/\s+/g, ' ').trim(), MAX_QUOTED));
  return `I did not understand “${quoted}”. About the answer above you can say: works now, why?, again, undo, draft, report.`;
}

export function nothingToExplainText(headline: string): string {
  return `${escapeMrkdwn(headline)}. I found no cause, so there is none to explain.`;
}

export const undoIntroText = 'Undo of the fix above:';

export const noUndoText = 'The answer above has no undo: its fix changes nothing on the device.';

export function watchText(user: string, seconds: number): string {
  return `Shall I watch the next login of ${inlineCode(user)}, for ${seconds} s? Press when they are ready.`;
}

export const editedText = 'Your message names a device since you edited it. One press checks it.';
