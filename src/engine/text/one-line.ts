/** A sentence with names of a device: a line break in one of them would begin a line of the answer. */
export function inOneLine(sentence: string): string {
  return sentence.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
}
