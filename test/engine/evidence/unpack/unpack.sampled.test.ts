import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { once } from '../../../../src/engine/evidence/unpack/byte-chunks.ts';
import { limitArchives, type UnpackLimits, unpack } from '../../../../src/engine/evidence/unpack/unpack.ts';
import { UnreadableFile } from '../../../../src/engine/evidence/unreadable-file.ts';
import { AMOUNT } from '../../../support/amount.ts';
import { tarOf, zipOf } from '../../../support/archives.ts';

const LOG = 'fnbamd_fsm.c[1890] handle_req-Rcvd auth req 1 for marlow\n';
const MB = 1_000_000;
const NEWLINES = Buffer.alloc(2 * MB, '\n');

async function read(name: string, bytes: Uint8Array, limits: Partial<UnpackLimits> = {}) {
  const files: Record<string, string> = {};
  for await (const file of unpack(name, once(bytes), limitArchives(limits))) {
    files[file.name] = 'bytes' in file ? Buffer.from(file.bytes).toString() : `${file.state}: ${file.why}`;
  }
  return files;
}

const FILES = [
  { name: './a.log', content: LOG },
  { name: 'site/b.conf', content: 'config system global\nend\n' },
  { name: '.git/HEAD', content: LOG },
  { name: '__MACOSX/._a.log', content: LOG },
];
const READ = { 'a.log': LOG, 'site/b.conf': 'config system global\nend\n' };
const LONG_NAME = `${'a-folder/'.repeat(30)}größe.log`;

describe('the files of an archive', () => {
  it.each<[string, string, Promise<Buffer> | Buffer, Record<string, string>]>([
    ['no archive', 'a.log', Buffer.from(LOG), { 'a.log': LOG }],
    ['gzip', 'a.log.gz', gzipSync(LOG), { 'a.log.gz': LOG }],
    ['gzip in two parts', 'a.gz', Buffer.concat([gzipSync(LOG), gzipSync(LOG)]), { 'a.gz': LOG + LOG }],
    ['zip', 'a.zip', zipOf(FILES), READ],
    ['tar', 'a.tar', tarOf(FILES), READ],
    ['tar in gzip', 'a.tgz', tarOf(FILES).then((bytes) => gzipSync(bytes)), READ],
    ['a long name', 'a.tar', tarOf([{ name: LONG_NAME, content: LOG }]), { [LONG_NAME]: LOG }],
    ['an empty zip', 'a.zip', zipOf([]), {}],
    [
      'archives in an archive',
      'a.zip',
      tarOf(FILES).then((tar) =>
        zipOf([
          { name: 'old.log.gz', content: gzipSync(LOG) },
          { name: 'more.tgz', content: gzipSync(tar) },
        ]),
      ),
      { 'old.log.gz': LOG, 'more.tgz/a.log': LOG, 'more.tgz/site/b.conf': READ['site/b.conf'] },
    ],
    [
      'what is damaged, locked or a link beside a log',
      'a.tar',
      tarOf([
        { name: 'cut.gz', content: gzipSync(LOG).subarray(0, 20) },
        { name: 'locked.zip', content: zipOf([{ name: 'a.log', content: LOG, encrypted: true }]) },
        { name: 'latest.log', linkname: 'a.log' },
        { name: 'a.log', content: LOG },
      ]),
      {
        'cut.gz': 'failed: is damaged and cannot be unpacked',
        'locked.zip/a.log': 'failed: is damaged and cannot be unpacked, or is protected with a password',
        'latest.log': 'skipped: A link to a.log: links in archives are not followed',
        'a.log': LOG,
      },
    ],
  ])('%s', async (_, name, bytes, expected) => {
    expect(await read(name, await bytes)).toEqual(expected);
  });

  it.each([
    ['tar', ['--format=gnu']],
    ['tar', ['--format=pax']],
    ['tar', ['--format=ustar']],
    ['tar', ['--format=v7']],
  ])('as %s %j writes them', (program, options) => {
    const folder = mkdtempSync(join(tmpdir(), 'ftm-unpack-'));
    try {
      const name = options[0] === '--format=v7' ? 'a.log' : `${'a'.repeat(90)}.log`;
      writeFileSync(join(folder, name), LOG);
      execFileSync(program, [...options, '-cf', join(folder, 'x.tar'), '-C', folder, name]);
      const packed = readFileSync(join(folder, 'x.tar'));
      // A tar archive before POSIX has no mark by which it is known.
      const expected = options[0] === '--format=v7' ? { 'x.tar': packed.toString() } : { [name]: LOG };
      return expect(read('x.tar', packed)).resolves.toEqual(expected);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

it('each entry of a zip is unpacked once, by its place: also those of one name', async () => {
  const archive = zipOf([
    { name: 'a.log', content: 'first' },
    { name: 'b.log', content: 'locked', encrypted: true },
    { name: 'a.log', content: 'second' },
  ]);
  const files: string[] = [];
  for await (const file of unpack('a.zip', once(archive), limitArchives()))
    files.push(`${file.name}: ${'bytes' in file ? Buffer.from(file.bytes).toString() : file.state}`);
  expect(files).toEqual(['a.log: first', 'b.log: failed', 'a.log: second']);
});

// Where each entry is looked for among all of its name, every case hangs; a sample has a tenth of the entries.
it('the entries of one name take no more time than others', async () => {
  const files = AMOUNT === 'sample' ? 2_000 : 20_000;
  const archive = zipOf(Array.from({ length: files }, () => ({ name: 'a.log', content: 'x' })));
  let count = 0;
  for await (const file of unpack('a.zip', once(archive), limitArchives({ files })))
    count += Number('bytes' in file);
  expect(count).toBe(files);
});

describe('the limit', () => {
  const packed = {
    gzip: gzipSync(NEWLINES),
    zip: zipOf([{ name: 'a.log', content: NEWLINES }]),
    'zip in parts': zipOf(
      [1, 2, 3].map((part) => ({ name: `${part}.log`, content: Buffer.alloc(600_000, '\n') })),
    ),
    tar: tarOf([{ name: 'a.log', content: NEWLINES }]),
    'tar in gzip': tarOf([{ name: 'a.log', content: NEWLINES }]).then((bytes) => gzipSync(bytes)),
    'gzip in gzip': gzipSync(gzipSync(NEWLINES)),
    'zip in zip': zipOf([{ name: 'b.zip', content: zipOf([{ name: 'a.log', content: NEWLINES }]) }]),
    'gzip in tar': tarOf([{ name: 'a.log.gz', content: gzipSync(NEWLINES) }]),
  };
  it.each(Object.entries(packed))('of bytes is one for %s', async (_, bytes) => {
    const error = await read('x', await bytes, { bytes: MB }).catch((cause: unknown) => cause);
    expect(error).toMatchObject({
      code: 'ftm_evidence_too_large',
      message: 'x is too large: the limit is 0 MB unpacked.',
    });
    expect(Object.keys(await read('x', await bytes, { bytes: 3 * MB })).length).toBeGreaterThan(0);
  });

  it('is one for several archives', async () => {
    const limits = limitArchives({ bytes: MB });
    const half = gzipSync(Buffer.alloc(600_000, '\n'));
    for await (const file of unpack('one.gz', once(half), limits)) expect(file.name).toBe('one.gz');
    await expect(unpack('two.gz', once(half), limits).next()).rejects.toThrow('two.gz is too large');
  });

  it.each([
    ['zip', zipOf(Array.from({ length: 501 }, (_, at) => ({ name: `${at}.log`, content: '' })))],
    ['tar', tarOf(Array.from({ length: 501 }, (_, at) => ({ name: `${at}.log` })))],
  ])('of files in %s', async (_, bytes) => {
    await expect(read('x', await bytes)).rejects.toThrow('x contains more than 500 files.');
  });

  it('of one file leaves the others', async () => {
    const entries = [
      { name: 'large.log', content: NEWLINES },
      { name: 'a.log', content: LOG },
    ];
    const expected = { 'large.log': 'failed: is larger than 1 MB', 'a.log': LOG };
    const limits = { bytes: 8 * MB, fileBytes: 1 << 20 };
    expect(await read('x', zipOf(entries), limits)).toEqual(expected);
    expect(await read('x', await tarOf(entries), limits)).toEqual(expected);
  });

  it('of archives in one another', async () => {
    let nested: Uint8Array = gzipSync(LOG);
    for (let depth = 0; depth < 4; depth += 1) nested = gzipSync(nested);
    await expect(read('x.gz', nested)).rejects.toThrow('x.gz is packed more than 3 times.');
  });

  it('is that of the header for a zip entry which claims to be smaller', async () => {
    const lying = zipOf([{ name: 'a.log', content: NEWLINES, claimed: 10 }]);
    expect(await read('x.zip', lying)).toEqual({ 'a.log': '\n'.repeat(10) });
  });
});

it('unpacks chunks whose buffer is used again for the next', async () => {
  const bytes = Buffer.from(Array.from({ length: 400_000 }, (_, at) => (at * 48_271) % 251));
  async function* inOneBuffer(packed: Buffer, size: number): AsyncGenerator<Uint8Array> {
    const room = Buffer.alloc(size);
    for (let at = 0; at < packed.length; at += size)
      yield room.subarray(0, packed.copy(room, 0, at, at + size));
  }
  for (const packed of [
    gzipSync(bytes),
    await tarOf([{ name: 'x', content: bytes }]),
    zipOf([{ name: 'x', content: bytes }]),
  ]) {
    const { value } = await unpack('x', inOneBuffer(packed, 1000)).next();
    expect(value && 'bytes' in value && bytes.equals(value.bytes)).toBe(true);
  }
});

it('ends in files or with a reason, whatever bytes come', async () => {
  const good = [zipOf([{ name: 'a.log', content: LOG }]), await tarOf(FILES), gzipSync(LOG)];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...good),
      fc.uint8Array({ maxLength: 60 }),
      fc.nat(600),
      fc.boolean(),
      async (archive, noise, at, isLonger) => {
        const after = isLonger ? at : at + noise.length;
        const mixed = Buffer.concat([archive.subarray(0, at), noise, archive.subarray(after)]);
        const error = await read('x', mixed).catch((cause: unknown) => cause);
        if (error instanceof Error) expect(error).toBeInstanceOf(UnreadableFile);
      },
    ),
    { numRuns: 300 },
  );
});
