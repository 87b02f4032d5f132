import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { FtmError } from '../../../src/ftm-error.ts';
import { openAuditTrail } from '../../../src/platform/audit/audit-trail.ts';
import { openFileSink } from '../../../src/platform/audit/file-sink.ts';
import { readStoredEnd, storeEnd } from '../../../src/platform/audit/trail-end.ts';
import { ftmCheck } from '../../cli/test-io.ts';
import { LEFT, REFUSED, START, writtenLines } from './trail.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ftm-audit-'));
  path = join(folder, 'deep', 'audit.jsonl');
});
afterEach(() => rm(folder, { recursive: true }));

function open() {
  return openAuditTrail(openFileSink(path), () => START);
}
const verify = (...args: readonly string[]) => ftmCheck(['audit', 'verify', path, ...args]);
const verifyFiles = (...paths: readonly string[]) => ftmCheck(['audit', 'verify', ...paths]);
const lines = async () => (await readFile(path, 'utf8')).split('\n');

it('keeps a file for its owner alone, that proves itself whole', async () => {
  const trail = open();
  trail.record(REFUSED);
  trail.record(LEFT);
  trail.close();
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await verify()).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^whole: 4 lines in 1 chain\nclosed /) as string,
  });
});

it('ties the chain of a process to what stood there before', async () => {
  for (let round = 0; round < 3; round += 1) {
    const trail = open();
    trail.record(LEFT);
    trail.close();
  }
  expect(await verify()).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('9 lines in 3') as string,
  });
  const whole = await lines();
  await writeFile(path, whole.toSpliced(3, 3).join('\n'));
  expect(await verify()).toMatchObject({
    status: 1,
    stdout: expect.stringMatching(/^broken: line 4: the line it follows is missing/) as string,
  });
});

it('lets processes share a file', async () => {
  const [bot, worker] = [open(), open()];
  bot.record(REFUSED);
  worker.record(LEFT);
  bot.record(REFUSED);
  worker.close();
  bot.close();
  expect(await verify()).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('in 2 chains') as string,
  });
});

it('says so after a power cut, and goes on', async () => {
  open().record(LEFT);
  await appendFile(path, '{"audit":"ftm-check/audit@1","chain":"ab","se');
  expect(await verify()).toMatchObject({
    status: 1,
    stdout: expect.stringMatching(/^broken: line 3/) as string,
  });
  const trail = open();
  trail.record(REFUSED);
  trail.close();
  expect(await verify()).toMatchObject({ status: 0, stdout: expect.stringContaining('5 lines') as string });
  await writeFile(path, (await readFile(path, 'utf8')).replace('"chain":"ab"', '"chain":"cd"'));
  expect(await verify()).toMatchObject({
    status: 1,
    stdout: expect.stringMatching(/^broken: line 3/) as string,
  });
});

it('takes an anchor, and prints the next ones', async () => {
  const trail = open();
  trail.record(LEFT);
  const printed = (await verify()).stdout.split(' ').at(-1)?.trim() ?? '';
  trail.close();
  expect(await verify('--anchor', printed)).toMatchObject({ status: 0 });
  const [first = ''] = await lines();
  await writeFile(path, `${first}\n`);
  expect(await verify()).toMatchObject({
    status: 1,
    stdout: expect.stringMatching(/^broken: the end is cut off/) as string,
  });
  await rm(`${path}.end`);
  expect(await verify()).toMatchObject({ status: 0, stderr: expect.stringContaining('cut off') as string });
  expect(await verify('--anchor', printed)).toMatchObject({
    status: 1,
    stdout: expect.stringMatching(/^broken: .*the trail was cut/) as string,
  });
});

it.each([
  ['renamed, as rotation does', () => rename(path, `${path}.1`)],
  ['removed by somebody', () => rename(path, join(folder, 'elsewhere'))],
])('goes on in a new file when the old one is %s', async (_, take) => {
  const [bot, worker] = [open(), open()];
  bot.record(REFUSED);
  await take();
  worker.record(LEFT);
  bot.record(REFUSED);
  const late = open();
  for (const trail of [late, bot, worker]) trail.close();
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  const old = (await readdir(folder, { recursive: true })).find((name) => /elsewhere|\.1$/.test(name)) ?? '';
  expect(await verifyFiles(join(folder, old), path)).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('whole: 9 lines in 3') as string,
  });
  expect(await verifyFiles(path)).toMatchObject({
    status: 1,
    stdout: expect.stringMatching(/^broken: line 1: .*lines before are missing/) as string,
  });
  const text = await readFile(join(folder, old), 'utf8');
  await writeFile(join(folder, old), text.replace('U0ANA', 'U0BEN'));
  expect((await verifyFiles(join(folder, old), path)).stdout).toContain(`${old} line 3: `);
});

it('begins anew where every process ended before the file was rotated', async () => {
  open().close();
  await rename(path, `${path}.1`);
  open().close();
  expect(await verifyFiles(`${path}.1`, path)).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^whole: 4 lines in 2 chain/) as string,
  });
});

it('goes on with a trail of before lines of all processes were one row', async () => {
  await mkdir(join(folder, 'deep'));
  await writeFile(path, writtenLines([REFUSED, LEFT]).join('\n').concat('\n'));
  const trail = open();
  trail.record(LEFT);
  expect(await verify()).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('6 lines in 2') as string,
  });
  const all = await lines();
  await writeFile(path, all.toSpliced(3, 1).join('\n'));
  expect(await verify()).toMatchObject({
    status: 1,
    stdout: expect.stringMatching(/^broken: line 4: the line it follows is missing/) as string,
  });
});

it('says which line has to come first where an older file was deleted on purpose', async () => {
  open().close();
  await rm(path);
  open().close();
  expect(await verify()).toMatchObject({
    status: 1,
    stdout: expect.stringMatching(/^broken: line 1: .*number 1 of all.*--from 2/) as string,
  });
  expect(await verify('--from', '2')).toMatchObject({ status: 0 });
  expect(await verify('--from', '3')).toMatchObject({ status: 1 });
});

it('goes on where a process was killed while it held the lock', async () => {
  const trail = open();
  await writeFile(`${path}.lock`, '');
  const old = new Date(Date.now() - 60_000);
  await utimes(`${path}.lock`, old, old);
  trail.record(LEFT);
  trail.close();
  expect(await verify()).toMatchObject({ status: 0 });
  expect((await readdir(join(folder, 'deep'))).sort()).toEqual(['audit.jsonl', 'audit.jsonl.end']);
});

it('writes the note of its end over the one before', async () => {
  const trail = join(folder, 'audit.jsonl');
  const ends = [1_234_567_890, 7].map((number) => ({ hash: 'a'.repeat(64), number }));
  const sizes: number[] = [];
  for (const end of ends) {
    storeEnd(trail, end);
    expect(readStoredEnd(trail)).toEqual(end);
    sizes.push((await stat(`${trail}.end`)).size);
  }
  expect(new Set(sizes).size).toBe(1);
  expect((await stat(`${trail}.end`)).mode & 0o777).toBe(0o600);
});

it('lets processes begin at the same moment', async () => {
  const script = fileURLToPath(new URL('processes/open-and-close.ts', import.meta.url));
  await Promise.all(Array.from({ length: 6 }, () => promisify(execFile)(process.execPath, [script, path])));
  expect(await verify()).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('612 lines in 6') as string,
  });
});

it('lets processes make its folder at the same moment', async () => {
  const script = fileURLToPath(new URL('processes/open-at.ts', import.meta.url));
  const begin = `${Date.now() + 1500}`;
  await Promise.all([1, 2].map(() => promisify(execFile)(process.execPath, [script, folder, begin])));
  expect(await readdir(folder)).toHaveLength(200);
});

it('names the second of two lines that were written after the same one', async () => {
  const [bot] = [open(), open()];
  const before = await readFile(path);
  const end = await readFile(`${path}.end`);
  bot?.record(REFUSED);
  const [written = ''] = (await lines()).slice(-2);
  // As without a lock: another process has read the end before that line.
  await writeFile(path, before);
  await writeFile(`${path}.end`, end);
  open();
  const [other = ''] = (await lines()).slice(-2);
  await writeFile(path, `${before.toString()}${written}\n${other}\n`);
  expect(await verify()).toMatchObject({
    status: 1,
    stdout: expect.stringMatching(
      /^broken: line 4: another line is between it and the one it was written after \(number 1 of all\)/,
    ) as string,
  });
});

it('records nothing while the disk is full, says so, and is whole again once there is room', async () => {
  await mkdir(join(folder, 'deep'));
  const script = fileURLToPath(new URL('processes/until-full.ts', import.meta.url));
  // A limit on the size of files takes a part of the last line as a full disk does. Blocks have 512 bytes here.
  const child = spawn('sh', ['-c', 'ulimit -S -f 4; exec "$0" "$1" "$2"', process.execPath, script, path], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const said = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => (await said.next()).value;
  expect(await next()).toBe('ftm_internal');
  expect((await stat(path)).size).toBe(2048);
  await promisify(execFile)('prlimit', ['--pid', String(child.pid), '--fsize=unlimited:unlimited']);
  child.stdin.end('there is room\n');
  const written = Number(await next());
  await once(child, 'exit');
  expect(written).toBeGreaterThan(3);
  const { status, stdout } = await verify();
  expect([status, stdout]).toEqual([0, expect.stringContaining(`whole: ${written} lines`)]);
  const all = await lines();
  const piece = all.findIndex((line) => line !== '' && !line.endsWith('}'));
  expect(piece).toBeGreaterThan(0);
  await writeFile(path, all.with(piece, '{"somebody":"else').join('\n'));
  expect(await verify()).toMatchObject({
    status: 1,
    stdout: expect.stringContaining(`line ${piece + 1}`) as string,
  });
});

it('refuses to go on where it cannot write', () => {
  const trail = openAuditTrail(
    {
      write(bytes) {
        if (bytes.includes('device.left')) throw new Error('ENOSPC');
        return bytes.length;
      },
      close() {},
    },
    () => START,
  );
  expect(() => trail.record(LEFT)).toThrow(FtmError);
  expect(() => openFileSink('/proc/nowhere/audit.jsonl')).toThrow(/cannot be opened/);
});

it.each([
  [['nowhere.jsonl'], 2],
  [['/dev/null'], 1],
  [[], 2],
])('verify %j', async (args, status) => {
  expect((await ftmCheck(['audit', 'verify', ...args])).status).toBe(status);
});
