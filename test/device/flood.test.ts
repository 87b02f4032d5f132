import { describe, expect, it } from 'vitest';
import { check, failedCheck } from './device-fixture.ts';
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

  it('begins at the status, where nothing was read', async () => {
    const simulator = { outputs: { 'get system status': configurationOf(17 * MB) } };
    const { error, leftOpen } = await failedCheck(simulator);
    expect(error).toMatchObject({
      code: 'ftm_device_flood',
      advice: expect.stringContaining('Look at the output by hand'),
    });
    expect(leftOpen).toBe(0);
  });
});

it('more than a session may read ends it, though no command printed too much', async () => {
  const commands = [
    'dns',
    'ddns',
    'fortiguard',
    'central-management',
    'admin-profiles',
    'administrators',
  ] as const;
  const outputs = Object.fromEntries(
    ['dns', 'ddns', 'fortiguard', 'central-management', 'accprofile'].map((name) => [
      `show system ${name}`,
      configurationOf(10 * MB),
    ]),
  );
  const twice = {
    ...outputs,
    'show system interface': configurationOf(10 * MB),
    'show system admin': configurationOf(10 * MB),
  };
  await check({ outputs: twice, request: { commands: ['interfaces', ...commands] } }, ({ items }) => {
    const reasons = items.map(({ failure }) => failure?.reason);
    expect(reasons.slice(0, 5)).toEqual(Array(5).fill(undefined));
    expect(reasons.at(-1)).toMatch(/^fgt-test sent more than 64 MB in one session\./);
  });
});
