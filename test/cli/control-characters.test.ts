import { glob, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { print, printJson, printNow, rewriteLine } from '../../src/cli/terminal/io.ts';
import { ftmCheck } from './test-io.ts';

/** Clears the screen, sets a title, writes backwards, and begins a sequence in one byte. */
const HOSTILE = 'x\u001b[2J\u001b]0;owned\u0007\u202eback\u009b31m\rend';
const ACTING = /(?![\t\n])[\p{Cc}\u202a-\u202e]/u;

it.each([
  ['a file', ['analyze', HOSTILE]],
  ['a folder', ['analyze', `${HOSTILE}/nothing`]],
  ['a command', [HOSTILE]],
  ['an option', ['analyze', `--${HOSTILE}`]],
  ['the value of an option', ['analyze', '--format', HOSTILE]],
  ['a device', ['check', HOSTILE, '--inventory', '/nowhere.yaml']],
  ['an inventory', ['check', 'fgt-hq', '--inventory', HOSTILE]],
  ['an audit trail', ['audit', 'verify', HOSTILE]],
  ['an anchor', ['audit', 'verify', '/dev/null', '--anchor', HOSTILE]],
  ['a time', ['check', 'fgt-hq', '--live', HOSTILE]],
  ['an SSH configuration', ['check', 'fgt-hq', '--ssh-config', HOSTILE]],
  [
    'a transcript',
    ['check', 'fgt-hq', '--inventory', '/nowhere', '--ssh-config', '/dev/null', `--transcript=${HOSTILE}/x`],
  ],
  ['a configuration to simulate', ['simulate', '--config', HOSTILE]],
  ['recorded outputs', ['simulate', '--outputs', HOSTILE]],
])('the name of %s does not act on the terminal', async (_, args) => {
  for (const stderrIsTty of [false, true]) {
    const { status, stdout, stderr } = await ftmCheck(args, { stderrIsTty });
    expect(status).not.toBe(0);
    expect(`${stdout}${stderr}`).not.toMatch(ACTING);
    expect(stderr).not.toBe('');
  }
});

/** What a message of another author would look like. */
const FORGED = 'fgt\nftm-check: all is well\r\nDebug is off now.';

it.each([
  ['a file', ['analyze', FORGED]],
  ['a command', [FORGED]],
  ['an option', ['analyze', `--${FORGED}`]],
  ['the value of an option', ['check', 'fgt-hq', `--live=${FORGED}`]],
  ['a device', ['check', FORGED, '--inventory', '/nowhere', '--ssh-config', '/dev/null']],
  ['an inventory', ['check', 'fgt-hq', '--inventory', FORGED]],
  ['an SSH configuration', ['check', 'fgt-hq', `--ssh-config=${FORGED}`]],
])('the name of %s cannot forge a message', async (_, args) => {
  const { stderr } = await ftmCheck(args);
  expect(stderr).toContain('all is well');
  expect(stderr).not.toMatch(/^ftm-check: all is well|^Debug is off/m);
});

it.each([
  ['a device', '{ devices: { KEY: { address: a } } }'],
  ['a setting', '{ KEY: 1, devices: {} }'],
  ['a setting of a device', '{ devices: { fgt: { address: a, KEY: 1 } } }'],
  ['a group', '{ groups: { KEY: {} }, devices: {} }'],
  ['a jump host', '{ devices: { fgt: { address: a, username: u, agent: true, jump: KEY } } }'],
  ['a secret', '{ devices: { fgt: { address: a, username: u, password: { env: KEY } } } }'],
  ['a known_hosts file', '{ devices: { fgt: { address: a, username: u, agent: true, knownHosts: KEY } } }'],
  ['an SSH configuration', '{ sshConfig: KEY, devices: { fgt: {} } }'],
  ['a granted device', '{ devices: {}, access: [{ users: ["*"], devices: [KEY] }] }'],
])('%s in an inventory neither acts on the terminal nor forges a message', async (_, yaml) => {
  const folder = await mkdtemp(join(tmpdir(), 'ftm-hostile-'));
  try {
    const path = join(folder, 'inventory.yaml');
    await writeFile(path, yaml.replace('KEY', JSON.stringify(`${HOSTILE}\n${FORGED}`)));
    for (const args of [
      ['check', 'fgt', '--inventory', path],
      ['hosts', 'scan', 'fgt', '--inventory', path],
      ['doctor'],
    ]) {
      const ran = await ftmCheck(args, { env: { FTM_CHECK_INVENTORY: path } });
      const text = `${ran.stdout}${ran.stderr}`;
      expect(ran.status).not.toBe(0);
      expect(text).not.toMatch(ACTING);
      expect(text).not.toMatch(/^\s*(?:ftm-check: all is well|Debug is off)/m);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
});

function written(write: (stream: PassThrough) => unknown): string {
  const stream = new PassThrough();
  void write(stream);
  return String(stream.read() ?? '');
}

it('shows what would act, on lines that are written over too', () => {
  expect(written((stream) => print(stream, HOSTILE))).not.toMatch(ACTING);
  expect(written((stream) => printNow(stream, HOSTILE))).not.toMatch(ACTING);
  expect(written((stream) => rewriteLine(stream, HOSTILE)).replace('\r\u001b[K', '')).not.toMatch(ACTING);
});

it('leaves JSON what it is', () => {
  const data = { text: HOSTILE, tag: '\u{e0041}', lines: ['a\nb'] };
  const json = written((stream) => printJson(stream, JSON.stringify(data, null, 2)));
  expect(json).not.toMatch(ACTING);
  expect(JSON.parse(json)).toEqual(data);
});

it('has one way out: nothing else writes to a stream', async () => {
  const root = join(import.meta.dirname, '../..');
  const files: string[] = [];
  for await (const name of glob(['src/**/*.ts', 'handlers/**/*.ts'], { cwd: root })) files.push(name);
  expect(files.length).toBeGreaterThan(500);
  // The simulator writes to its SSH clients. Log and audit trail have their own tests.
  const others = files.filter((name) => !/^src\/(?:cli\/terminal\/io\.ts|stand-ins\/fortigate\/)/.test(name));
  for (const name of others) {
    const text = await readFile(join(root, name), 'utf8');
    const written = /\bstd(?:out|err)\.write\(|\bconsole\.\w+\(/.exec(text)?.[0];
    expect([name, written]).toEqual([name, undefined]);
  }
});
