import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { RedisSettings } from '../src/platform/config/redis-address.ts';
import {
  type ServerProcess,
  startServerProcess,
  untilAnswersOn,
} from '../src/stand-ins/redis/server-process.ts';
import { findServer, freePort } from '../src/stand-ins/redis/throw-away-server.ts';
import { serverPid } from '../test/support/redis.ts';

export interface ChaosRedis extends AsyncDisposable {
  readonly settings: RedisSettings;
  readonly dataFolders: readonly string[];
  /** Whether the data folder is a small disk of its own, so that it can be filled. */
  readonly hasOwnDisk: boolean;
  /** Whether another server can take over. */
  readonly hasReplica: boolean;
  restart(): Promise<void>;
  kill(downMs: number): Promise<void>;
  freeze(ms: number): Promise<void>;
  fillDisk(ms: number): Promise<void>;
  /** The primary is gone until another one has taken over, and comes back as its replica. */
  failOver(how: 'kill' | 'freeze'): Promise<void>;
  loseReplica(ms: number): Promise<void>;
}

export const DISK_MB = 384;
const run = promisify(execFile);

/** One server, run as the product runs its private one. Undefined where there is none on PATH. */
export async function startSingleRedis(): Promise<ChaosRedis | undefined> {
  const found = await findServer(process.env.PATH ?? '');
  if (found === undefined) return undefined;
  const dataFolder = await mkdtemp(join(tmpdir(), 'ftm-chaos-redis-'));
  const hasOwnDisk = await run('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MB}m`, 'tmpfs', dataFolder]).then(
    () => true,
    () => false,
  );
  const settings = { binary: found.binary, port: await freePort(), password: 'for-chaos', dataFolder };
  const url = `redis://:${settings.password}@127.0.0.1:${settings.port}`;
  let server: ServerProcess;
  let isUp = false;

  async function start(): Promise<void> {
    server = startServerProcess(settings);
    void server.exited.finally(() => {
      isUp = false;
    });
    if (!(await untilAnswersOn(settings.port, true, 15_000))) throw new Error('the server did not start');
    isUp = true;
  }
  async function signal(name: NodeJS.Signals): Promise<number> {
    const pid = await serverPid(url);
    process.kill(pid, name);
    return pid;
  }

  const unmount = (): void => void spawnSync('umount', ['-l', dataFolder]);
  if (hasOwnDisk) process.once('exit', unmount);
  await start();
  return {
    settings: { url },
    dataFolders: [dataFolder],
    hasOwnDisk,
    hasReplica: false,
    async restart() {
      await server.stop();
      await start();
    },
    async kill(downMs) {
      await signal('SIGKILL');
      await server.exited;
      await sleep(downMs);
      await start();
    },
    async freeze(ms) {
      const pid = await signal('SIGSTOP');
      await sleep(ms);
      process.kill(pid, 'SIGCONT');
    },
    async fillDisk(ms) {
      const filler = join(dataFolder, 'filler');
      await writeFile(filler, Buffer.alloc((DISK_MB + 16) * 1024 * 1024)).catch(() => {});
      await sleep(ms);
      await rm(filler, { force: true });
      // With `appendfsync always` a server that cannot write ends rather than promise what it cannot keep.
      if (!isUp) await start();
    },
    failOver: noReplica,
    loseReplica: noReplica,
    async [Symbol.asyncDispose]() {
      await server.stop();
      if (hasOwnDisk) unmount();
      process.off('exit', unmount);
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

function noReplica(): Promise<void> {
  return Promise.reject(new Error('there is no replica'));
}
