import { createApp, type FtmCheckApp } from '../../app/create-app.ts';
import { useProxy } from '../../bot/http/use-proxy.ts';
import { FtmError } from '../../engine/ftm-error.ts';
import { openAuditTarget } from '../../platform/audit/file-sink.ts';
import { parseInventory, readInventory } from '../../platform/config/inventory.ts';
import { loadConfig, type Role } from '../../platform/config/load-config.ts';
import { createLogger } from '../../platform/observe/create-logger.ts';
import { openBackend } from '../../platform/queue/open-backend.ts';
import { EXIT } from '../process/exit-status.ts';
import { scavengeWhileMarking } from '../process/scavenge-while-marking.ts';
import { type Io, untilAborted } from '../terminal/io.ts';

export async function serve({ role }: { readonly role: Role }, io: Io): Promise<number> {
  scavengeWhileMarking();
  const config = loadConfig(io.env, role);
  const path = config.inventoryPath;
  const inventoryText = await readInventory(path);
  const inventory = parseInventory(inventoryText, path, { teams: config.slack.install?.teams });
  const logger = createLogger({ level: config.logLevel });
  for (const note of inventory.sshConfigNotes ?? []) logger.warn({ note }, 'SSH configuration');
  const backend = await openBackend({ redis: config.redis, log: logger });
  // A started server would keep the process alive after an error.
  await using opened = new AsyncDisposableStack();
  opened.defer(() => backend.close(0));
  logger[backend.kind === 'redis' ? 'info' : 'warn']({ backend: backend.kind }, backend.sentence);
  const dispatcher = useProxy(config.proxy);
  const audit = openAuditTarget(config.audit, Date.now);
  const { env } = io;
  const parts = { config, role, inventory, inventoryText, backend, logger, env, dispatcher, audit };
  const app = createApp({ ...parts, operate: true });
  opened.move();
  io.onHangup?.(() => void app.reload());
  const stopped = untilAborted(io.signal);
  const { drainMs } = config;
  try {
    const running = start(app, config.port).then(({ port, internalPort }) => {
      const { mode } = config.slack;
      logger.info({ role, mode, devices: inventory.devices.size, port, internalPort }, 'ready');
      return stopped;
    });
    // Socket Mode waits for an unavailable Slack without limit: signals must be handled meanwhile.
    await Promise.race([running, stopped]);
    logger.info({ drainMs }, 'stopping: no new requests, running ones may finish');
  } finally {
    await app.stop(drainMs);
  }
  return EXIT.healthy;
}

async function start(app: FtmCheckApp, port: number): ReturnType<FtmCheckApp['start']> {
  try {
    return await app.start();
  } catch (cause) {
    if (!(cause instanceof Error && 'syscall' in cause && cause.syscall === 'listen')) throw cause;
    const isTaken = 'code' in cause && cause.code === 'EADDRINUSE';
    const what = isTaken ? 'A port is in use' : 'A port cannot be opened';
    throw new FtmError('ftm_config_invalid', `${what}: ${port} (PORT), or FTM_CHECK_INTERNAL_PORT.`, {
      advice: 'Set PORT (such as 3000) or FTM_CHECK_INTERNAL_PORT (such as 9464) to another one.',
      cause,
    });
  }
}
