import { appendFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openAuditTrail } from '../../src/audit/audit-trail.ts';
import { openFileSink } from '../../src/audit/file-sink.ts';
import { FtmError } from '../../src/ftm-error.ts';
import { ftmCheck } from '../cli/test-io.ts';
import { LEFT, REFUSED, START } from './trail.ts';

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
const lines = async () => (await readFile(path, 'utf8')).split('\n');

it('keeps a file for its owner alone, that proves itself whole', async () => {
  const trail = open();
  trail.record(REFUSED);
  trail.record(LEFT);
  trail.close();
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await verify()).toMatchObject({ status: 0, stdout: /^whole: 4 line\(s\) in 1 chain\(s\)\nclosed / });
});

it('ties the chain of a process to what stood there before', async () => {
  for (let round = 0; round < 3; round += 1) {
    const trail = open();
    trail.record(LEFT);
    trail.close();
  }
  expect(await verify()).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('9 line(s) in 3') as string,
  });
  const whole = await lines();
  await writeFile(path, whole.toSpliced(3, 3).join('\n'));
  expect(await verify()).toMatchObject({ status: 1, stdout: /^broken: line 4: what it follows is gone/ });
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
    stdout: expect.stringContaining('in 2 chain(s)') as string,
  });
});

it('says so after a power cut, and goes on', async () => {
  open().record(LEFT);
  await appendFile(path, '{"audit":"ftm-check/audit@1","chain":"ab","se');
  expect(await verify()).toMatchObject({ status: 1, stdout: /^broken: line 3/ });
  const trail = open();
  trail.record(REFUSED);
  trail.close();
  expect(await verify()).toMatchObject({ status: 0, stdout: expect.stringContaining('5 line(s)') as string });
  await writeFile(path, (await readFile(path, 'utf8')).replace('"chain":"ab"', '"chain":"cd"'));
  expect(await verify()).toMatchObject({ status: 1, stdout: /^broken: line 3/ });
});

it('takes an anchor, and prints the next ones', async () => {
  const trail = open();
  trail.record(LEFT);
  const printed = (await verify()).stdout.split(' ').at(-1)?.trim() ?? '';
  trail.close();
  expect(await verify('--anchor', printed)).toMatchObject({ status: 0 });
  const [first = ''] = await lines();
  await writeFile(path, `${first}\n`);
  expect(await verify()).toMatchObject({ status: 0, stderr: expect.stringContaining('cut off') as string });
  expect(await verify('--anchor', printed)).toMatchObject({
    status: 1,
    stdout: /^broken: .*the trail was cut/,
  });
});

it('refuses to go on where it cannot write', () => {
  const trail = openAuditTrail(
    {
      write(text) {
        if (text.includes('device.left')) throw new Error('ENOSPC');
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
