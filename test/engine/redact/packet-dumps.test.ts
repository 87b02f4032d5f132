import { describe, expect, it } from 'vitest';
import { redact as redactItems } from '../../../src/engine/evidence/redact.ts';

/** `diagnose sniffer packet any '…' 3`: sixteen bytes a line, by twos, with what they read as. */
function dumpOf(payload: Uint8Array): string {
  const bytes = [...Array.from({ length: 54 }, (_, at) => (at * 37 + 11) & 255), ...payload];
  return Array.from({ length: Math.ceil(bytes.length / 16) }, (_, row) => {
    const part = bytes.slice(row * 16, row * 16 + 16);
    const hex = part
      .map((byte, at) => `${byte.toString(16).padStart(2, '0')}${at % 2 === 1 ? ' ' : ''}`)
      .join('');
    const text = part.map((byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '.')).join('');
    return `0x${(row * 16).toString(16).padStart(4, '0')}\t ${hex.padEnd(41)}\t${text}`;
  }).join('\n');
}

const redact = (text: string) => redactItems([{ name: 'sniffer', text }]);
const HEAD = '1.123456 wan1 in 203.0.113.5.50001 -> 198.51.100.10.4433: psh 1 ack 2';

describe('packets in hexadecimal', () => {
  it('ordinary ones count as no secrets: none of a hundred', () => {
    const packets = Array.from({ length: 100 }, (_, n) =>
      [
        HEAD,
        dumpOf(Uint8Array.from({ length: 200 }, (__, at) => (at * n * 31 + n * 7 + at * at) & 255)),
      ].join('\n'),
    );
    const { items, receipt } = redact(packets.join('\n\n'));
    expect(receipt.total).toBe(0);
    expect(items[0]?.text.split('\n').filter((line) => line === HEAD)).toHaveLength(100);
  });

  it('hides what a request in the clear says, though it goes over several lines', () => {
    const secrets = ['bWFybG93Omh1bnRlcjI', 'hunter2Secret9', 'SVPNCOOKIEvalue42', 'APA91bRegistration'];
    const request = `POST /remote/logincheck HTTP/1.1\r\nAuthorization: Basic ${secrets[0]}=\r\nCookie: a=${secrets[2]}\r\n\r\ncredential=${secrets[1]}&registration_id=${secrets[3]}`;
    const shown = redact(`${HEAD}\n${dumpOf(new TextEncoder().encode(request))}`).items[0]?.text ?? '';
    // A piece of eight characters tells as much as a secret.
    for (const secret of secrets) {
      for (let at = 0; at + 8 <= secret.length; at += 1) {
        const piece = secret.slice(at, at + 8);
        expect(shown).not.toContain(piece);
        expect(shown.replaceAll(' ', '')).not.toContain(
          Array.from(piece, (char) => char.charCodeAt(0).toString(16)).join(''),
        );
      }
    }
    expect(redact(shown).items[0]?.text).toBe(shown);
  });
});
