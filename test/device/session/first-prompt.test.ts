import { describe, expect, it } from 'vitest';
import { awaitFirstPrompt } from '../../../src/device/session/first-prompt.ts';
import type { SimulatorBehaviour } from '../../../src/stand-ins/fortigate/behaviour.ts';
import { ALL, check, deviceAt, failedCheck } from '../device-fixture.ts';
import { scriptedShell } from '../scripted-shell.ts';

const HASHES = `${'#'.repeat(40)}\n# Authorised use only: 5 $ fine #\n${'#'.repeat(40)}\nhome # `;

describe('a prompt is reached through', () => {
  it.each<[string, SimulatorBehaviour, string[]]>([
    ['a post-login banner', { postLoginBanner: 'Authorised use only' }, ['a']],
    ['a banner full of prompt signs', { postLoginBanner: HASHES }, ['a']],
    ['both banners', { preLoginBanner: 'Go away\r\n', postLoginBanner: 'Authorised use only' }, ['a']],
    ['a pre-login banner', { preLoginBanner: '#### $ ####\r\n' }, []],
    ['keyboard-interactive alone', { keyboardInteractiveOnly: true }, []],
    ['a slow first byte', { firstByteDelayMs: 300 }, []],
    ['a limited account', { privilege: '$' }, []],
    ['an HA role', { haRole: 'Primary' }, []],
    ['a shortened name', { hostname: 'FW02-0_MAR02_SBMDEVELOPMENT_ROOM_MEN' }, []],
    ['a name of one letter and an HA role', { hostname: 'f', haRole: 'Secondary', privilege: '$' }, []],
  ])('%s', async (_, behaviour, keys) => {
    await check({ sample: 'campus', behaviour, request: { vdom: 'campus' } }, ({ items, simulator }) => {
      expect(items).toHaveLength(ALL.length + 1);
      expect(items.filter((each) => each.failure)).toEqual([]);
      expect(simulator.keys).toEqual(keys);
      expect(simulator.writes).toEqual([]);
    });
  });
});

describe('a device that hangs up before anything was asked', () => {
  const lost = /closed the session in the middle of the check/;
  const refused = /closed the session before the first prompt/;
  it.each<readonly [string, string, RegExp]>([
    ['without a word', '', lost],
    ['after its prompt', '\r\nfgt # ', lost],
    ['after its prompt and a banner', 'Authorised use only\r\n\r\nfgt # ', lost],
    ['in the midst of a line', 'Authorised us', lost],
    ['having said why', 'No more sessions.\r\n', refused],
  ])('%s', async (_, greeting, expected) => {
    const shell = scriptedShell(greeting, [], 4096);
    setTimeout(() => shell.channel.destroy(), 5);
    const attempt = awaitFirstPrompt(
      shell,
      deviceAt({ port: 22, hostKeyLines: [] }),
      new AbortController().signal,
    );
    await expect(attempt).rejects.toMatchObject({
      message: expect.stringMatching(expected),
      retryable: true,
    });
  });
});

it.each<readonly [string, string, readonly string[]]>([
  ['the next one', 'f\r\nlogout all admin users\r\nw-07 # ', ['\r\r\nfw-07 # ']],
  [
    'one further on',
    'f\r\nlogout all admin users\r\nw-07 # ',
    ['\r\r\nfw-\r\nlogout all admin users\r\n07 # ', '\r\r\nfw-07 # '],
  ],
  [
    'two with the same name when put together',
    'f\r\nlogout all admin users\r\nw-07 # ',
    ['\r\r\nfw-\r\nlogout all admin users\r\n07 # '],
  ],
])('a name that a message cut in two is learnt from %s', async (_, greeting, answers) => {
  const shell = scriptedShell(
    greeting,
    answers.map((answer) => ['\n', answer] as const),
    4096,
  );
  const prompt = awaitFirstPrompt(
    shell,
    deviceAt({ port: 22, hostKeyLines: [] }),
    new AbortController().signal,
  );
  expect((await prompt).host).toBe('fw-07');
});

it('a banner is accepted once, whatever messages stand in the prompts after it', async () => {
  const banner = "Authorised use only\r\n\r\n(Press 'a' to accept):";
  const cut = 'fw-\r\nlogout all admin users\r\n0Restarting system.7 # ';
  const script = [
    ['a', `\r\n${cut}`],
    ['\n', `\r\r\n${cut}`],
  ] as const;
  const prompt = awaitFirstPrompt(
    scriptedShell(banner, script, 4096),
    deviceAt({ port: 22, hostKeyLines: [] }),
    new AbortController().signal,
  );
  expect((await prompt).host).toBe('fw-07');
});

it('a sign-in goes on while messages cut each prompt', async () => {
  const cuts = [
    'f\r\nRestarting system.\r\nw-07 # ',
    'fw\r\nRestarting system.\r\n-07 # ',
    'fw-0\r\nRestarting system.\r\n7 # ',
  ];
  const lone = 'Restarting system.Restarting system.: # ';
  const [first, ...others] = [lone, lone, ...cuts];
  const shell = scriptedShell(
    `\r\n${first}`,
    others.map((answer) => ['\n', `\r\r\n${answer}`] as const),
    4096,
  );
  const prompt = awaitFirstPrompt(
    shell,
    deviceAt({ port: 22, hostKeyLines: [] }),
    new AbortController().signal,
  );
  expect((await prompt).host).toBe('fw-07');
});

describe('a question that only a person may answer is not answered', () => {
  it.each<[string, SimulatorBehaviour, string]>([
    ['a forced password change', { forcePasswordChange: true }, 'new password'],
    ['too many administrators', { maxAdmins: true }, 'administrators'],
    ['a FortiToken prompt in the shell', { tokenPrompt: 'shell' }, 'FortiToken'],
    ['a FortiToken prompt at login', { tokenPrompt: 'keyboard-interactive' }, 'FortiToken'],
    [
      'a FortiToken prompt after keyboard-interactive',
      { tokenPrompt: 'keyboard-interactive', keyboardInteractiveOnly: true },
      'FortiToken',
    ],
    [
      'a forced password change behind a banner',
      { postLoginBanner: 'Hello', forcePasswordChange: true },
      'new password',
    ],
  ])('%s', async (_, behaviour, words) => {
    const { error, simulator, leftOpen } = await failedCheck({ behaviour });
    expect(error).toMatchObject({ code: 'ftm_device_dialogue', message: expect.stringContaining(words) });
    expect(error).toHaveProperty('advice', expect.stringMatching(/\w/));
    expect(simulator.keys).toEqual(behaviour.postLoginBanner === undefined ? [] : ['a']);
    expect(simulator.commands).toEqual([]);
    expect(leftOpen).toBe(0);
  });
});
