import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readBytes } from '../../../src/bot/intake/archives.ts';
import { tarOf, zipOf } from '../../support/archives.ts';

const LOG = 'fnbamd_fsm.c[1890] handle_req-Rcvd auth req 1 for ana';
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
});

it.each([
  ['a capture', Buffer.from([0xd4, 0xc3, 0xb2, 0xa1, 2, 0]), /packet capture.*Save it as text/],
  ['nothing', Buffer.alloc(0), /is empty/],
  ['a program', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 0, 1]), /is not text/],
  ['a program in gzip', gzipSync(Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 1])), /is not text/],
  ['an empty file in gzip', gzipSync(''), /is empty/],
  ['more than one request may hold', Buffer.alloc(21_000_000, 'a'), /more than 20 MB/],
  ['a bomb', gzipSync(Buffer.alloc(21_000_000, 'a')), /more than 20 MB/],
  [
    'a bomb in parts',
    zipOf([1, 2, 3].map((part) => ({ name: `${part}.log`, content: Buffer.alloc(8_000_000, 'a') }))),
    /more than 20 MB/,
  ],
  ['a locked zip', zipOf([{ name: 'a.log', content: LOG, encrypted: true }]), /password/],
  [
    'pictures only',
    zipOf([1, 2].map((at) => ({ name: `${at}.png`, content: Buffer.from([1, 0, 2]) }))),
    /no text/,
  ],
  ['half of a zip', zipOf([{ name: 'a.log', content: LOG }]).subarray(0, 60), /damaged/],
  ['the first half of a gzip', gzipSync(LOG.repeat(50)).subarray(0, 40), /damaged/],
])('says what is wrong with %s', async (_, bytes, expected) => {
  expect(await readBytes('x.log', bytes)).toMatchObject({
    kind: 'unreadable',
    reason: expect.stringMatching(expected),
  });
});

it('says which file of an archive did not open', async () => {
  const packed = await tarOf([
    { name: 'a.log', content: LOG },
    { name: 'old/cut.log.gz', content: gzipSync(LOG).subarray(0, 20) },
    { name: 'screen.png', content: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0]) },
  ]);
  expect(await readBytes('logs.tar', packed)).toEqual({
    kind: 'texts',
    items: [{ name: 'a.log', text: LOG }],
    unopened: ['old/cut.log.gz'],
  });
});
