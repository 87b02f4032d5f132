import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { FtmError } from '../../../src/engine/ftm-error.ts';
import { type AuditTrail, createChainId, openAuditTrail } from '../../../src/platform/audit/audit-trail.ts';
import { openFileSink } from '../../../src/platform/audit/file-sink.ts';
import { ftmCheck } from '../../cli/test-io.ts';
import { LEFT, REFUSED, START } from './trail.ts';

let above: string;
let folder: string;
beforeEach(async () => {
  above = await mkdtemp(join(tmpdir(), 'ftm-audit-'));
  folder = join(above, 'deep', 'audit');
});
afterEach(() => rm(above, { recursive: true }));

function open(): AuditTrail {
  const chain = createChainId();
  return openAuditTrail(openFileSink(folder, chain, START), () => START, chain);
}
const verify = (...args: readonly string[]) => ftmCheck(['audit', 'verify', folder, ...args]);
const files = async () => (await readdir(folder)).sort().map((name) => join(folder, name));
const anchorOf = (trail: AuditTrail): string => {
  const { chain = '', seq = 0, hash = '' } = trail.head() ?? {};
  return `${chain}:${seq}:${hash}`;
};

it('keeps a file for each process, for its owner alone, with the id of the chain in its name', async () => {
  const [bot, worker] = [open(), open()];
  bot.record(REFUSED);
  worker.record(LEFT);
  bot.record(REFUSED);
  for (const trail of [worker, bot]) trail.close();
  const names = await files();
  expect(names).toHaveLength(2);
  for (const trail of [bot, worker]) {
    const name = names.find((each) => each.endsWith(`2026-03-02-${trail.head()?.chain}.jsonl`));
    expect((await stat(name ?? '')).mode & 0o777).toBe(0o600);
  }
  expect(await verify()).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^whole: 7 lines in 2 chains\nclosed /) as string,
  });
});

it('says so after a power cut', async () => {
  open().record(LEFT);
  const [path = ''] = await files();
  const text = await readFile(path, 'utf8');
  await writeFile(path, text.slice(0, -40));
  expect(await verify()).toMatchObject({
    status: 1,
    stdout: expect.stringMatching(/^broken: line 2/) as string,
  });
});

it('takes an anchor, and prints the next ones', async () => {
  const trail = open();
  trail.record(LEFT);
  const printed = (await verify()).stdout.split(' ').at(-1)?.trim() ?? '';
  expect(printed).toBe(anchorOf(trail));
  trail.close();
  expect(await verify('--anchor', printed)).toMatchObject({ status: 0 });
  const [path = ''] = await files();
  const [first = ''] = (await readFile(path, 'utf8')).split('\n');
  await writeFile(path, `${first}\n`);
  expect(await verify()).toMatchObject({ status: 0, stderr: expect.stringContaining('cut off') as string });
  expect(await verify('--anchor', printed)).toMatchObject({
    status: 1,
    stdout: expect.stringMatching(/^broken: .*the trail was cut/) as string,
  });
});

it('goes on in a new file when the old one is renamed, and the two are one chain', async () => {
  const [bot, worker] = [open(), open()];
  bot.record(REFUSED);
  const path = (await files()).find((each) => each.includes(bot.head()?.chain ?? '')) ?? '';
  await rename(path, `${path}.1`);
  bot.record(LEFT);
  worker.record(LEFT);
  for (const trail of [bot, worker]) trail.close();
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await verify()).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('whole: 7 lines in 2') as string,
  });
  await rm(`${path}.1`);
  expect(await verify()).toMatchObject({
    status: 1,
    stdout: expect.stringMatching(/^broken: .*lines before are missing/) as string,
  });
});

it('needs an anchor for the file of a process that is gone', async () => {
  const [bot, worker] = [open(), open()];
  const anchors = [bot, worker].flatMap((trail) => ['--anchor', anchorOf(trail)]);
  expect(await verify(...anchors)).toMatchObject({ status: 0 });
  await rm((await files())[0] ?? '');
  expect(await verify()).toMatchObject({ status: 0 });
  expect(await verify(...anchors)).toMatchObject({
    status: 1,
    stdout: expect.stringContaining('its file removed') as string,
  });
});

it('records nothing while the disk is full, says so, and is whole again once there is room', async () => {
  const script = fileURLToPath(new URL('processes/until-full.ts', import.meta.url));
  // A limit on the size of files takes a part of the last line as a full disk does. Blocks have 512 bytes here.
  const child = spawn('sh', ['-c', 'ulimit -S -f 4; exec "$0" "$1" "$2"', process.execPath, script, folder], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const said = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => (await said.next()).value;
  expect(await next()).toBe('ftm_internal');
  const [path = ''] = await files();
  expect((await stat(path)).size).toBe(2048);
  await promisify(execFile)('prlimit', ['--pid', String(child.pid), '--fsize=unlimited:unlimited']);
  child.stdin.end('there is room\n');
  const written = Number(await next());
  await once(child, 'exit');
  expect(written).toBeGreaterThan(3);
  const { status, stdout } = await verify();
  expect([status, stdout]).toEqual([0, expect.stringContaining(`whole: ${written} lines`)]);
  const all = (await readFile(path, 'utf8')).split('\n');
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
  expect(() => openFileSink('/proc/nowhere/audit', 'ab', START)).toThrow(/cannot be opened/);
});

it.each([
  [['nowhere.jsonl'], 2],
  [['/dev/null'], 1],
  [[], 2],
])('verify %j', async (args, status) => {
  expect((await ftmCheck(['audit', 'verify', ...args])).status).toBe(status);
});
