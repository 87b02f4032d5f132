import { once } from 'node:events';
import { createApp } from '../../app.ts';
import type { Role } from '../../config/config.ts';
import { loadInventory } from '../../config/inventory.ts';
import { loadConfig } from '../../config/load-config.ts';
import { createLogger } from '../../observe/logger.ts';
import { openBackend } from '../../queue/open-backend.ts';
import type { RunJob, RunOutcome } from '../../runs/run.ts';
import { EXIT } from '../exit-status.ts';
import type { Io } from '../io.ts';

/** Below the 30 s that Kubernetes and systemd give by default. */
const DRAIN_MS = 20_000;

export async function serve({ role }: { readonly role: Role }, io: Io): Promise<number> {
  const config = loadConfig(io.env, role);
  const inventory = await loadInventory(config.inventoryPath);
  const logger = createLogger({ level: config.logLevel });
  const backend = await openBackend<RunJob, RunOutcome>({
    ...(config.redisUrl === undefined ? {} : { redisUrl: config.redisUrl }),
    dataFolder: config.dataDir,
    log: logger,
  });
  logger.info({ backend: backend.kind }, backend.sentence);
  const app = createApp({ config, role, inventory, backend, logger, env: io.env });
  try {
    const { port } = await app.start();
    logger.info({ role, mode: config.slack.mode, devices: inventory.devices.size, port }, 'ready');
    if (!io.signal.aborted) await once(io.signal, 'abort');
    logger.info({ drainMs: DRAIN_MS }, 'stopping: no new requests, running ones may finish');
  } finally {
    await app.stop(DRAIN_MS);
  }
  return EXIT.healthy;
}
