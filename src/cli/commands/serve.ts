import { createApp, type FtmCheckApp } from '../../app.ts';
import type { Role } from '../../config/config.ts';
import { loadInventory } from '../../config/inventory.ts';
import { loadConfig } from '../../config/load-config.ts';
import { FtmError } from '../../ftm-error.ts';
import { createLogger } from '../../observe/logger.ts';
import { openBackend } from '../../queue/open-backend.ts';
import type { RunJob, RunOutcome } from '../../runs/run.ts';
import { EXIT } from '../exit-status.ts';
import { aborted, type Io } from '../io.ts';

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
  const stopped = aborted(io.signal);
  try {
    const running = start(app, config.port).then(({ port }) => {
      logger.info({ role, mode: config.slack.mode, devices: inventory.devices.size, port }, 'ready');
      return stopped;
    });
    // Socket Mode waits for a Slack that is away as long as it takes: a signal must be heard meanwhile.
    await Promise.race([running, stopped]);
    logger.info({ drainMs: DRAIN_MS }, 'stopping: no new requests, running ones may finish');
  } finally {
    await app.stop(DRAIN_MS);
  }
  return EXIT.healthy;
}

async function start(app: FtmCheckApp, port: number): Promise<{ readonly port?: number }> {
  try {
    return await app.start();
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE')) throw cause;
    throw new FtmError('ftm_config_invalid', `Port ${port} is in use.`, {
      advice: 'Set PORT to another one, or stop what listens there.',
      cause,
    });
  }
}
