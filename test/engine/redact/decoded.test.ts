import { expect, it } from 'vitest';
import { redact } from '../../../src/engine/evidence/redact.ts';

const SAID = 'password=Kupferlaterne';
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const hex = (text: string, separator = ''): string =>
  Array.from(Buffer.from(text), (byte) => byte.toString(16).padStart(2, '0')).join(separator);

/** The name and its value, encoded together, and what must not stay. */
const ENCODED: readonly (readonly [name: string, text: string])[] = [
  ['base64', base64(SAID)],
  ['base64, one byte later', base64(`x${SAID}`)],
  ['base64, two bytes later', base64(`xy${SAID}`)],
  ['base64 of JSON', base64('{"user":"wren","password":"Kupferlaterne"}')],
  ['base64 of a setting', base64('set psksecret Kupferlaterne')],
  ['base64 of UTF-16', Buffer.from("$password='Kupferlaterne'", 'utf16le').toString('base64')],
  ['hexadecimal', hex(SAID)],
  ['hexadecimal with 0x', `0x${hex(`user=wren&${SAID}`)}`],
  ['bytes', hex(SAID, ' ')],
];

it.each(ENCODED)('a password is hidden in %s', (_, encoded) => {
  for (const line of [encoded, `payload: ${encoded}`, `data:text/plain;base64,${encoded}`]) {
    const text = redact([{ name: 'paste', text: line }]).items[0]?.text ?? '';
    expect(text).not.toContain(encoded.slice(-12));
  }
});

it.each([
  base64('the user has a token and a phone'),
  hex('nothing to hide in this text'),
  base64('password'),
])('what holds no secret stays: %s', (encoded) => {
  const text = `payload: ${encoded}`;
  expect(redact([{ name: 'paste', text }]).items[0]?.text).toBe(text);
});
