import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBytes, readGzip, readZip } from '../../../src/bot/intake/archives.ts';
import { zipOf } from '../../support/zip.ts';

const LOG = 'fnbamd_fsm.c[1890] handle_req-Rcvd auth req 1 for ana';

describe('readGzip', () => {
  it('reads the text, under the name without .gz', async () => {
    expect(await readGzip('debug.log.gz', gzipSync(LOG))).toEqual({
      kind: 'texts',
      items: [{ name: 'debug.log', text: LOG }],
    });
  });

  it.each([
    ['a bomb', gzipSync(Buffer.alloc(21_000_000, 'a')), /more than 20 MB/],
    ['a program', gzipSync(Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 1])), /no text/],
    ['an empty file', gzipSync(''), /no text/],
    ['a zip in it', gzipSync(zipOf([{ name: 'a.log', content: LOG }])), /another archive/],
    ['itself again', gzipSync(gzipSync(LOG)), /another archive/],
    [
      'a tar',
      gzipSync(Buffer.concat([Buffer.alloc(257, 'a'), Buffer.from('ustar\0'), Buffer.alloc(500)])),
      /tar archive/,
    ],
    ['the first half of one', gzipSync(LOG.repeat(50)).subarray(0, 40), /damaged/],
    ['something else', Buffer.from('hello'), /damaged/],
  ])('says what is wrong with %s', async (_, packed, expected) => {
    expect(await readGzip('x.gz', packed)).toMatchObject({
      kind: 'unreadable',
      reason: expect.stringMatching(expected),
    });
  });
});

const WIDE = Buffer.from(`\ufeff${LOG} größer`, 'utf16le');

describe('texts of Windows tools', () => {
  it.each([
    ['UTF-16 with a mark', WIDE],
    ['UTF-16 without one', WIDE.subarray(2)],
    ['UTF-16, the other way round', Buffer.from(WIDE).swap16()],
    ['an older Windows', Buffer.from(`${LOG} größer`, 'latin1')],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${LOG} größer`)],
  ])('%s, alone and packed', async (_, bytes) => {
    const expected = (name: string) => ({ kind: 'texts', items: [{ name, text: `${LOG} größer` }] });
    expect(await readBytes('putty.log', bytes)).toEqual(expected('putty.log'));
    expect(await readBytes('putty.log.gz', gzipSync(bytes))).toEqual(expected('putty.log'));
    expect(await readBytes('x.zip', zipOf([{ name: 'putty.log', content: bytes }]))).toEqual(
      expected('putty.log'),
    );
  });

  it.each([
    ['a capture', Buffer.from([0xd4, 0xc3, 0xb2, 0xa1, 2, 0]), /packet capture.*Save it as text/],
    ['nothing', Buffer.alloc(0), /is empty/],
    ['a program', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 0, 1]), /is not text/],
    ['an archive under a wrong name', gzipSync(gzipSync(LOG)), /another archive/],
  ])('says what is wrong with %s', async (_, bytes, expected) => {
    expect(await readBytes('x.log', bytes)).toMatchObject({ reason: expect.stringMatching(expected) });
  });
});

describe('readZip', () => {
  it('reads every text in it, and passes over the rest', async () => {
    const packed = zipOf([
      { name: 'logs/', content: '' },
      { name: 'logs/debug.log', content: LOG },
      { name: '__MACOSX/logs/._debug.log', content: 'x' },
      { name: 'screen.png', content: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0]) },
      { name: 'backup.conf', content: 'config system global\nend\n' },
    ]);
    expect(await readZip(packed)).toEqual({
      kind: 'texts',
      items: [
        { name: 'logs/debug.log', text: LOG },
        { name: 'backup.conf', text: 'config system global\nend\n' },
      ],
    });
  });

  it.each([
    ['a bomb', zipOf([{ name: 'a', content: Buffer.alloc(21_000_000, 'a') }]), /more than 20 MB/],
    [
      'a bomb in parts',
      zipOf([1, 2, 3].map((part) => ({ name: `${part}.log`, content: Buffer.alloc(8_000_000, 'a') }))),
      /more than 20 MB/,
    ],
    [
      'a bomb that claims to be small',
      zipOf([{ name: 'a', content: Buffer.alloc(21_000_000, 'a'), claimed: 10 }]),
      /damaged|more than 20 MB/,
    ],
    [
      'a crowd',
      zipOf(Array.from({ length: 51 }, (_, index) => ({ name: `${index}.log`, content: LOG }))),
      /more than 50 files/,
    ],
    ['a locked one', zipOf([{ name: 'a.log', content: LOG, encrypted: true }]), /password/],
    [
      'archives only',
      zipOf([{ name: 'a.zip', content: zipOf([{ name: 'b.log', content: LOG }]) }]),
      /another archive/,
    ],
    ['pictures only', zipOf([{ name: 'a.png', content: Buffer.from([1, 0, 2]) }]), /no text/],
    ['an empty one', zipOf([]), /no text/],
    ['half of one', zipOf([{ name: 'a.log', content: LOG }]).subarray(0, 60), /damaged/],
    ['a path out of its folder', zipOf([{ name: '../../etc/passwd', content: LOG }]), /damaged/],
  ])('says what is wrong with %s', async (_, packed, expected) => {
    expect(await readZip(packed)).toMatchObject({
      kind: 'unreadable',
      reason: expect.stringMatching(expected),
    });
  });

  it('says which archive inside it did not open', async () => {
    const packed = zipOf([
      { name: 'a.log', content: LOG },
      { name: 'old/more.log.gz', content: gzipSync(LOG) },
    ]);
    expect(await readZip(packed)).toEqual({
      kind: 'texts',
      items: [{ name: 'a.log', text: LOG }],
      unopened: ['old/more.log.gz'],
    });
  });

  it('never throws, whatever bytes come', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), fc.nat(200), async (noise, at) => {
        const good = zipOf([{ name: 'a.log', content: LOG }]);
        const mixed = Buffer.concat([good.subarray(0, at), noise, good.subarray(at)]);
        expect(['texts', 'unreadable']).toContain((await readZip(mixed)).kind);
        expect(['texts', 'unreadable']).toContain((await readGzip('a', noise)).kind);
      }),
      { numRuns: 50 },
    );
  });
});
