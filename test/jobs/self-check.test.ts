import { expect, it } from 'vitest';
import { parseInventory } from '../../src/config/inventory.ts';
import { createCollector } from '../../src/device/create-collector.ts';
import { type SelfCheckTarget, startSelfCheck } from '../../src/jobs/self-check.ts';
import { silentLogger } from '../../src/observe/logger.ts';
import { createMetrics } from '../../src/observe/metrics.ts';
import { sampleConfig } from '../../src/simulator/samples.ts';
import { SIMULATED_USER, startSimulator } from '../../src/simulator/start-simulator.ts';

async function target(
  sample: 'branch-07' | 'campus',
  password = SIMULATED_USER.password,
): Promise<SelfCheckTarget> {
  const simulator = await startSimulator({ configText: sampleConfig(sample) });
  return {
    alias: 'x',
    inventory: parseInventory(
      `devices: { x: { address: 127.0.0.1, port: ${simulator.port}, username: ${SIMULATED_USER.name}, password: { env: P }, hostKeys: ["${simulator.fingerprints[0]}"] } }`,
      'x',
    ),
    collect: createCollector({ readSecret: async () => password }),
    expects: 'admin-trusthost-blocks-callback',
    [Symbol.asyncDispose]: () => simulator.close(),
  };
}

it('is well while the fault is found, unwell when it is not, and well again', async () => {
  const metrics = createMetrics();
  let openTarget = () => target('branch-07');
  const selfCheck = startSelfCheck({
    everyMs: 3_600_000,
    openTarget: () => openTarget(),
    logger: silentLogger,
    metrics,
    now: Date.now,
  });
  try {
    await selfCheck.run();
    expect(await selfCheck.state()).toMatch(/^well/);
    expect(await metrics.text()).toContain('ftm_check_self_check_ok 1');

    openTarget = () => target('campus');
    await selfCheck.run();
    await expect(selfCheck.state()).rejects.toThrow(/its fault .* was not found/);
    expect(await metrics.text()).toContain('ftm_check_self_check_ok 0');

    openTarget = () => target('branch-07', 'wrong');
    await selfCheck.run();
    await expect(selfCheck.state()).rejects.toThrow(/did not accept/);

    openTarget = () => target('branch-07');
    await selfCheck.run();
    expect(await selfCheck.state()).toMatch(/^well/);
  } finally {
    selfCheck.stop();
  }
});
