import type { ClientChannel } from 'ssh2';
import { describe, expect, it } from 'vitest';
import { generateKey } from '../../../src/stand-ins/fortigate/generate-key.ts';
import { sampleConfig } from '../../../src/stand-ins/fortigate/samples.ts';
import { until } from '../../support/until.ts';
import { withClient, withShell } from './shell-client.ts';

const PROMPT = 'fgt-branch-07 # ';

describe('in mid-session', () => {
  it('the role in the prompt flips on failover', async () => {
    await withShell(
      { behaviour: { haRole: 'Primary', flipRoleAfter: 'get system ha status' } },
      async ({ channel, until }) => {
        await until('fgt-branch-07(Primary) # ');
        channel.write('get system ha status\n');
        await until('fgt-branch-07(Secondary) # ');
        channel.write('get system status | grep HA\n');
        expect(await until('fgt-branch-07(Secondary) # ')).toContain('a-p, secondary');
      },
    );
  });

  it('the connection drops behind a prompt', async () => {
    await withShell(
      { behaviour: { dropAfterPrompt: 'show system dns' } },
      async ({ channel, until, closed }) => {
        await until(PROMPT);
        channel.write('show system dns\n');
        expect(await closed).toMatch(/end\r\n\r\nfgt-branch-07 # $/);
      },
    );
  });

  it('a new window changes the pages', async () => {
    await withShell({ pty: { rows: 10_000, cols: 511 } }, async ({ channel, until }) => {
      await until(PROMPT);
      channel.setWindow(6, 80, 0, 0);
      channel.write('show full-configuration system global\n');
      await until('--More-- ');
      channel.write('q');
      await until(PROMPT);
    });
  });

  it('a new host name is in the prompt at once', async () => {
    await withShell({}, async ({ channel, until }) => {
      await until(PROMPT);
      channel.write('config system global\nset hostname other\nend\n');
      await until('other # ');
    });
  });
});

describe('before and behind the first prompt', () => {
  it.each([
    ['after-upgrade' as const, 'Old password:'],
    [true, 'New Password:'],
  ])('a forced change of the password: %s', async (forcePasswordChange, asked) => {
    await withShell({ behaviour: { forcePasswordChange } }, async ({ until }) => {
      expect(await until(asked)).toContain('You are forced to change your password.');
    });
  });

  it('a warning', async () => {
    const loginWarning =
      'WARNING: File System Check Recommended! Unsafe reboot may have caused inconsistency.';
    await withShell({ behaviour: { loginWarning } }, async ({ until }) => {
      expect(await until(PROMPT)).toBe(`${loginWarning}\r\n\r\n${PROMPT}`);
    });
  });

  it('a display that never ends by itself', async () => {
    await withShell({}, async ({ channel, until }) => {
      await until(PROMPT);
      channel.write('diagnose sys top\n');
      await until('3.1\r\n');
      channel.write('q');
      await until(PROMPT);
    });
  });
});

describe('debug', () => {
  it('prints the lines of its daemon, between prompts, and a reset stops it', async () => {
    const debug = {
      'ftm-push': [
        { text: 'Connecting', afterMs: 400 },
        { text: 'late line', afterMs: 450 },
      ],
    };
    await withShell({ behaviour: { debug } }, async ({ until, say }) => {
      await until(PROMPT);
      await say('diagnose debug application ftm-push -1');
      await say('diagnose debug enable');
      expect(await until('late line\r\n')).toBe('Connecting\r\nlate line\r\n');
      await say('diagnose debug reset');
      expect(await say('diagnose debug info')).toMatch(/debug output:\t\tdisable\r\n(?!.*ftm-push)/s);
    });
  });

  it('goes on while it is disabled: what comes meanwhile is lost, what comes after an enable is printed', async () => {
    const debug = { 'ftm-push': [{ text: 'lost' }, { text: 'last', afterMs: 700 }] };
    await withShell({ behaviour: { debug } }, async ({ until, say }) => {
      await until(PROMPT);
      await say('diagnose debug console timestamp enable');
      await say('diagnose debug application ftm-push -1');
      expect(await say('diagnose debug info')).toContain('ftm-push debug level:\t-1');
      await say('diagnose debug enable');
      await say('diagnose debug disable');
      await say('diagnose debug enable');
      expect(await until(' last\r\n')).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d last\r\n$/);
    });
  });

  it('of a daemon is the device’s: it outlives its session, every other one sees it, and may reset it', async () => {
    await withClient({}, async (client, simulator) => {
      const open = () =>
        new Promise<ClientChannel>((resolve, reject) => {
          client.shell((error, channel) => (error ? reject(error) : resolve(channel)));
        });
      const first = await open();
      first.write('diagnose debug application sslvpn -1\ndiagnose debug enable\n');
      await until(() => simulator.debugOn().length === 2, 'both are on');
      expect(simulator.debugOn()).toEqual(['sslvpn', 'output']);
      first.close();
      await until(() => simulator.debugOn().length === 1, 'the session is over');
      expect(simulator.debugOn()).toEqual(['sslvpn']);
      expect(simulator.console().execute('diagnose debug info').lines).toContain('sslvpn debug level:\t-1');
      (await open()).write('diagnose debug reset\n');
      await until(() => simulator.debugOn().length === 0, 'it is off');
    });
  });

  it('ends with its session where the scenario says so', async () => {
    await withClient({ behaviour: { debugOutlivesSession: false } }, async (client, simulator) => {
      client.shell((_error, channel) => channel.write('diagnose debug application sslvpn -1\nexit\n'));
      await until(() => simulator.commands.includes('exit'), 'it left');
      await until(() => simulator.debugOn().length === 0, 'it is off');
    });
  });

  it('floods, and no line gets in between the bytes of another', async () => {
    const debugFlood = { daemon: 'fnbamd', line: 'a line of some length', perSecond: 2_000 };
    await withShell({ behaviour: { debugFlood, chunkBytes: 5 } }, async ({ channel, until: read }) => {
      await read(PROMPT);
      channel.write('diagnose debug application fnbamd -1\n');
      await read(PROMPT);
      channel.write('diagnose debug enable\n');
      await read(`${debugFlood.line}\r\n`);
      channel.write('diagnose debug reset\n');
      const all = await read('diagnose debug reset\r\r\n');
      const whole = all.split('\r\n').filter((line) => line.includes('line') && !line.includes('#'));
      expect(new Set(whole)).toEqual(new Set([debugFlood.line]));
    });
  });

  it.each([
    ['diagnose debug flow show console enable', "command parse error before 'console'"],
    ['diagnose debug nonsense', "command parse error before 'nonsense'"],
    ['diagnose debug', 'incomplete command in the end'],
    ['diagnose debug duration', 'incomplete command in the end'],
    ['diagnose debug duration soon', "command parse error before 'soon'"],
    ['diagnose debug flow filter addr 192.0.2.1', `enable\r\n`],
  ])('%s', async (line, said) => {
    await withShell({}, async ({ channel, until }) => {
      await until(PROMPT);
      channel.write(`${line}\n`);
      const all = await until(PROMPT);
      if (line.includes('filter')) expect(all).toBe(`${line}\r\r\n\r\n${PROMPT}`);
      else expect(all).toContain(said);
    });
  });
});

describe('a sniffer', () => {
  const packet = '2026-03-02 09:12:13.100000 wan1 in 203.0.113.55.51522 -> 198.51.100.10.4433: syn 2870211';
  const sniffer = [{ filter: 'port 4433', packets: [{ text: packet }, { text: packet }, { text: packet }] }];

  it('ends with its count', async () => {
    await withShell({ behaviour: { sniffer } }, async ({ channel, until }) => {
      await until(PROMPT);
      channel.write("diagnose sniffer packet any 'tcp port 4433' 4 2 l\n");
      expect(await until(PROMPT)).toBe(
        `diagnose sniffer packet any 'tcp port 4433' 4 2 l\r\r\ninterfaces=[any]\r\nfilters=[tcp port 4433]\r\n${packet}\r\n${packet}\r\n` +
          `\r\n2 packets received by filter\r\n0 packets dropped by kernel\r\n\r\n${PROMPT}`,
      );
    });
  });

  it('without one goes on until Ctrl-C', async () => {
    await withShell({ behaviour: { sniffer } }, async ({ channel, until }) => {
      await until(PROMPT);
      channel.write("diagnose sniffer packet any 'host 192.0.2.1' 4\n");
      await until('filters=[host 192.0.2.1]\r\n');
      channel.write('\x03');
      expect(await until(PROMPT)).toContain('\r\n0 packets received by filter');
    });
  });
});

describe('an administrator of the configuration', () => {
  const { private: privateKey, public: publicKey } = generateKey();
  const admin = (version: string, profile: string[]) =>
    [
      sampleConfig('branch-07').replace(
        /^#config-version=FGT60F-\d\.\d\.\d/m,
        `#config-version=FGT60F-${version}`,
      ),
      'config system accprofile',
      'edit "reader"',
      'set sysgrp read',
      ...profile,
      'next',
      'end',
    ]
      .join('\n')
      .replace(
        'config system admin\n',
        `config system admin\nedit "bot"\nset accprofile "reader"\nset ssh-public-key1 "${publicKey}"\nnext\n`,
      );

  it.each([
    ['6.2.9', [], 'Unknown action 0', 'config system dns'],
    ['7.2.8', [], 'FORTITOKEN', 'config system dns'],
    ['7.2.8', ['set system-diagnostics disable'], 'Unknown action 0', 'config system dns'],
    ['7.4.8', [], 'Unknown action 0', 'Unknown action 0'],
    ['7.4.8', ['set cli-show enable'], 'Unknown action 0', 'config system dns'],
    ['7.4.8', ['set cli-diagnose enable'], 'FORTITOKEN', 'Unknown action 0'],
  ])(
    '%s with %j signs in with its key and may do what its profile says',
    async (version, profile, diagnosed, shown) => {
      const login = { username: 'bot', privateKey };
      await withShell(
        { configText: admin(version, profile), login },
        async ({ channel, until, simulator }) => {
          await until('fgt-branch-07 $ ');
          channel.write('diagnose fortitoken info\n');
          expect(await until('fgt-branch-07 $ ')).toContain(diagnosed);
          channel.write('show system dns\n');
          expect(await until('fgt-branch-07 $ ')).toContain(shown);
          channel.write('config system global\n');
          expect(await until('fgt-branch-07 $ ')).toContain('Command fail');
          expect(simulator.writes).toEqual([]);
        },
      );
    },
  );
});
