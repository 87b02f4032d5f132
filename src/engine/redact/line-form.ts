import { isEncoded } from './decoded.ts';

/** Escapes, hashes, tokens, hexadecimal numbers: each digit may count. */
const OTHER_NOTATION = /[%\\&#$]|0x/i;
/** No part of `p12` or of `2fa`. */
const NUMBER = /(?<![p\d])\d{3,}(?!\d|fa)/gi;
/** Numbers of algorithms and ports, and the offset of a packet dump, which patterns of secrets have. */
const NAMED =
  /^(?:127|128|160|192|224|256|334|384|435|509|512|587|1024|1433|1521|2048|3306|4096|5432|27017|0\d{3}|00\d+|01010000)$/;
const LETTER = /[\w+/=-]/;

/**
 * The same for lines that differ in their numbers only, and have their secrets in the same places: a megabyte of one-time
 * codes takes a third of the time. A number keeps its length, and which of its digits a key in base32 may have. Behind
 * the line break it says which numbers are the same, as a secret and the word beside it.
 */
export function toLineForm(line: string): string {
  if (OTHER_NOTATION.test(line) || isEncoded(line)) return line;
  const numbers: string[] = [];
  const form = line.replaceAll(NUMBER, (number, at: number) => {
    if (NAMED.test(number)) return number;
    numbers.push(number);
    const isPart =
      number.length === 4 || LETTER.test(line[at - 1] ?? ' ') || LETTER.test(line[at + number.length] ?? ' ');
    return isPart
      ? number.replaceAll(/[2-7]/g, '2').replaceAll(/[189]/g, '8')
      : number.replaceAll(/[1-9]/g, '8');
  });
  if (numbers.length === 0) return line;
  const repeats = new Set(numbers).size < numbers.length ? numbers.map((each) => numbers.indexOf(each)) : [];
  return `${form}\n${repeats.join()}`;
}
