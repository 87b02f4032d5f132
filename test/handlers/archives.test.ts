import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readGzip, readZip } from '../../handlers/archives.ts';
import { zipOf } from '../support/zip.ts';

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
    ['the first half of one', gzipSync(LOG.repeat(50)).subarray(0, 40), /damaged/],
    ['something else', Buffer.from('hello'), /damaged/],
  ])('says what is wrong with %s', async (_, packed, expected) => {
    expect(await readGzip('x.gz', packed)).toMatchObject({
      kind: 'unreadable',
      reason: expect.stringMatching(expected),
    });
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
