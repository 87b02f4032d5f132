import { expect, it } from 'vitest';
import { check, failedCheck } from './device-fixture.ts';
import { configurationOf, MB } from './long-configuration.ts';

it('more than one command may print is an error at the status, where nothing was read', async () => {
  const simulator = { outputs: { 'get system status': configurationOf(17 * MB) } };
  const { error, leftOpen } = await failedCheck(simulator);
  expect(error).toMatchObject({
    code: 'ftm_device_flood',
    advice: expect.stringContaining('Look at the output by hand'),
  });
  expect(leftOpen).toBe(0);
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
