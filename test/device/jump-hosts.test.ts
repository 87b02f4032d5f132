import { describe, expect, it } from 'vitest';
import { createCollector } from '../../src/device/create-collector.ts';
import { scanHostKeys } from '../../src/device/transport/scan-host-keys.ts';
import { generateKey } from '../../src/stand-ins/fortigate/generate-key.ts';
import { sampleConfig } from '../../src/stand-ins/fortigate/samples.ts';
import {
  SIMULATED_USER,
  type Simulator,
  startSimulator,
} from '../../src/stand-ins/fortigate/start-simulator.ts';
import { until } from '../support/until.ts';
import { type BastionOptions, startBastion } from './bastion.ts';
import { deviceAt, LONG_TIMEOUTS } from './device-fixture.ts';

const collect = createCollector({
  readSecret: (ref) =>
    Promise.resolve('env' in ref && ref.env !== 'PASSWORD' ? `${ref.env}-secret` : SIMULATED_USER.password),
});

async function simulated(work: (simulator: Simulator) => Promise<void>): Promise<void> {
  const simulator = await startSimulator({ configText: sampleConfig('branch-07') });
  try {
    await work(simulator);
    await until(() => simulator.openConnections() === 0, 'every connection to the device is closed');
  } finally {
    await simulator.close();
  }
}

/** Waits for the other ends to notice that their peers are gone, which a busy machine delays. */
async function allLeft(...bastions: readonly { readonly open: () => number }[]): Promise<void> {
  await until(() => bastions.every(({ open }) => open() === 0), 'every connection to a jump host is closed');
}

async function cutOnceSignedIn(bastion: Awaited<ReturnType<typeof startBastion>>): Promise<void> {
  while (bastion.logins() === 0) await new Promise((resolve) => setImmediate(resolve));
  bastion.cut();
}

const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (reason: unknown) => reason,
  );

describe('jump hosts', () => {
  it('lead to a device in a chain, each with its own key and secret', async () => {
    await using outer = await startBastion('outer');
    await using inner = await startBastion('inner');
    await simulated(async (simulator) => {
      const device = deviceAt(simulator, { jumps: [outer.jump, inner.jump] });
      const items = await collect({ device, commands: ['dns', 'ftm-push'] });
      expect(items.filter(({ failure }) => failure)).toEqual([]);
      expect(items).toHaveLength(3);
      await allLeft(outer, inner);
      expect([outer.logins(), inner.logins()]).toEqual([1, 1]);
    });
  });

  it('with an unknown key are not signed in to, and nothing behind them is reached', async () => {
    await using outer = await startBastion('outer');
    await using inner = await startBastion('inner');
    await simulated(async (simulator) => {
      const jumps = [outer.jump, { ...inner.jump, hostKeys: [generateKey().public] }];
      const error = await failureOf(collect({ device: deviceAt(simulator, { jumps }), commands: ['dns'] }));
      expect(error).toMatchObject({
        code: 'ftm_host_key_changed',
        message: expect.stringContaining('inner'),
      });
      expect(inner.logins()).toBe(0);
      await allLeft(outer, inner);
    });
  });

  it('do not make up for the unknown key of the device', async () => {
    await using outer = await startBastion('outer');
    await simulated(async (simulator) => {
      const device = deviceAt(simulator, { jumps: [outer.jump], hostKeys: [] });
      const error = await failureOf(collect({ device, commands: ['dns'] }));
      expect(error).toMatchObject({ code: 'ftm_host_key_unknown' });
      expect(error).toHaveProperty('advice', expect.stringContaining(simulator.hostKeyLines[0] ?? ''));
      await allLeft(outer);
    });
  });

  it('are gone through to look at host keys as well', async () => {
    await using outer = await startBastion('outer');
    await simulated(async (simulator) => {
      const { keys } = await scanHostKeys({
        device: deviceAt(simulator, { jumps: [outer.jump] }),
        readSecret: () => Promise.resolve('outer-secret'),
        signal: new AbortController().signal,
      });
      expect(keys.map(({ line, status }) => [line, status])).toEqual([[simulator.hostKeyLines[0], 'pinned']]);
      expect(simulator.refusedLogins()).toBe(0);
      await allLeft(outer);
    });
  });

  it('that refuse the secret are named', async () => {
    await using outer = await startBastion('outer');
    await simulated(async (simulator) => {
      const jumps = [{ ...outer.jump, credential: { kind: 'password', password: { env: 'x' } } as const }];
      const error = await failureOf(collect({ device: deviceAt(simulator, { jumps }), commands: ['dns'] }));
      expect(error).toMatchObject({
        code: 'ftm_device_auth_failed',
        message: expect.stringContaining('outer'),
      });
    });
  });

  it.each<[string, BastionOptions, number, string]>([
    ['do not forward', { forwards: 'refused' }, 60_000, 'ftm_device_unreachable'],
    ['never answer to a forward', { forwards: 'never' }, 300, 'ftm_device_timeout'],
    ['say nothing', { silent: true }, 300, 'ftm_device_timeout'],
  ])('that %s end in a typed error', async (_, options, connect, code) => {
    await using outer = await startBastion('outer', options);
    await simulated(async (simulator) => {
      const jumps = [{ ...outer.jump, timeouts: { connect } }];
      const device = deviceAt(simulator, { jumps, timeouts: { ...LONG_TIMEOUTS, connect } });
      expect(await failureOf(collect({ device, commands: ['dns'] }))).toMatchObject({ code });
      await allLeft(outer);
    });
  });

  it('may take longer than the device, each with a time of its own', async () => {
    await using outer = await startBastion('outer', { silent: true });
    await simulated(async (simulator) => {
      const jumps = [{ ...outer.jump, timeouts: { connect: 200 } }];
      const error = await failureOf(collect({ device: deviceAt(simulator, { jumps }), commands: ['dns'] }));
      expect(error).toHaveProperty('message', 'outer gave no answer within 0.2 s.');
    });
  });

  it.each([0, 1, 2, 3])(
    'that vanish at step %i are a lost connection, which keeps what was read',
    async (step) => {
      await using outer = await startBastion('outer');
      await simulated(async (simulator) => {
        const outcome: unknown = await collect({
          device: deviceAt(simulator, { jumps: [outer.jump] }),
          commands: ['dns', 'ftm-push'],
          onProgress: (progress) => {
            if (progress.step !== step) return;
            // The first step is told of before anything connects.
            if (step === 0) void cutOnceSignedIn(outer);
            else outer.cut();
          },
        }).catch((error: unknown) => error);
        // The status decides what the rest means: without it there is no answer.
        if (step < 2) expect(outcome).toMatchObject({ code: 'ftm_device_unreachable', retryable: true });
        else
          expect(outcome).toMatchObject([
            { command: 'get system status' },
            {},
            { failure: { kind: 'not-run' } },
          ]);
      });
    },
  );

  it('are left when the check is cancelled', async () => {
    await using outer = await startBastion('outer');
    await simulated(async (simulator) => {
      const controller = new AbortController();
      const error = await failureOf(
        collect({
          device: deviceAt(simulator, { jumps: [outer.jump] }),
          commands: ['dns'],
          signal: controller.signal,
          onProgress: ({ step }) => {
            if (step === 2) controller.abort();
          },
        }),
      );
      expect(error).toMatchObject({ code: 'ftm_cancelled' });
      await allLeft(outer);
    });
  });
});
