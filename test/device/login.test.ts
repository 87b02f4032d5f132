import { createServer } from 'node:net';
import ssh2 from 'ssh2';
import { describe, expect, it } from 'vitest';
import { createCollector } from '../../src/device/create-collector.ts';
import { logIn } from '../../src/device/login.ts';
import type { SimulatorBehaviour } from '../../src/simulator/behaviour.ts';
import { generateKey } from '../../src/simulator/generate-key.ts';
import { sampleConfig } from '../../src/simulator/samples.ts';
import { SIMULATED_USER, startSimulator } from '../../src/simulator/start-simulator.ts';
import { ALL, check, collect, deviceAt, failedCheck } from './device-fixture.ts';
import { scriptedShell } from './scripted-shell.ts';

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
    const attempt = logIn(shell, deviceAt({ port: 22, hostKeyLines: [] }), new AbortController().signal);
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
  const prompt = logIn(shell, deviceAt({ port: 22, hostKeyLines: [] }), new AbortController().signal);
  expect((await prompt).host).toBe('fw-07');
});

it('a banner is accepted once, whatever messages stand in the prompts after it', async () => {
  const banner = "Authorised use only\r\n\r\n(Press 'a' to accept):";
  const cut = 'fw-\r\nlogout all admin users\r\n0Restarting system.7 # ';
  const script = [
    ['a', `\r\n${cut}`],
    ['\n', `\r\r\n${cut}`],
  ] as const;
  const prompt = logIn(
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
  const prompt = logIn(shell, deviceAt({ port: 22, hostKeyLines: [] }), new AbortController().signal);
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

describe('credentials', () => {
  const wrong = createCollector({ readSecret: () => Promise.resolve('wrong') });

  it.each<[string, SimulatorBehaviour]>([
    ['by password', {}],
    ['by keyboard-interactive', { keyboardInteractiveOnly: true }],
  ])('a wrong password is tried once, %s', async (_, behaviour) => {
    const simulator = await startSimulator({ configText: sampleConfig('branch-07'), behaviour });
    try {
      const attempt = wrong({ device: deviceAt(simulator), commands: ALL });
      await expect(attempt).rejects.toMatchObject({ code: 'ftm_device_auth_failed', retryable: false });
      expect(simulator.refusedLogins()).toBe(1);
    } finally {
      await simulator.close();
    }
  });

  it('an ed25519 key opens the device, plain or encrypted', async () => {
    const keys = generateKey('open');
    const simulator = await startSimulator({
      configText: sampleConfig('branch-07'),
      users: [{ name: SIMULATED_USER.name, publicKeys: [keys.public] }],
    });
    const secrets: Record<string, string> = { KEY: keys.private, PASSPHRASE: 'open', WRONG: 'shut' };
    const byKey = createCollector({
      readSecret: (ref) => Promise.resolve(('env' in ref && secrets[ref.env]) || ''),
    });
    const device = (passphrase: string) =>
      deviceAt(simulator, {
        credential: { kind: 'key', privateKey: { env: 'KEY' }, passphrase: { env: passphrase } },
      });
    try {
      const items = await byKey({ device: device('PASSPHRASE'), commands: ['dns'] });
      expect(items).toHaveLength(2);
      const locked = byKey({ device: device('WRONG'), commands: ['dns'] });
      await expect(locked).rejects.toMatchObject({ code: 'ftm_config_invalid' });
      const withPassword = collect({ device: deviceAt(simulator), commands: ['dns'] });
      await expect(withPassword).rejects.toMatchObject({ code: 'ftm_device_auth_failed' });
    } finally {
      await simulator.close();
    }
  });
});

describe('host keys', () => {
  /** The simulator counts the logins that it refuses, so one that arrives shows. */
  const UNKNOWN_USER = 'nobody';
  const other = generateKey().public;

  it('an unknown key is refused with the line to pin, and that line works', async () => {
    const simulator = await startSimulator({ configText: sampleConfig('branch-07') });
    try {
      const unknown = collect({
        device: deviceAt(simulator, { hostKeys: [], username: UNKNOWN_USER }),
        commands: ['dns'],
      });
      const error = await unknown.catch((reason: unknown) => reason);
      expect(error).toMatchObject({ code: 'ftm_host_key_unknown', retryable: false });
      const pin = String((error as { advice?: string }).advice)
        .split('\n')
        .at(-1);
      expect(simulator.hostKeyLines).toContain(pin);
      expect(String((error as { advice?: string }).advice)).toContain(simulator.fingerprints[0]);
      expect(simulator.refusedLogins()).toBe(0);
      await collect({ device: deviceAt(simulator, { hostKeys: [pin ?? ''] }), commands: ['dns'] });
      await collect({
        device: deviceAt(simulator, { hostKeys: [other, ...simulator.fingerprints] }),
        commands: ['dns'],
      });
    } finally {
      await simulator.close();
    }
  });

  it.each([[other], ['SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'], [`${other} a comment`]])(
    'a changed key is refused before any credential is sent: %s',
    async (pin) => {
      const { error, simulator, leftOpen } = await failedCheck({
        device: { hostKeys: [pin], username: UNKNOWN_USER },
      });
      expect(error).toMatchObject({ code: 'ftm_host_key_changed' });
      expect(simulator.refusedLogins()).toBe(0);
      expect(error).toHaveProperty('advice', expect.stringContaining(simulator.hostKeyLines[0] ?? ''));
      expect(simulator.commands).toEqual([]);
      expect(leftOpen).toBe(0);
    },
  );
});

/** Says one thing to whoever connects, and hangs up. */
async function withServer(greeting: string | Buffer, work: (port: number) => Promise<void>): Promise<void> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.end(greeting);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  try {
    await work(typeof address === 'object' && address ? address.port : 0);
  } finally {
    server.close();
  }
}

describe('what is not a FortiGate', () => {
  it('refuses the connection', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    await new Promise((resolve) => server.close(resolve));
    const attempt = collect({ device: deviceAt({ port, hostKeyLines: [] }), commands: ['dns'] });
    await expect(attempt).rejects.toMatchObject({ code: 'ftm_device_unreachable', retryable: true });
  });

  it('has no address', async () => {
    const device = deviceAt({ port: 22, hostKeyLines: [] }, { address: 'fgt.invalid' });
    await expect(collect({ device, commands: ['dns'] })).rejects.toMatchObject({
      code: 'ftm_device_unreachable',
    });
  });

  it.each<readonly [string, string | Buffer]>([
    ['HTTP', 'HTTP/1.1 400 Bad Request\r\n\r\n'],
    ['TLS, as on the port of its web pages', Buffer.from([0x15, 3, 1, 0, 2, 2, 40])],
    ['without end, and never says what', 'hello\r\n'.repeat(20_000)],
  ])('speaks %s', async (_, greeting) => {
    await withServer(greeting, async (port) => {
      const attempt = collect({ device: deviceAt({ port, hostKeyLines: [] }), commands: ['dns'] });
      await expect(attempt).rejects.toMatchObject({
        code: 'ftm_device_not_fortigate',
        message: `fgt-test (port ${port}) answers, but not with SSH.`,
        retryable: false,
      });
    });
  });

  it.each(['', 'SS', 'SSH-2.0-', 'SSH-2.0-AqTN-\r\n'])(
    'is not said of a device that breaks off after %j: it may be one that drops us',
    async (greeting) => {
      await withServer(greeting, async (port) => {
        const attempt = collect({ device: deviceAt({ port, hostKeyLines: [] }), commands: ['dns'] });
        await expect(attempt).rejects.toMatchObject({ code: 'ftm_device_unreachable', retryable: true });
      });
    },
  );

  it.each([
    ['a FortiADC', 'Version: FortiADC-VM v7.4.1,build0300,230101 (GA)', 1],
    // Not a line of a FortiGate: it might be a message of a daemon, so it is asked again.
    ['a router', 'Cisco IOS XE Software, Version 17.09.04', 2],
  ])('is %s', async (_, text, asked) => {
    const simulator = await startSimulator({
      configText: sampleConfig('branch-07'),
      outputs: { 'get system status': text },
    });
    try {
      await expect(collect({ device: deviceAt(simulator), commands: ALL })).rejects.toMatchObject({
        code: 'ftm_device_not_fortigate',
      });
      expect(simulator.commands).toEqual(Array.from({ length: asked }, () => 'get system status'));
    } finally {
      await simulator.close();
    }
  });

  it.each(['root@debian:~# ', '(M) redhat-lb-01 $ ', '> ', 'router>'])('prompts %j', async (prompt) => {
    const { private: hostKey, public: pin } = generateKey();
    const server = new ssh2.Server({ hostKeys: [hostKey] }, (connection) => {
      connection.on('error', () => {});
      connection.on('authentication', (context) => context.accept());
      connection.on('session', (accept) => {
        const session = accept();
        session.on('pty', (acceptPty) => acceptPty?.());
        session.on('shell', (acceptShell) => acceptShell().write(`Last login: today\r\n${prompt}`));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    try {
      const attempt = collect({ device: deviceAt({ port, hostKeyLines: [pin] }), commands: ['dns'] });
      await expect(attempt).rejects.toMatchObject({ code: 'ftm_device_not_fortigate' });
    } finally {
      server.close();
    }
  });
});
