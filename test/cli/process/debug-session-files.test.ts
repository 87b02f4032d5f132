import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { debugSessionFiles } from '../../../src/cli/process/debug-session-files.ts';

const NOW = 1_000_000;
/** Above any that a system gives out. */
const DEAD = 2 ** 30;
const DAY = 24 * 3_600_000;

let state: string;
let folder: string;
beforeEach(async () => {
  state = await mkdtemp(join(tmpdir(), 'ftm-check-test-'));
  folder = join(state, 'ftm-check', 'debug-windows');
  await mkdir(folder, { recursive: true });
});
afterEach(() => rm(state, { recursive: true }));

const left = {
  alias: 'fgt',
  address: '192.0.2.1',
  port: 22,
  pid: DEAD,
  host: hostname(),
  openedAt: NOW - 10_000,
  endsAt: NOW + 60_000,
};

let damaged: string[] = [];
beforeEach(() => {
  damaged = [];
});

const records = () =>
  debugSessionFiles({
    device: { alias: 'fgt', address: '192.0.2.1', port: 22 },
    env: { XDG_STATE_HOME: state },
    now: () => NOW,
    onUnrecorded: (error) => {
      throw error;
    },
    onDamaged: (path) => void damaged.push(path),
  });

const put = (text: string) => writeFile(join(folder, 'x.json'), text);

it.each([
  ['its process is gone', left, 1],
  ['its process goes on', { ...left, pid: process.ppid }, 0],
  [
    'a process that cannot be its own any more has its number',
    { ...left, pid: process.ppid, endsAt: NOW - 1 },
    1,
  ],
  ['our own number was its', { ...left, pid: process.pid }, 1],
  ['it is of another machine, whose processes nobody sees', { ...left, host: 'elsewhere' }, 0],
  ['it is of another machine, and overdue', { ...left, host: 'elsewhere', endsAt: NOW - 1 }, 1],
  ['the alias is that of another device', { ...left, address: '192.0.2.2' }, 0],
  ['the port is another', { ...left, port: 2222 }, 0],
  ['the alias was another then', { ...left, alias: 'old-name' }, 1],
  ['it is older than anybody cares', { ...left, openedAt: NOW - 8 * DAY }, 0],
])('whether a window was left where %s', async (_, record, count) => {
  await put(JSON.stringify(record));
  expect(await records().listFor('fgt')).toHaveLength(count);
});

it.each(['', '{', '[]', '{"alias":1}'])(
  'reports %j once as a damaged record, and removes it',
  async (text) => {
    await put(text);
    await writeFile(join(folder, 'y.json'), JSON.stringify(left));
    expect(await records().listFor('fgt')).toEqual([{ alias: 'fgt', id: 'y' }]);
    expect(damaged).toEqual([join(folder, 'x.json')]);
    expect(await readdir(folder)).toEqual(['y.json']);
    expect(await records().listFor('fgt')).toHaveLength(1);
    expect(damaged).toHaveLength(1);
  },
);

it('does not take a record that is being written for a damaged one', async () => {
  await writeFile(join(folder, 'x.json.new'), '{');
  expect(await records().listFor('fgt')).toEqual([]);
  expect(damaged).toEqual([]);
});

it('remembers a window until it is closed, and does not take its own for one that was left', async () => {
  const windows = records();
  const token = await windows.register('fgt', 60);
  expect(await readdir(folder)).toHaveLength(1);
  expect(await windows.listFor('fgt')).toEqual([]);
  await windows.remove(token);
  expect(await readdir(folder)).toEqual([]);
});

it('knows of none where there is no folder', async () => {
  await rm(folder, { recursive: true });
  expect(await records().listFor('fgt')).toEqual([]);
});

it('does without a home folder, and says so once a window is opened', async () => {
  const unkept: unknown[] = [];
  const windows = debugSessionFiles({
    device: { alias: 'fgt', address: '192.0.2.1', port: 22 },
    env: {},
    home() {
      throw new Error('uv_os_homedir returned ENOENT');
    },
    now: () => NOW,
    onUnrecorded: (error) => void unkept.push(error),
    onDamaged: (path) => void damaged.push(path),
  });
  expect(await windows.listFor('fgt')).toEqual([]);
  await windows.remove(await windows.register('fgt', 60));
  expect(unkept).toMatchObject([{ message: expect.stringContaining('ENOENT') }]);
});
