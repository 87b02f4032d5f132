import { describe, expect, it } from 'vitest';
import { check } from './device-fixture.ts';
import { configurationOf, MB } from './long-configuration.ts';

describe('more than one command may print', () => {
  const dns = 'show system dns';

  it('ends the session, and what was read before is the answer', async () => {
    const request = { commands: ['interfaces', 'dns', 'ddns'] as const };
    const outputs = { [dns]: configurationOf(17 * MB) };
    await check({ outputs, request }, ({ items, item, simulator }) => {
      expect(items).toHaveLength(4);
      expect(item('show system interface')?.failure).toBeUndefined();
      for (const command of [dns, 'show system ddns']) {
        expect(item(command)).toMatchObject({
          text: '',
          failure: {
            kind: 'not-run',
            reason: expect.stringMatching(/^fgt-test printed more than 16 MB for one command\./),
          },
        });
      }
      expect(simulator.commands).not.toContain('show system ddns');
    });
  });

  it('is less where the lines are short', async () => {
    const outputs = { [dns]: '\n'.repeat(MB) };
    await check({ outputs, request: { commands: ['dns'] } }, ({ item }) => {
      expect(item(dns)?.failure?.reason).toContain('more than 16 MB');
    });
  });
});
