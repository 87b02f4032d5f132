import { describe, expect, it } from 'vitest';
import { accountRecipe } from '../../src/device/account/account-recipe.ts';
import { randomPassword } from '../../src/device/account/random-password.ts';
import { parseVersion } from '../../src/engine/fortios/version.ts';
import { generateKey } from '../../src/stand-ins/fortigate/generate-key.ts';
import { sampleConfig } from '../../src/stand-ins/fortigate/samples.ts';
import type { Simulator } from '../../src/stand-ins/fortigate/start-simulator.ts';
import { isOff, liveCheck } from './live-fixture.ts';

/** Each window takes its second, and on a busy machine everything around it longer. */
const PATIENT = { timeout: 300_000 };

const LOGIN = {
  sslvpn: [
    { text: '[5784:root:d9]sslvpn_authenticate_user:192 authenticate user: [wren]', afterMs: 300 },
    { text: '[5784:root:d9]fam_auth_send_req_internal:514 fnbam_auth return: 7', afterMs: 320 },
  ],
  'ftm-push': [{ text: 'Connecting to server address: 203.0.113.42, port nubmer: 443 oif: 0', afterMs: 340 }],
};

const OPENING = [
  'diagnose debug info',
  'diagnose debug reset',
  'diagnose debug duration 2',
  'diagnose debug console timestamp enable',
  'diagnose debug application fnbamd -1',
  'diagnose debug application sslvpn -1',
  'diagnose debug application ftm-push -1',
  'diagnose debug enable',
];
const CLOSING = [
  'diagnose debug disable',
  'diagnose debug info',
  'diagnose debug reset',
  'diagnose debug info',
];

describe.concurrent('a debug window', PATIENT, () => {
  it('is opened in the order of the recipe, seen, and closed; what was seen is evidence', async () => {
    await liveCheck({ behaviour: { debug: LOGIN } }, (seen) => {
      expect(seen.error).toBeUndefined();
      expect(seen.debugLines).toEqual([...OPENING, ...CLOSING]);
      expect(seen.report).toMatchObject({ state: 'watched', ended: 'time', lines: 3 });
      // More on a busy machine.
      expect(seen.report).toHaveProperty(
        'seconds',
        expect.toSatisfy((seconds: number) => seconds >= 1),
      );
      expect([seen.opened, seen.closed]).toEqual([1, 1]);
      const lines = seen.item?.text.split('\n') ?? [];
      expect(lines.slice(0, 4)).toEqual([
        'diagnose debug application fnbamd -1',
        'diagnose debug application sslvpn -1',
        'diagnose debug application ftm-push -1',
        'diagnose debug enable',
      ]);
      expect(lines.slice(4, -2).map((line) => line.replace(/^[\d-]{10} [\d:]{8} /, '@ '))).toEqual([
        '@ [5784:root:d9]sslvpn_authenticate_user:192 authenticate user: [wren]',
        '@ [5784:root:d9]fam_auth_send_req_internal:514 fnbam_auth return: 7',
        '@ Connecting to server address: 203.0.113.42, port nubmer: 443 oif: 0',
      ]);
      expect(lines.slice(-2)).toEqual(['diagnose debug disable', 'diagnose debug reset']);
      isOff(seen);
    });
  });

  it('comes after everything was read', async () => {
    await liveCheck({}, (seen) => {
      const sent = seen.simulator.commands;
      expect(sent.indexOf('show vpn ipsec phase1-interface')).toBeLessThan(
        sent.indexOf('diagnose debug reset'),
      );
      expect(seen.items.map(({ name }) => name)).toEqual([
        'get system status',
        'show full-configuration vpn ssl settings',
        'show vpn ipsec phase1-interface',
        'live debug',
      ]);
    });
  });

  it('says how much time is left and what was seen', async () => {
    await liveCheck({ behaviour: { debug: LOGIN } }, ({ progress }) => {
      const watching = progress.filter(({ phase }) => phase === 'watching').map(({ live }) => live);
      expect(watching[0]?.remainingMs).toBeGreaterThan(500);
      expect(watching.at(-1)?.lines).toBe(3);
      const left = watching.map((live) => live?.remainingMs ?? 0);
      expect(left).toEqual(left.toSorted((a, b) => b - a));
      expect(progress.at(-1)?.phase).toBe('closing');
    });
  });

  it('ends early once the login was seen', async () => {
    const evaluate = (lines: readonly string[]) => ({ logins: 1, complete: lines.length >= 3 });
    await liveCheck({ behaviour: { debug: LOGIN }, seconds: 60, live: { evaluate } }, (seen) => {
      expect(seen.report).toMatchObject({ state: 'watched', ended: 'login', lines: 3 });
      isOff(seen);
    });
  });

  it('goes on where the end was none', async () => {
    const evaluate = (lines: readonly string[]) => ({
      logins: 1,
      complete: lines.length > 0 && lines.length < 3,
    });
    await liveCheck({ behaviour: { debug: LOGIN }, live: { evaluate } }, (seen) => {
      expect(seen.report).toMatchObject({ ended: 'time', lines: 3 });
      isOff(seen);
    });
  });

  it('keeps the session from the idle logout', async () => {
    await liveCheck({ behaviour: { idleTimeoutMs: 1_500 }, seconds: 3 }, (seen) => {
      expect(seen.report).toMatchObject({ state: 'watched', ended: 'time' });
      expect(seen.item?.text).not.toContain('\b');
      isOff(seen);
    });
  });

  it.each([
    ['IPsec dialup', '    set type dynamic', ['ike', 'eap_proxy']],
    ['a tunnel between sites', '    set type static', []],
  ])('%s: its daemons %#', async (_name, setting, more) => {
    const outputs = {
      'show vpn ipsec phase1-interface': `config vpn ipsec phase1-interface\nedit "p1"\n${setting}\nnext\nend`,
    };
    await liveCheck({ outputs, live: { client: '203.0.113.41' } }, (seen) => {
      const applications = ['fnbamd', 'sslvpn', ...more, 'ftm-push'];
      expect(seen.report).toMatchObject({ applications });
      isOff(seen);
    });
  });

  it('leaves SSL VPN out where it is off, and goes on without a debug that the release does not know', async () => {
    const outputs = {
      'show full-configuration vpn ssl settings': 'config vpn ssl settings\n    set status disable\nend',
    };
    await liveCheck({ outputs, behaviour: { unknownDebug: ['ftm-push'] } }, (seen) => {
      expect(seen.debugLines.filter((line) => line.includes('application'))).toEqual([
        'diagnose debug application fnbamd -1',
        'diagnose debug application ftm-push -1',
      ]);
      // The silence of a daemon whose debug was never on says nothing.
      expect(seen.report).toMatchObject({ state: 'watched', applications: ['fnbamd'] });
      expect(seen.item?.text).not.toContain('ftm-push');
      isOff(seen);
    });
  });

  it('is opened in global where there are VDOMs', async () => {
    await liveCheck(
      { configText: sampleConfig('campus'), behaviour: { debug: LOGIN }, request: { vdom: 'campus' } },
      (seen) => {
        const sent = seen.simulator.commands;
        expect(
          sent.slice(0, sent.indexOf('diagnose debug reset')).findLast((line) => line.startsWith('config')),
        ).toBe('config global');
        expect(seen.report).toMatchObject({ state: 'watched', lines: 3 });
        expect(seen.simulator.vdoms()).toEqual(['root', 'campus', 'guests']);
        isOff(seen);
      },
    );
  });

  it('takes debug lines in the midst of what it types, in pieces of a few bytes', async () => {
    const busy = Array.from({ length: 300 }, (_, index) => ({
      text: `[578] line-${index}`,
      afterMs: 50 + index * 4,
    }));
    await liveCheck({ behaviour: { debug: { fnbamd: busy }, chunkBytes: 7 } }, (seen) => {
      const lines = seen.item?.text.split('\n').filter((line) => line.includes('line-')) ?? [];
      expect(lines.length).toBeGreaterThan(50);
      expect(lines.filter((line) => !/^[\d-]{10} [\d:]{8} \[578\] line-\d+$/.test(line))).toEqual([]);
      isOff(seen);
    });
  });
});

describe.concurrent('somebody else who begins to debug meanwhile', PATIENT, () => {
  const begin = (line: string) => (simulator: Simulator) => void simulator.console().execute(line);

  it('keeps theirs, and the answer says so', async () => {
    const onWatching = begin('diagnose debug application dhcps -1');
    await liveCheck({ behaviour: { debug: LOGIN }, onWatching }, (seen) => {
      expect(seen.report).toMatchObject({ state: 'watched', lines: 3, others: ['dhcps'] });
      expect(seen.simulator.debugOn()).toEqual(['dhcps']);
      expect(seen.debugLines.slice(OPENING.length)).toEqual([
        'diagnose debug disable',
        'diagnose debug info',
        'diagnose debug application fnbamd 0',
        'diagnose debug application sslvpn 0',
        'diagnose debug application ftm-push 0',
        'diagnose debug info',
      ]);
      expect([seen.opened, seen.closed]).toEqual([1, 1]);
      expect(seen.simulator.writes).toEqual([]);
    });
  });

  it.each([
    ['keeps theirs also on a device that takes its time', 60_000, ['dhcps']],
    ['loses theirs on one that takes so long that ours might stay on', 0, []],
  ])('%s', async (_, fast, others) => {
    const pace = { commandDelayMs: 0 };
    const onWatching = (simulator: Simulator) => {
      // Longer than the silence that ends what needs no answer.
      pace.commandDelayMs = 400;
      begin('diagnose debug application dhcps -1')(simulator);
    };
    const timing = { closeWhenLost: 60_000, fast };
    await liveCheck({ behaviour: pace, timing, onWatching }, (seen) => {
      expect(seen.report).toMatchObject({ state: 'watched', ended: 'time' });
      expect(seen.report?.others ?? []).toEqual(others);
      expect(seen.simulator.debugOn()).toEqual(others);
    });
  });

  it('keeps theirs where our session was lost', async () => {
    const onWatching = (simulator: Simulator) => {
      begin('diagnose debug application dhcps -1')(simulator);
      simulator.cutAll();
    };
    await liveCheck({ onWatching, seconds: 60 }, (seen) => {
      expect(seen.report).toMatchObject({ state: 'watched', ended: 'session-lost', others: ['dhcps'] });
      expect(seen.simulator.debugOn()).toEqual(['dhcps']);
    });
  });
});

describe.concurrent('the account that `ftm-check account` prints', PATIENT, () => {
  it.each(['7.2.8', '7.4.8'])('may watch a login on %s', async (release) => {
    const { private: secret, public: publicKey } = generateKey();
    const version = parseVersion(release);
    if (!version) throw new Error('no version');
    const { lines } = accountRecipe({
      version,
      name: 'watcher',
      scope: { kind: 'device' },
      publicKey,
      password: randomPassword(),
      isPasswordNew: true,
      trustedHosts: [],
    });
    const sample = sampleConfig('branch-07').replace(
      /^#config-version=FGT60F-\d\.\d\.\d/m,
      `#config-version=FGT60F-${release}`,
    );
    await liveCheck(
      {
        configText: `${sample}\n${lines.join('\n')}\n`,
        secret,
        device: { username: 'watcher', credential: { kind: 'key', privateKey: { env: 'KEY' } } },
        behaviour: { debug: LOGIN },
      },
      (seen) => {
        expect(seen.error).toBeUndefined();
        expect(seen.report).toMatchObject({ state: 'watched', lines: 3 });
        isOff(seen);
      },
    );
  });
});
