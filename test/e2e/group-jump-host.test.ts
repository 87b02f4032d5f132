import { expect, it } from 'vitest';
import type { Run } from '../../src/platform/runs/run.ts';
import { startBastion } from '../device/bastion.ts';
import { until } from '../support/until.ts';
import { ANA, startTestSystem } from './test-system.ts';

const JUMP = 'jump-branches';
const DEVICES = Array.from({ length: 10 }, (_, index) => `fgt-b${index}`);

it('a group behind a jump host is read whole, through at most four connections at the same time', async () => {
  await using bastion = await startBastion(JUMP);
  const { port: jumpPort, hostKeys: jumpKeys } = bastion.jump;
  await using system = await startTestSystem({
    concurrency: 8,
    inventoryLines: `groups:
  branches: { jump: ${JUMP} }
jumpHosts:
  ${JUMP}: { address: 127.0.0.1, port: ${jumpPort}, username: jump, password: { env: JUMP_PASSWORD }, hostKeys: ${JSON.stringify(jumpKeys)} }`,
    env: { JUMP_PASSWORD: `${JUMP}-secret` },
    inventoryDevices: (port, hostKeys) =>
      DEVICES.map(
        (alias) =>
          `  ${alias}: { address: 127.0.0.1, port: ${port}, groups: [branches], hostKeys: ${JSON.stringify(hostKeys)} }`,
      ).join('\n'),
  });
  await system.check('group:branches');
  let run: Run | undefined;
  await until(async () => {
    run = (await system.backend.runs.byAsker(ANA, 20)).find(({ kind }) => kind === 'group');
    return run?.answeredAt !== undefined;
  }, 'the group is answered');
  expect(run?.outcome).toEqual({ kind: 'group', headline: '10 devices: 10 broken' });
  expect(bastion.logins()).toBe(DEVICES.length);
  // All eight jobs would open one each.
  expect(bastion.mostOpen()).toBe(4);
});
