import { Duplex, Readable } from 'node:stream';
import type { ClientChannel } from 'ssh2';
import { describe, expect, it } from 'vitest';
import { createByteBudget } from '../../../src/device/byte-budget.ts';
import type { Navigator } from '../../../src/device/collect/navigator.ts';
import { switchOff, switchOffLeftover } from '../../../src/device/live/switch-off.ts';
import type { Session } from '../../../src/device/session/session.ts';
import { createShell } from '../../../src/device/session/shell.ts';
import { DEBUG_APPLICATIONS } from '../../../src/engine/fortios/debug-commands.ts';
import { createPromptMatcher } from '../../../src/engine/fortios/prompt.ts';

const PROMPT = '\r\nfgt # ';
const NOISE = '[1906] handle_req-Rcvd auth req\r\n';
const OFF = 'debug output:\t\tdisable\r\n';
const ON = 'debug output:\t\tenable\r\nfnbamd debug level:\t-1\r\n';

/** What it prints behind the echo of `diagnose debug info`, each piece after a pause in which it seems to be done. */
type Pieces = readonly string[];

function device(
  info: Pieces | ((sent: readonly string[]) => Pieces),
  answer: (line: string) => string = () => '',
): { readonly session: Session; readonly sent: string[] } {
  const sent: string[] = [];
  const channel = new Duplex({
    read() {},
    write(data: Buffer, _encoding, done) {
      const line = data.toString();
      sent.push(line.trim());
      say(line.replace('\n', '\r\n'));
      const pieces = typeof info === 'function' ? info(sent) : info;
      if (!line.includes('debug info')) say(`${answer(line)}${PROMPT}`);
      else for (const [index, piece] of pieces.entries()) setTimeout(say, index * 400, piece);
      done();
    },
  });
  function say(text: string): void {
    if (!channel.destroyed) channel.push(Buffer.from(text));
  }
  const stderr = new Readable({ read() {} });
  const shell = createShell(
    Object.assign(channel, { stderr, close: () => channel.destroy() }) as unknown as ClientChannel,
    { alias: 'fgt', byteBudget: createByteBudget('fgt') },
  );
  const session = { device: { alias: 'fgt' }, wire: { shell, matcher: createPromptMatcher('fgt') } };
  return { session: session as unknown as Session, sent };
}

const NEVER = new AbortController().signal;
const ALL = { ours: DEBUG_APPLICATIONS, signal: NEVER };

describe('what counts as off', () => {
  it.each<readonly [string, Pieces, string]>([
    ['what the device says at once', [`${OFF}${PROMPT}`], 'off'],
    ['what it says after a pause', [NOISE, `${OFF}${PROMPT}`], 'off'],
    ['a prompt that a daemon pushed away', [`${OFF}${PROMPT}\r\n${NOISE}`], 'off'],
    ['a layout that nobody knows', [`Debugging is finished\r\n${PROMPT}`], 'off'],
    ['not a line of a daemon, with the answer still to come', [NOISE, `${ON}${PROMPT}`], 'unconfirmed'],
    ['not half an answer', [OFF, `fnbamd debug level:\t-1\r\n${PROMPT}`], 'unconfirmed'],
  ])('%s', async (_name, info, expected) => {
    expect(await switchOff(device(info).session, ALL)).toBe(expected);
  });

  it('what another process left is switched off where the device says half that it is on', async () => {
    const { session, sent } = device([OFF, `fnbamd debug level:\t-1\r\n${PROMPT}`]);
    const navigator = { session: () => session } as unknown as Navigator;
    expect(await switchOffLeftover(navigator, { signal: NEVER })).toBe('unconfirmed');
    expect(sent).toContain('diagnose debug reset');
  });
});

describe('somebody else’s debug, beside ours', () => {
  const ours = ['fnbamd', 'sslvpn'] as const;
  const running = (...daemons: readonly string[]) => [
    `${OFF}${daemons.map((daemon) => `${daemon} debug level:\t-1\r\n`).join('')}CLI debug level:\t3\r\n${PROMPT}`,
  ];
  const left = (sent: readonly string[]) => (sent.includes('diagnose debug reset') ? running() : undefined);
  const close = async ({ session, sent }: ReturnType<typeof device>) => {
    const others: (readonly string[])[] = [];
    const off = await switchOff(session, {
      ours,
      signal: NEVER,
      onOthers: (names) => void others.push(names),
    });
    return { off, others, isReset: sent.includes('diagnose debug reset') };
  };

  it('is left on, and named', async () => {
    const shown = (sent: readonly string[]) =>
      sent.at(-2)?.endsWith('sslvpn 0') ? running('dhcps') : running('fnbamd', 'sslvpn', 'dhcps');
    expect(await close(device(shown))).toEqual({ off: 'off', others: [['dhcps']], isReset: false });
  });

  it.each<readonly [string, (sent: readonly string[]) => Pieces, (line: string) => string]>([
    [
      'the device does not know how to end one alone',
      () => running('fnbamd', 'sslvpn', 'dhcps'),
      (line) =>
        line.includes(' 0') ? "\r\ncommand parse error before '0'\r\nCommand fail. Return code -61" : '',
    ],
    ['it takes the line and goes on all the same', () => running('sslvpn', 'dhcps'), () => ''],
    [
      'its answer cannot be read any more',
      (sent) => (sent.at(-2)?.endsWith(' 0') ? [`Nobody knows this\r\n${PROMPT}`] : running('dhcps')),
      () => '',
    ],
  ])('is ended with ours where %s: ours being off comes first', async (_name, shown, answer) => {
    const seen = device((sent) => left(sent) ?? shown(sent), answer);
    expect(await close(seen)).toEqual({ off: 'off', others: [], isReset: true });
  });

  it('is nobody’s where it was ours by another name', async () => {
    const shown = (sent: readonly string[]) =>
      sent.at(-2)?.endsWith(' 0') ? running() : running('fnbamd', 'ssl-vpn');
    expect(await close(device(shown))).toEqual({ off: 'off', others: [[]], isReset: false });
  });
});

describe('a device that prints without end', () => {
  it('costs no memory for a line without an end', async () => {
    const { session } = device(['x'.repeat(600 * 1024)]);
    await expect(switchOff(session, ALL)).rejects.toMatchObject({ code: 'ftm_device_protocol' });
  });

  it('is not believed, whatever stands at the end', async () => {
    const { session } = device([`${NOISE.repeat(20_000)}${OFF}${PROMPT}`]);
    expect(await switchOff(session, ALL)).toBe('unconfirmed');
  });
});
