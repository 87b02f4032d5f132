import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeText } from '../../src/cli/decode-text.ts';

const LINE = 'FGT # get system status\r\n';

describe('decodeText', () => {
  it.each([
    ['UTF-8', Buffer.from(LINE), LINE],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${LINE}`), LINE],
    ['UTF-16 of Windows tools', Buffer.from(`\ufeff${LINE}`, 'utf16le'), LINE],
    ['UTF-16, the other way round', Buffer.from(`\ufeff${LINE}`, 'utf16le').swap16(), LINE],
    ['a terminal recording', Buffer.from(`\u001b[1m${LINE}\u001b[0m\b\b`), `\u001b[1m${LINE}\u001b[0m\b\b`],
    ['Latin-1 in a comment', Buffer.from('set comment "Zür"', 'latin1'), 'set comment "Z\ufffdr"'],
  ])('reads %s', (_, bytes, text) => {
    expect(decodeText(bytes)).toEqual({ text });
  });

  it.each([
    ['nothing', Buffer.alloc(0), 'is empty'],
    ['white space', Buffer.from(' \n\t\n'), 'is empty'],
    ['an executable', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 0, 1]), 'is not text'],
    ['random bytes', Buffer.from(Array.from({ length: 64 }, (_, index) => 128 + index)), 'is not text'],
    ['gzip', gzipSync(LINE), 'is compressed'],
    ['zip', Buffer.from('PK\u0003\u0004rest'), 'is compressed'],
    ['pcap', Buffer.from([0xd4, 0xc3, 0xb2, 0xa1, 2, 0]), 'is a packet capture in binary form'],
    ['pcapng', Buffer.from([0x0a, 0x0d, 0x0d, 0x0a, 0x1c]), 'is a packet capture in binary form'],
  ])('refuses %s', (_, bytes, refused) => {
    expect(decodeText(bytes)).toMatchObject({ refused });
  });

  it('takes any text as it is', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'grapheme-ascii' }), (text) => {
        fc.pre(text.trim() !== '' && !text.startsWith('PK'));
        expect(decodeText(Buffer.from(text))).toEqual({ text });
      }),
    );
  });

  it('answers any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const decoded = decodeText(bytes);
        expect('text' in decoded || decoded.refused.length > 0).toBe(true);
      }),
    );
  });
});
