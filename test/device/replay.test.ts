import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readStatus } from '../../src/device/collect/read-status.ts';
import { createOutputBuffer } from '../../src/device/session/output-buffer.ts';
import { CommandChannel, createSendAllowance } from '../../src/device/session/send-command.ts';
import { createPromptMatcher } from '../../src/engine/fortios/prompt.ts';
import { corpusText, describeCorpus } from '../support/corpus.ts';
import { type Script, scriptedShell } from './scripted-shell.ts';

function openExchange(...args: ConstructorParameters<typeof CommandChannel>): CommandChannel['exchange'] {
  const commands = new CommandChannel(...args);
  return (...sent) => commands.exchange(...sent);
}

const RECORDING = new URL(
  '../../../shared/corpus/oxidized/fortigate__FortiGate-91G_7.4.7__simulation.yaml',
  import.meta.url,
);
const never = new AbortController().signal;

interface Recording {
  readonly init_prompt: string;
  readonly commands: readonly Readonly<Record<string, string>>[];
}

function readRecording(): { greeting: string; script: Script } {
  const recording = parse(readFileSync(RECORDING, 'utf8')) as Recording;
  const plain = (text: string) =>
    text.replaceAll('\\r', '\r').replaceAll('\\x20', ' ').replaceAll('\\"', '"');
  const pairs = recording.commands.map((command): [string, string] => {
    const [sent = '', answer = ''] = Object.entries(command)[0] ?? [];
    return [sent, plain(answer)];
  });
  return { greeting: plain(recording.init_prompt), script: pairs };
}

if (!existsSync(RECORDING))
  console.warn('replay of a recorded 91G session skipped: the recording is not here');

describe.skipIf(!existsSync(RECORDING))('a recorded 91G session, pager and all', () => {
  it.each([1, 2, 7, 64, 4096])('in pieces of %i bytes', async (chunk) => {
    const { greeting, script } = readRecording();
    const shell = scriptedShell(greeting, script, chunk);
    const exchange = openExchange(shell, createPromptMatcher('TEST-FW1234'));
    const status = await exchange({ kind: 'command', id: 'system-status' }, never, 10_000);
    if (status === 'closed') throw new Error('the client sent something else than the recording');
    expect(status.lines[0]).toBe('Version: FortiGate-91G v7.4.7,build2731,250120 (GA.M)');
    expect(status.lines.at(-1)).toBe('Last reboot reason: warm reboot');
    expect(status.lines.filter((line) => /--More--| {9}/.test(line))).toEqual([]);
    expect(readStatus(status.lines)).toEqual({
      version: { major: 7, minor: 4, patch: 7, build: 2731 },
      multiVdom: false,
      currentVdom: 'root',
    });
  });
});

/** Files of terminal recordings that hold prompts: with line editing, debug and sniffer output, HA changes. */
const TERMINAL = ['pppoe', 'test4', 'test6', 'test9', 'testha'];

describeCorpus('a recorded terminal, read as it came', () => {
  it.each(TERMINAL)('%s: sees every prompt, and none that is not one', (file) => {
    const bytes = Buffer.from(corpusText(`sniftran/${file}.txt`), 'utf8');
    const text = bytes.toString('latin1');
    const host = /(?:^|[\r\n])(FG[A-Z0-9]+)(?: \([^()\r\n]+\))? # /.exec(text)?.[1];
    if (host === undefined) throw new Error('no prompt in the recording');
    const prompts = new RegExp(`(?:^|[\\r\\n])${host}(?: \\(([^()\\r\\n]+)\\))? # `, 'g');
    const expected = [...text.matchAll(prompts)].map((match): [number, string | undefined] => [
      match.index + match[0].length,
      match[1],
    ]);
    const screen = createOutputBuffer();
    const matcher = createPromptMatcher(host);
    const seen: [number, string | undefined][] = [];
    for (let at = 0; at < bytes.length; at += 1) {
      screen.feed(bytes.subarray(at, at + 1));
      const prompt = matcher.match(screen.tail());
      if (prompt) seen.push([at + 1, prompt.context]);
    }
    expect(seen).toEqual(expected);
    expect(seen.length).toBeGreaterThan(0);
    const asPrinted = screen.lines.filter((line) => line.includes('\r') || line.includes('\u001b['));
    expect(asPrinted).toEqual([]);
  });
});

/** At the same time: a dialogue that repeats a command mostly waits. */
describe.concurrent('a dialogue', () => {
  const prompt = 'fw # ';
  const after = (answer: string, line = 'show system dns'): Script => [
    [`${line}\n`, answer],
    ['show system ddns\n', `show system ddns\r\r\nconfig system ddns\r\nend\r\n\r\n${prompt}`],
  ];

  async function ask(script: Script, chunk = 4096) {
    const exchange = openExchange(scriptedShell(prompt, script, chunk), createPromptMatcher('fw'));
    const first = await exchange({ kind: 'command', id: 'dns' }, never, 10_000);
    const second = await exchange({ kind: 'command', id: 'ddns' }, never, 10_000);
    if (first === 'closed' || second === 'closed') throw new Error('closed');
    return { first: first.lines, second: second.lines, hasLateText: first.hasLateText() };
  }

  it.each([1, 3, 4096])('keeps letters that a chunk border cuts in two (%i bytes)', async (chunk) => {
    const text = 'set comment "Zürich – 東京 🔥"';
    const { first } = await ask(after(`show system dns\r\r\n${text}\r\n\r\n${prompt}`), chunk);
    expect(first).toEqual([text]);
  });

  it('wipes what the pager and the terminal left behind', async () => {
    const paged = `show system dns\r\r\none\r\n--More-- \r         \rtwo\r\n\x1b[Kthree\r\n\r\n${prompt}`;
    expect((await ask(after(paged))).first).toEqual(['one', 'two', 'three']);
  });

  it('keeps text that came after a prompt out of both outputs, and says so', async () => {
    const script: Script = [
      ['show system dns\n', `show system dns\r\r\none\r\n\r\n${prompt}`],
      [
        'show system ddns\n',
        `not the end\r\ntwo\r\n\r\n${prompt}show system ddns\r\r\nconfig system ddns\r\nend\r\n\r\n${prompt}`,
      ],
    ];
    const { first, second, hasLateText } = await ask(script);
    expect(first).toEqual(['one']);
    expect(second).toEqual(['config system ddns', 'end']);
    expect(hasLateText).toBe(true);
  });

  it('sees text behind the last output before anything else is sent', async () => {
    const shell = scriptedShell(
      prompt,
      [['show system dns\n', `show system dns\r\r\none\r\n\r\n${prompt}`]],
      4096,
    );
    const exchange = openExchange(shell, createPromptMatcher('fw'));
    const last = await exchange({ kind: 'command', id: 'dns' }, never, 10_000);
    if (last === 'closed') throw new Error('closed');
    expect(last.hasLateText()).toBe(false);
    shell.channel.push('\r\nnot the end\r\n');
    await shell.news(never, 1_000);
    expect(last.hasLateText()).toBe(true);
  });

  it.each([
    ['never echoes', 'config system dns\r\nend\r\n\r\n'],
    ['echoes something else', 'shxw system dns\r\r\nUnknown action 0\r\n\r\n'],
  ])('gives up on a device that %s, after four attempts', async (_, answer) => {
    const [first = ['', '']] = after(`${answer}${prompt}`);
    await expect(ask([first, first, first, first])).rejects.toMatchObject({
      code: 'ftm_device_protocol',
      advice: expect.stringMatching(/\w/),
    });
  });

  it('takes the output of a `show` whose echo is unreadable by the table it names', async () => {
    const { first } = await ask(
      after(`fan 2 show\r\nfan 3 system\r\nfan dns\r\nconfig system dns\r\nend\r\n\r\n${prompt}`),
    );
    expect(first).toEqual(['config system dns', 'end']);
  });

  it('sends a command that may have run no more than twice, and uses nothing of an unclear output', async () => {
    const unclear = `gfan\r\net sys\r\nfan 2 ha\r\nHA Health Status: OK\r\n\r\n${prompt}`;
    const sent: Script = Array.from({ length: 2 }, () => ['get system ha status\n', unclear] as const);
    const exchange = openExchange(
      scriptedShell(
        prompt,
        [...sent, ['show system ddns\n', `show system ddns\r\r\nend\r\n\r\n${prompt}`]],
        4096,
      ),
      createPromptMatcher('fw'),
    );
    const allowance = createSendAllowance();
    const unread = await exchange({ kind: 'command', id: 'ha-status' }, never, 10_000, allowance);
    expect(unread).toMatchObject({ lines: [], isDoubtful: true });
    expect([allowance.isSpent(), allowance.wasRepeated()]).toEqual([true, true]);
    expect(await exchange({ kind: 'command', id: 'ddns' }, never, 10_000)).toMatchObject({ lines: ['end'] });
  });

  it('types again what was dropped, more than once', async () => {
    const eaten = `how system dns\r\r\n\r\nUnknown action 0\r\nCommand fail. Return code -1\r\n\r\n${prompt}`;
    const whole = `show system dns\r\r\nconfig system dns\r\nend\r\n\r\n${prompt}`;
    const drops = (times: number): Script =>
      Array.from({ length: times }, () => ['show system dns\n', eaten] as const);
    const { first } = await ask([...drops(3), ...after(whole)]);
    expect(first).toEqual(['config system dns', 'end']);
    await expect(ask(drops(4))).rejects.toMatchObject({ code: 'ftm_device_protocol' });
  });
});
