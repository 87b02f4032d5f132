import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { accountRecipe } from '../../../src/device/account/account-recipe.ts';
import { createCollector } from '../../../src/device/create-collector.ts';
import { versionLiteral } from '../../../src/engine/fortios/version.ts';
import { sampleConfig } from '../../../src/stand-ins/fortigate/samples.ts';
import { startSimulator } from '../../../src/stand-ins/fortigate/start-simulator.ts';
import { ALL, deviceAt } from '../device-fixture.ts';

const PAGE = new URL('../../../docs/reference/on-your-fortigate.md', import.meta.url);
const PASSWORD = 'Long-password-of-the-bot-4711';

/** The lines that the page says remove the account. */
function removalLines(): readonly string[] {
  const [, part = ''] = readFileSync(PAGE, 'utf8').split('## Remove it');
  const [, block = ''] = part.split('```');
  return block
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

describe('account, check and removal', () => {
  it.each(['branch-07', 'campus'] as const)('leave the configuration as it was: %s', async (sample) => {
    const simulator = await startSimulator({ configText: sampleConfig(sample), version: '7.4.8', users: [] });
    try {
      const cli = simulator.console();
      const isMulti = sample === 'campus';
      const type = (lines: readonly string[]) => lines.flatMap((line) => cli.execute(line).lines);
      const global = (lines: readonly string[]) => type(isMulti ? ['config global', ...lines, 'end'] : lines);
      const shown = () => global(['show']).join('\n');
      const before = shown();
      const { lines } = accountRecipe({
        version: versionLiteral('7.4.8'),
        name: 'ftm-check',
        scope: { kind: isMulti ? 'all-vdoms' : 'device' },
        password: PASSWORD,
        isPasswordNew: true,
        trustedHosts: [{ family: 4, address: '127.0.0.1', mask: '255.255.255.255' }],
      });
      type(lines);
      expect(shown()).not.toBe(before);
      const written = simulator.writes.length;
      const collect = createCollector({ readSecret: () => Promise.resolve(PASSWORD) });
      const credential = { kind: 'password', password: { env: 'P' } } as const;
      const device = deviceAt(simulator, { username: 'ftm-check', credential });
      const items = await collect({ device, commands: ALL });
      expect(items.filter(({ failure }) => failure)).toEqual([]);
      expect(simulator.writes.length).toBe(written);
      global(removalLines());
      expect(shown()).toBe(before);
      expect(simulator.debugOn()).toEqual([]);
    } finally {
      await simulator.close();
    }
  });
});
