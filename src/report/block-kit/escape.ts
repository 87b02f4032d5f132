import { unescapeEntities } from '../../engine/evidence/html-entities.ts';
import type { Asker } from '../../platform/runs/run.ts';
/**
 * Text from a device or a person, made safe for a Slack `mrkdwn` text:
 * - `&`, `<`, `>` become entities, so that `<!channel>`, `<@U…>`, `<#C…>` and `<http…|…>` stay text;
 * - characters that would format become look-alikes (an underscore inside a word does not format and stays);
 * - what Slack finds of its own accord (addresses, `@name`, `#name`, `:emoji:`) is broken by an invisible word joiner.
 *
 * Prose only: a value that a person may copy belongs in `inlineCode` or `escapeFence`, which keep it as it is.
 * Source: https://docs.slack.dev/messaging/formatting-message-text
 */
export function escapeMrkdwn(text: string): string {
  return (
    escapeEntities(text)
      .replace(/[*~`]/g, (character) => LOOK_ALIKE[character] ?? '')
      .replace(/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, FULL_WIDTH_UNDERSCORE)
      // A quote block may start with an escaped `>` too.
      .replace(/^(?=[ \t]*&gt;)/gm, WORD_JOINER)
      .replace(/:(?=\/\/|100:|\d*[A-Za-z_+'-][\w+'-]*:)|[@#](?=[\w-])|\.(?=[A-Za-z]{2})/g, `$&${WORD_JOINER}`)
  );
}

/** A person: the mention shows the name that Slack knows, while a name in a request could be anything. */
export function personText({ id, name = id }: Asker): string {
  return /^[UW][A-Z0-9]+$/.test(id) ? `<@${id}>` : escapeMrkdwn(name);
}

/**
 * Formats `value` as inline code on one line. An empty value is shown as a space, because two backticks alone are not
 * code.
 */
export function inlineCode(value: string): string {
  const oneLine = escapeEntities(value).replaceAll('`', 'ˋ').replace(/\s+/g, ' ');
  return `\`${oneLine === '' ? ' ' : oneLine}\``;
}

/** Escapes lines for a ``` fence; the content cannot end the fence. */
export function escapeFence(text: string): string {
  return escapeEntities(text).replace(/`(?=`)/g, `\`${WORD_JOINER}`);
}

/** Converts our mrkdwn to plain text, for places without formatting: form errors, notifications. */
export function plainFromMrkdwn(text: string): string {
  const withoutMarks = text
    .replace(/<([^<>|]*)\|([^<>]*)>/g, '$2')
    .replace(/```\n?/g, '')
    .replaceAll('`', '')
    .replace(/(^|[\s(])\*([^*\n]+)\*(?=$|[\s.,:;)])/gm, '$1$2');
  return unescapeEntities(withoutMarks).replaceAll(WORD_JOINER, '');
}

const WORD_JOINER = '\u2060';
const FULL_WIDTH_UNDERSCORE = '\uff3f';

const LOOK_ALIKE: Readonly<Record<string, string>> = { '*': '∗', '~': '∼', '`': 'ˋ' };

function escapeEntities(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
