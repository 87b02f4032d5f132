import { describe, expect, it } from 'vitest';
import { type AccountRequirements, accountRecipe } from '../../src/device/account/account-recipe.ts';
import { randomPassword } from '../../src/device/account/random-password.ts';
import { createCollector } from '../../src/device/create-collector.ts';
import { classifyOutput } from '../../src/engine/fortios/cli-error.ts';
import { type FortiosVersion, parseVersion } from '../../src/engine/fortios/version.ts';
import { generateKey } from '../../src/stand-ins/fortigate/generate-key.ts';
import { sampleConfig } from '../../src/stand-ins/fortigate/samples.ts';
import { type Simulator, startSimulator } from '../../src/stand-ins/fortigate/start-simulator.ts';
import { ALL, deviceAt } from './device-fixture.ts';

const key = generateKey();
const collect = createCollector({ readSecret: () => Promise.resolve(key.private) });
const BEFORE_DIAGNOSE = ['diagnose sys vd list', 'diagnose fortitoken info'];

/** Types the lines into a simulated FortiGate of that release. */
async function withAccount<T>(
  version: string,
  scope: AccountRequirements['scope'],
  use: (simulator: Simulator, password: string, lines: readonly string[]) => Promise<T>,
  isTyped = (_line: string) => true,
  ping = false,
): Promise<T> {
  const simulator = await startSimulator({
    configText: sampleConfig(scope.kind === 'device' ? 'branch-07' : 'campus'),
    version,
  });
  try {
    const password = randomPassword();
    const { lines } = accountRecipe({
      version: parseVersion(version) as FortiosVersion,
      name: 'ftm-bot',
      scope,
      publicKey: key.public,
      password,
      isPasswordNew: true,
      trustedHosts: [{ family: 4, address: '127.0.0.0', mask: '255.0.0.0' }],
      ping,
    });
    const cli = simulator.console();
    const typed = lines.filter(isTyped);
    for (const line of typed) {
      expect([line, classifyOutput(cli.execute(line).lines)]).toEqual([line, undefined]);
    }
    return await use(simulator, password, typed);
  } finally {
    await simulator.close();
  }
}

function checkWith(version: string, scope: AccountRequirements['scope']) {
  return withAccount(version, scope, async (simulator) => {
    const typed = simulator.writes.length;
    const device = deviceAt(simulator, {
      username: 'ftm-bot',
      credential: { kind: 'key', privateKey: { env: 'KEY' } },
      ...(scope.kind === 'device' ? {} : { vdom: 'campus' }),
    });
    const items = await collect({ device, commands: ALL });
    expect(simulator.writes.slice(typed)).toEqual([]);
    return items.filter(({ failure }) => failure).map(({ command }) => command);
  });
}

/** Whether the device lets the new administrator in with this password. */
async function entersWith(simulator: Simulator, password: string): Promise<boolean> {
  const signIn = createCollector({ readSecret: () => Promise.resolve(password) });
  try {
    await signIn({ device: deviceAt(simulator, { username: 'ftm-bot' }), commands: [] });
    return true;
  } catch (error) {
    expect(error).toMatchObject({ code: 'ftm_device_auth_failed' });
    return false;
  }
}

describe('the printed account, typed into a device and used', () => {
  it.each(['6.4.9', '7.0.12', '7.2.8', '7.4.1', '7.4.2', '7.4.8', '7.6.3'])(
    'reads all of a FortiOS %s without VDOMs, and of one with them',
    async (version) => {
      expect(await checkWith(version, { kind: 'device' })).toEqual([]);
      expect(await checkWith(version, { kind: 'all-vdoms' })).toEqual([]);
    },
  );

  it.each(['6.0.9', '6.2.10'])(
    'on %s reads all but what takes diagnose, as its note says',
    async (version) => {
      expect(await checkWith(version, { kind: 'device' })).toEqual(BEFORE_DIAGNOSE);
      expect(await checkWith(version, { kind: 'all-vdoms' })).toEqual(BEFORE_DIAGNOSE);
    },
  );

  it.each<readonly [string, boolean, string | undefined]>([
    ['6.4.9', false, undefined],
    ['7.4.1', false, undefined],
    ['7.4.2', false, 'not-permitted'],
    ['7.4.2', true, undefined],
    ['7.6.3', true, undefined],
  ])('on %s may ping, printed with --ping: %s', async (version, ping, expected) => {
    const use = async (simulator: Simulator) => {
      const device = deviceAt(simulator, {
        username: 'ftm-bot',
        credential: { kind: 'key', privateKey: { env: 'KEY' } },
      });
      const items = await collect({ device, commands: ['ping-push-server'] });
      expect(items.map(({ failure }) => failure?.kind)).toEqual([undefined, expected]);
      if (expected) expect(items[1]?.failure?.reason).toContain('`set cli-exec enable`');
    };
    await withAccount(version, { kind: 'device' }, use, undefined, ping);
  });

  it.each(['7.2.8', '7.4.8'])('of one VDOM on %s reads that one, and nothing global', async (version) => {
    const failed = await checkWith(version, { kind: 'vdom', vdom: 'campus' });
    expect(failed).toContain('show full-configuration system ftm-push');
    expect(failed).not.toContain('show user local');
    expect(failed).not.toContain('diagnose fortitoken info');
  });

  it.each(['6.2.16', '6.4.9', '7.0.12', '7.2.8', '7.4.8', '7.6.3'])(
    'has a password on FortiOS %s; without that line, an empty one would do',
    async (version) => {
      const scope = { kind: 'device' } as const;
      await withAccount(version, scope, async (simulator, password) => {
        expect(await entersWith(simulator, '')).toBe(false);
        expect(await entersWith(simulator, password)).toBe(true);
      });
      const isOther = (line: string) => !line.includes('set password');
      await withAccount(
        version,
        scope,
        async (simulator) => expect(await entersWith(simulator, '')).toBe(true),
        isOther,
      );
    },
  );
});
