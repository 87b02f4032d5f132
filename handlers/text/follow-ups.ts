import { escapeMrkdwn, inlineCode } from '../../src/report/block-kit/escape.ts';
import { truncate } from '../../src/report/block-kit/limits.ts';
import { didYouMeanUserText } from './replies.ts';

/** Texts of replies to words after an answer. Slack mrkdwn. */

export function solvedText(canBeRead: boolean): string {
  return canBeRead
    ? '👍 Good. A re-check proves it, and closes the answer above.'
    : '👍 Good. The log of a login that worked would prove it: paste it here.';
}

/** `words`: as typed. `hasButton`: false where the device is not named, or the person may not check it. */
export function putOffText(words: string, { hasButton = true } = {}): string {
  const press = hasButton ? ' One press checks it now.' : ' I do not check later by myself: ask again then.';
  return `I check nothing now, because you wrote “${escapeMrkdwn(words)}”.${press}`;
}

export const notedText = '👌 Say “again” when I should check.';

export const forAnotherText =
  'I check nothing, because your message is to another person. One press checks it now.';

/** Above a button for each word. */
export function notUnderstoodText(words: readonly string[], alias: string): string {
  const [word = '', ...others] = words.map(inlineCode);
  return others.length === 0
    ? `I did not understand ${word}. ${didYouMeanUserText(alias, words[0] ?? '')}`
    : `I did not understand ${[word, ...others].join(' and ')}. Is one of them the user?`;
}

const MAX_QUOTED = 80;

/** `said`: the words as typed, without secrets. */
export function afterAnswerText(said: string): string {
  const quoted = escapeMrkdwn(truncate(said.replaceAll(/\s+/g, ' ').trim(), MAX_QUOTED));
  return `I did not understand “${quoted}”. About the answer above you can say: works now, still broken, why?, is it safe?, again, for wren, verify, undo, draft, report.`;
}

export function nothingToExplainText(headline: string): string {
  return `${escapeMrkdwn(headline)}. I found no cause, so there is none to explain.`;
}

export const partTexts = {
  undo: {
    intro: 'Undo of the fix above:',
    none: 'The answer above has no undo: its fix changes nothing on the device.',
  },
  verify: {
    intro: 'Run this to see that the fix above is on the device, then let the user log in once:',
    none: 'The answer above has no lines to verify. Let the user log in once, or say “again”.',
  },
} as const;

export function stillBrokenText({ isReadAgain, hasFix }: { isReadAgain: boolean; hasFix: boolean }): string {
  const fix = hasFix ? 'the fix above is first, then this' : 'this is next';
  return isReadAgain ? `I am reading the device again. If nothing changes, ${fix}` : 'What to do next';
}

export const nothingToTakeText = '👌 No page is open about this answer, so there is nothing to take over.';

export const watchWhichText =
  'I can watch a login only on a device that I may read. Name it, as in `/ftm-check &lt;host&gt; --live 60`.';

export function watchText(user: string, seconds: number): string {
  return `Shall I watch the next login of ${inlineCode(user)}, for ${seconds} s? Press when they are ready.`;
}

export const editedText = 'Your message names a device since you edited it. One press checks it.';
