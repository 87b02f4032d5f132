import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { printJson, rewriteLine, say } from '../../src/cli/io.ts';
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

function written(write: (stream: PassThrough) => unknown): string {
  const stream = new PassThrough();
  void write(stream);
  return String(stream.read() ?? '');
}

it('shows what would act, on lines that are written over too', () => {
  expect(written((stream) => say(stream, HOSTILE))).not.toMatch(ACTING);
  expect(written((stream) => rewriteLine(stream, HOSTILE)).replace('\r\u001b[K', '')).not.toMatch(ACTING);
});

it('leaves JSON what it is', () => {
  const data = { text: HOSTILE, tag: '\u{e0041}', lines: ['a\nb'] };
  const json = written((stream) => printJson(stream, JSON.stringify(data, null, 2)));
  expect(json).not.toMatch(ACTING);
  expect(JSON.parse(json)).toEqual(data);
});

it('has one way out: nothing else writes to a stream', async () => {
  const folder = join(import.meta.dirname, '../../src/cli');
  const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.ts'));
  expect(files.length).toBeGreaterThan(20);
  for (const name of files.filter((each) => each !== 'io.ts')) {
    const text = await readFile(join(folder, name), 'utf8');
    expect([name, /\bstd(?:out|err)\.write\(|\bconsole\./.exec(text)?.[0]]).toEqual([name, undefined]);
  }
});
