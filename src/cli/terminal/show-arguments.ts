import { printable } from '../../report/documents/printable.ts';

/**
 * Escapes line breaks and control characters of the command line's arguments: in a message, an argument must not look
 * like another message.
 */
export function showArguments(text: string, args: readonly string[]): string {
  let shown = text;
  for (const argument of args) {
    for (const part of [argument, argument.replace(/^--?[\w-]+=/, '')]) {
      if (/\p{Cc}/u.test(part)) shown = shown.replaceAll(part, part.split('\n').map(printable).join('\\n'));
    }
  }
  return shown;
}
