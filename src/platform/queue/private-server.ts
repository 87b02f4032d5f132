import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { access, constants, mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { delimiter, join, resolve } from 'node:path';
import { FtmError } from '../../ftm-error.ts';
import type { Logger } from '../observe/logger.ts';
import { lockFolder } from './folder-lock.ts';
import { pause } from './redis-connection.ts';
import { type ServerSettings, startServerProcess, untilAnswersOn } from './server-process.ts';

const KINDS = ['valkey', 'redis'] as const;

const START_MS = 10_000;
const RESTART_DELAY_MS = 500;
const MIN_UPTIME_MS = 10_000;
const MAX_QUICK_EXITS = 5;

export interface PrivateServer {
  /** Contains a random password: must not be logged. */
  readonly url: string;
  readonly kind: (typeof KINDS)[number];
  stop(): Promise<void>;
}

export interface FoundServer {
  readonly kind: PrivateServer['kind'];
  readonly binary: string;
}

export interface PrivateServerOptions {
  readonly dataFolder: string;
  readonly log: Logger;
  /** Where to look for the binaries, as in PATH. */
  readonly path?: string;
}

/**
 * A private `valkey-server` or `redis-server` on a loopback port, with its append-only file in the data folder; it
 * ends with this process and is restarted if it dies. `undefined` if neither is on PATH.
 */
export async function startPrivateServer(options: PrivateServerOptions): Promise<PrivateServer | undefined> {
  const found = await findServer(options.path ?? process.env.PATH ?? '');
  if (found === undefined) return undefined;
  const dataFolder = resolve(options.dataFolder);
  await makeFolder(dataFolder);
  const settings: ServerSettings = {
    binary: found.binary,
    port: await freePort(),
    password: randomBytes(24).toString('hex'),
    dataFolder,
  };
  const unlock = await lockFolder(dataFolder, settings.port);
  try {
    const keeper = await keepRunning(settings, options.log);
    return {
      url: `redis://:${settings.password}@127.0.0.1:${settings.port}`,
      kind: found.kind,
      async stop() {
        await keeper.stop();
        await unlock();
      },
    };
  } catch (error) {
    await unlock();
    throw error;
  }
}

async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
    await access(path, constants.W_OK);
  } catch (cause) {
    throw new FtmError('ftm_config_invalid', `The folder ${path} (FTM_CHECK_DATA) cannot be written.`, {
      advice: 'Set FTM_CHECK_DATA to a folder only for this user, such as /var/lib/ftm-check.',
      cause,
    });
  }
}

async function keepRunning(settings: ServerSettings, log: Logger): Promise<{ stop(): Promise<void> }> {
  let server = startServerProcess(settings);
  let stopping = false;
  const failed = server.exited.then((printed) => {
    throw didNotStart(settings.binary, printed);
  });
  const up = await Promise.race([untilAnswersOn(settings.port, true, START_MS), failed]);
  failed.catch(() => {});
  if (!up) {
    await server.stop();
    throw didNotStart(settings.binary, 'it did not listen in time');
  }

  async function watch(): Promise<void> {
    let quickExits = 0;
    for (;;) {
      const since = Date.now();
      const printed = await server.exited;
      if (stopping) return;
      quickExits = Date.now() - since < MIN_UPTIME_MS ? quickExits + 1 : 0;
      if (quickExits > MAX_QUICK_EXITS)
        return log.error({ printed }, 'the private server crashes repeatedly: giving up');
      log.warn({ printed }, 'the private server crashed: starting it again');
      await pause(RESTART_DELAY_MS);
      if (stopping) return;
      server = startServerProcess(settings);
    }
  }
  const watching = watch();

  return {
    async stop() {
      stopping = true;
      await server.stop();
      await watching;
    },
  };
}

/** The first binary on this path, Valkey before Redis. */
export async function findServer(path: string): Promise<FoundServer | undefined> {
  for (const kind of KINDS) {
    for (const folder of path.split(delimiter)) {
      const binary = join(folder, `${kind}-server`);
      if (folder !== '' && (await isExecutable(binary))) return { kind, binary };
    }
  }
  return undefined;
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

function didNotStart(binary: string, printed: string): FtmError {
  const last = printed.trim().split('\n').slice(-3).join(' ').slice(0, 400);
  return new FtmError('ftm_queue_unavailable', `${binary} did not start: ${last}`, {
    advice:
      'Set REDIS_URL to use a server that runs elsewhere, or remove the binary from PATH to work without one.',
  });
}
