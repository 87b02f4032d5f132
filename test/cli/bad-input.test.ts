import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandExample } from '../../src/cli/program/command-help.ts';
import { createProgram } from '../../src/cli/program/program.ts';
import { ftmCheck } from './test-io.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ftm-check-test-'));
  await mkdir(join(folder, 'folder'));
  await writeFile(join(folder, 'empty.log'), '');
  await writeFile(join(folder, 'binary.log'), Buffer.from([0, 1, 2, 3, 0, 255]));
  await writeFile(join(folder, 'huge.txt'), Buffer.alloc(65 * 1024 * 1024, '\ufeffab', 'utf16le'));
  const tar = Buffer.alloc(1024);
  tar.write('debug.log');
  tar.write('ustar', 257);
  await writeFile(join(folder, 'logs.tgz'), gzipSync(tar));
  await writeFile(join(folder, 'logs.gz'), gzipSync(tar));
  await writeFile(join(folder, 'cut.gz'), gzipSync('text'.repeat(1000)).subarray(0, 30));
  await writeFile(join(folder, 'damaged.zip'), Buffer.from('PK\x03\x04 and no more'));
  for (const name of ['a', 'b']) {
    await mkdir(join(folder, 'project', name), { recursive: true });
    for (let number = 0; number < 260; number += 1)
      await writeFile(join(folder, 'project', name, `${number}.md`), '');
  }
  await writeFile(
    join(folder, 'inventory.yaml'),
    'devices:\n  fgt-hq: { address: 192.0.2.1, username: u }\n',
  );
});
afterAll(() => rm(folder, { recursive: true }));

describe('bad usage and bad input end with 2, one clear message and nothing on stdout', () => {
  it.each([
    ['an unknown command', ['frobnicate'], /unknown command/],
    ['a mistyped command', ['analyse'], /Did you mean analyze/],
    [
      'help for an unknown command',
      ['help', 'analyse'],
      /unknown command 'analyse'[\s\S]*Did you mean analyze/,
    ],
    [
      'help for an unknown command below another',
      ['help', 'hosts', 'scn'],
      /unknown command 'scn'[\s\S]*scan/,
    ],
    ['an unknown option', ['hosts', 'scan', 'fgt-hq', '--al'], /`ftm-check hosts scan --help`/],
    ['an option of another command', ['page', '--live', '60'], /`ftm-check page --help`/],
    ['two missing files', ['analyze', '$/none.log', '$/no.log'], /none\.log does not exist/],
    [
      'a folder of a project',
      ['analyze', '$/project'],
      /holds more than 500 files \(a, b …\)[\s\S]*Nothing was read/,
    ],
    ['no command', [], /Usage: ftm-check/],
    ['an unknown option', ['analyze', '--colour'], /unknown option/],
    ['an unknown format', ['analyze', '--format', 'xml'], /text, json, slack/],
    ['a missing file', ['analyze', '$/none.log'], /none\.log does not exist/],
    ['a folder without texts', ['analyze', '$/folder'], /holds no text that can be read/],
    ['an empty file', ['analyze', '$/empty.log'], /is empty[\s\S]*debug output of one login/],
    ['a binary file', ['analyze', '$/binary.log'], /is not text/],
    ['a damaged tar archive', ['analyze', '$/logs.tgz'], /logs\.tgz is damaged/],
    ['a tar archive with another name', ['analyze', '$/logs.gz'], /logs\.gz is damaged/],
    ['a gzip file that was cut', ['analyze', '$/cut.gz'], /cut\.gz is damaged/],
    ['a damaged zip file', ['analyze', '$/damaged.zip'], /damaged\.zip is damaged/],
    ['a huge file in UTF-16', ['analyze', '$/huge.txt'], /limit for UTF-16[\s\S]*iconv/],
    ['empty standard input', ['analyze', '-'], /standard input is empty/],
    [
      'two configurations to simulate',
      ['simulate', '--sample', 'campus', '--config', '$/x'],
      /'--sample <NAME>' cannot be used with option '--config <FILE>'/,
    ],
    ['an unknown sample', ['simulate', '--sample', 'x'], /branch-07, campus/],
    ['check without a host', ['check'], /no device is named[\s\S]*--all/],
    [
      'a time that is none',
      ['check', 'fgt-hq', '--live', 'soon'],
      /number of seconds or a duration, such as 60, 90s or 2m/,
    ],
    [
      'a check that reads only, and watches',
      ['check', 'fgt-hq', '--live', '30', '--dry-run'],
      /'--dry-run' cannot be used with option '--live <TIME>'/,
    ],
    [
      'check without an inventory',
      ['check', 'fgt-hq', '--inventory', '$/none.yaml'],
      /There is no inventory at \S*none\.yaml\.\n`ftm-check init` writes one/,
    ],
    [
      'check with a bad inventory',
      ['check', 'fgt-hq', '--inventory', '$/inventory.yaml'],
      /inventory\.yaml:2:3: /,
    ],
    ['simulate without a configuration', ['simulate'], /--config/],
    ['simulate on an impossible port', ['simulate', '--config', 'x', '--port', '70000'], /0 to 65535/],
    ['serve in no known role', ['serve', '--role', 'king'], /bot, worker, all/],
    ['serve without settings', ['serve'], /SLACK_BOT_TOKEN is not set/],
    ['a manifest for plain HTTP', ['manifest', '--http', 'http://bot.example.com'], /not an https/],
  ])('%s', async (_, args, message) => {
    const ran = await ftmCheck(args.map((each) => each.replace('$', folder)));
    expect(ran).toMatchObject({ status: 2, stdout: '' });
    expect(ran.stderr).toMatch(message);
    expect(ran.stderr).not.toMatch(/^\s+at /m);
  });

  it('one unreadable file among good ones is a warning, and no case is healthy without it', async () => {
    const good = join(import.meta.dirname, '../../src/engine/rules/wan-ftm-access-missing/fixtures');
    const missing = join(folder, 'none.log');
    const found = await ftmCheck(['analyze', join(good, 'broken.conf'), missing]);
    expect(found).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/^Not read: \S*none\.log does not exist\.$/m),
    });
    const fine = await ftmCheck(['analyze', missing, join(good, 'healthy.conf')]);
    expect(fine).toMatchObject({ status: 2, stdout: expect.stringMatching(/\S/) });
  });

  it('does not wait for a person to type evidence', async () => {
    const ran = await ftmCheck(['analyze'], { tty: true });
    expect(ran).toMatchObject({ status: 2, stdout: '' });
    expect(ran.stderr).toContain('standard input is a terminal');
  });
});

describe('help and lists', () => {
  it.each([
    ['--help', /Find a cause:\n {2}analyze[\s\S]*Exit status: 0 healthy/],
    ['-h', /Exit status: 0 healthy/],
    ['help', /Exit status: 0 healthy/],
    ['--version', /^\d+\.\d+\.\d+$/m],
    ['-v', /^\d+\.\d+\.\d+$/m],
    ['-V', /^\d+\.\d+\.\d+$/m],
    ['manifest', /"socket_mode_enabled": true/],
    ['rules', /RC01 {2}push-disabled/],
  ])('%s is data: status 0, on stdout', async (argument, expected) => {
    const ran = await ftmCheck([argument]);
    expect(ran).toMatchObject({ status: 0, stderr: '' });
    expect(ran.stdout).toMatch(expected);
  });

  it.each([
    ['analyze'],
    ['check'],
    ['compare'],
    ['account'],
    ['simulate'],
    ['demo'],
    ['hosts', 'scan'],
    ['audit', 'verify'],
  ])('%s %s is explained in lines that only their width breaks', async (...command) => {
    const { stdout } = await ftmCheck([...command.filter(Boolean), '--help']);
    const [, text = ''] = stdout.split('\n\n');
    const lines = text.split('\n');
    for (const [index, line] of lines.slice(0, -1).entries()) {
      const [next = ''] = (lines[index + 1] ?? '').split(' ');
      expect(`${line} ${next}`.length).toBeGreaterThan(79);
    }
  });

  it('groups every command, and shows an example that its command line takes', async () => {
    const streams = { stdin: new PassThrough(), stdout: new PassThrough(), stderr: new PassThrough() };
    const io = { ...streams, env: {}, now: () => 0, signal: new AbortController().signal };
    const program = createProgram(io, () => {});
    const shown = program
      .createHelp()
      .visibleCommands(program)
      .filter((command) => command.name() !== 'help');
    for (const command of shown) {
      expect(command.helpGroup(), command.name()).not.toBe('');
      const words = commandExample(command.name())?.split(' ') ?? [];
      expect(words[0]).toBe(command.name());
      const named = command.commands.find((below) => below.name() === words[1]) ?? command;
      const rest = words.slice(named === command ? 1 : 2);
      const { unknown, operands } = named.parseOptions(rest);
      expect({ example: words, unknown }).toEqual({ example: words, unknown: [] });
      const required = named.registeredArguments.filter((argument) => argument.required).length;
      expect(operands.length).toBeGreaterThanOrEqual(required);
      const { stdout } = await ftmCheck(['help', command.name()]);
      expect(stdout).toContain(`Example:\n  ftm-check ${words.join(' ')}\n`);
      for (const below of command.commands.map((each) => `${command.name()} ${each.name()}`)) {
        expect((await ftmCheck(['help', ...below.split(' ')])).stdout).toContain(
          `Example:\n  ftm-check ${below} `,
        );
      }
    }
  });

  it('lists the rules as JSON', async () => {
    const ran = await ftmCheck(['rules', '--format', 'json']);
    expect(JSON.parse(ran.stdout)).toContainEqual(
      expect.objectContaining({ id: 'push-disabled', hop: 'push-service' }),
    );
  });
});
