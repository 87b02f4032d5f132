import { describe, expect, it } from 'vitest';
import { type AccountWish, accountRecipe } from '../../src/device/account-recipe.ts';
import { createCollector } from '../../src/device/create-collector.ts';
import { classifyOutput } from '../../src/fortios/cli-error.ts';
import { type FortiosVersion, parseVersion } from '../../src/fortios/version.ts';
import { generateKey } from '../../src/simulator/generate-key.ts';
import { sampleConfig } from '../../src/simulator/samples.ts';
import { startSimulator } from '../../src/simulator/start-simulator.ts';
import { ALL, deviceAt } from './device-fixture.ts';

const key = generateKey();
const collect = createCollector({ readSecret: () => Promise.resolve(key.private) });
const BEFORE_DIAGNOSE = ['diagnose sys vd list', 'diagnose fortitoken info'];

/** Types the lines into a look-alike of that release, and reads it as the new administrator. */
async function checkWith(version: string, scope: AccountWish['scope']) {
  const simulator = await startSimulator({
    configText: sampleConfig(scope.kind === 'device' ? 'branch-07' : 'campus'),
    version,
  });
  try {
    const { lines } = accountRecipe({
      version: parseVersion(version) as FortiosVersion,
      name: 'ftm-bot',
      scope,
      publicKey: key.public,
      trustedHosts: [{ family: 4, address: '127.0.0.0', mask: '255.0.0.0' }],
    });
    const cli = simulator.console();
    for (const line of lines) {
      expect([line, classifyOutput(cli.execute(line).lines)]).toEqual([line, undefined]);
    }
    const typed = simulator.writes.length;
    const device = deviceAt(simulator, {
      username: 'ftm-bot',
      credential: { kind: 'key', privateKey: { env: 'KEY' } },
      ...(scope.kind === 'device' ? {} : { vdom: 'campus' }),
    });
    const items = await collect({ device, commands: ALL });
    expect(simulator.writes.slice(typed)).toEqual([]);
    return items.filter(({ failure }) => failure).map(({ command }) => command);
  } finally {
    await simulator.close();
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

  it.each(['7.2.8', '7.4.8'])('of one VDOM on %s reads that one, and nothing global', async (version) => {
    const failed = await checkWith(version, { kind: 'vdom', vdom: 'campus' });
    expect(failed).toContain('show full-configuration system ftm-push');
    expect(failed).not.toContain('show user local');
    expect(failed).not.toContain('diagnose fortitoken info');
  });
});
