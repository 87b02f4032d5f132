import { createNotifyOps, createOpsPost, type OpsClient } from '../bot/monitoring/notify-ops.ts';
import {
  createSelfCheckWorker,
  monitorSelfChecks,
  type SelfCheckMonitorOptions,
  type SelfCheckTarget,
} from '../bot/monitoring/self-check.ts';
import { createCollector } from '../device/create-collector.ts';
import { parseInventory } from '../platform/config/inventory.ts';
import type { Config, Role } from '../platform/config/load-config.ts';
import type { Dependencies } from '../platform/dependencies.ts';
import type { Backend } from '../platform/queue/open-backend.ts';
import type { SelfCheckJob } from '../platform/runs/queue-job.ts';
import { sampleConfig } from '../stand-ins/fortigate/samples.ts';
import { SIMULATED_USER, startSimulator } from '../stand-ins/fortigate/start-simulator.ts';

export interface SelfChecksOptions extends Pick<Dependencies, 'metrics' | 'logger'> {
  readonly config: Pick<Config, 'selfCheckMs' | 'opsChannel' | 'opsTeam'>;
  readonly role: Role;
  readonly backend: Pick<Backend, 'queue' | 'records'>;
  readonly timing?: Pick<SelfCheckMonitorOptions, 'timeoutMs' | 'pollIntervalMs'>;
  readonly client: (team: string | undefined) => OpsClient;
}

/** Periodic check of a simulated device, from the queue to the diagnosis. */
export function createSelfChecks(options: SelfChecksOptions) {
  const { config, role, metrics, logger } = options;
  const { queue, records } = options.backend;
  const shared = { records, metrics, logger, now: Date.now };
  const intervalMs = config.selfCheckMs;
  const work = createSelfCheckWorker({ ...shared, openTarget: openSimulatedDevice });
  let watch: ReturnType<typeof monitorSelfChecks> | undefined;

  const post = createOpsPost(config, options.client);
  const notifyOps = post && createNotifyOps({ records, now: Date.now, post });

  return {
    work: (job: SelfCheckJob) => work.work(job),
    checks: [
      ...(role === 'bot' ? [] : [{ name: 'self-check', check: () => work.state() }]),
      // Not a readiness check: a bot that stops accepting because no worker is running would make it worse.
      ...(role === 'worker' || intervalMs === 0
        ? []
        : [
            {
              name: 'end-to-end',
              isAdvice: true,
              check: async () => (await watch?.state()) ?? 'not checked yet',
            },
          ]),
    ],
    start() {
      if (intervalMs === 0) return;
      if (role !== 'bot') void work.check();
      if (role !== 'worker')
        watch = monitorSelfChecks({ ...shared, ...options.timing, queue, intervalMs, notifyOps });
    },
    stop: () => watch?.stop(),
  };
}

/** Starts the simulated device on this machine for one check. Its password is not a secret. */
async function openSimulatedDevice(): Promise<SelfCheckTarget> {
  const simulator = await startSimulator({ configText: sampleConfig('branch-07') });
  const alias = 'look-alike';
  const inventory = parseInventory(
    JSON.stringify({
      devices: {
        [alias]: {
          address: '127.0.0.1',
          port: simulator.port,
          username: SIMULATED_USER.name,
          password: { env: 'NONE' },
          hostKeys: simulator.fingerprints,
        },
      },
    }),
    'the simulated device',
  );
  return {
    alias,
    inventory,
    collect: createCollector({ readSecret: async () => SIMULATED_USER.password }),
    expects: 'admin-trusthost-blocks-callback',
    [Symbol.asyncDispose]: () => simulator.close(),
  };
}
