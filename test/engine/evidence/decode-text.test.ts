import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeText } from '../../../src/engine/evidence/decode-text.ts';

const LINE = 'FGT # get system status\r\n';

describe('decodeText', () => {
  it.each([
    ['UTF-8', Buffer.from(LINE), LINE],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${LINE}`), LINE],
    ['UTF-16 of Windows tools', Buffer.from(`\ufeff${LINE}`, 'utf16le'), LINE],
    ['UTF-16, the other way round', Buffer.from(`\ufeff${LINE}`, 'utf16le').swap16(), LINE],
    ['UTF-16 without a mark', Buffer.from(LINE, 'utf16le'), LINE],
    ['UTF-16 without a mark, the other way round', Buffer.from(LINE, 'utf16le').swap16(), LINE],
    [
      'UTF-16 with letters beyond Latin',
      Buffer.from(`${LINE.repeat(9)}名前`, 'utf16le'),
      `${LINE.repeat(9)}名前`,
    ],
    ['a terminal recording', Buffer.from(`\u001b[1m${LINE}\u001b[0m\b\b`), `\u001b[1m${LINE}\u001b[0m\b\b`],
    [
      'the letters of an older Windows',
      Buffer.from('set comment "Zürich, 100 \x80"', 'latin1'),
      'set comment "Zürich, 100 €"',
    ],
    [
      'one broken byte among good ones as it is',
      Buffer.concat([Buffer.from('set comment "Zürich'), Buffer.from([0xfc]), Buffer.from('"')]),
      'set comment "Zürich\ufffd"',
    ],
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
    ['an empty zip', Buffer.from('PK\u0005\u0006rest'), 'is compressed'],
    ['xz', Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00, 0x00]), 'is compressed'],
    ['bzip2', Buffer.from('BZh91AY&SYrest'), 'is compressed'],
    ['Zstandard', Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x24]), 'is compressed'],
    ['7z', Buffer.from([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]), 'is compressed'],
    ['an encrypted backup', Buffer.from('#FGBK|4|FGT60F|7|04|2795|\n\x00\x01'), 'is an encrypted backup'],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13, 0x49, 0x48]), 'is not text'],
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
