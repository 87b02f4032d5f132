/**
 * Characters with a special effect: terminal escapes and other controls, direction overrides, line separators,
 * invisible tags. Only tab is kept.
 */
export const CONTROL_CHARACTERS = /(?!\t)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
const BEYOND_PRINTABLE_ASCII = /[^\t\n -~]/;

/** Shows control characters as `\u001b`. The value of the JSON does not change; line breaks between its parts stay. */
export function escapeJson(json: string): string {
  if (!BEYOND_PRINTABLE_ASCII.test(json)) return json;
  return json.replaceAll(CONTROL_CHARACTERS, (character) =>
    character === '\n'
      ? character
      : character.replaceAll(/[\s\S]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
  );
}
