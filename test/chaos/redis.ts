import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { findServer, freePort } from '../../src/queue/private-server.ts';
import { type ServerProcess, startServerProcess, untilAnswersOn } from '../../src/queue/server-process.ts';
import { serverPid } from '../support/redis.ts';

export interface ChaosRedis extends AsyncDisposable {
  readonly url: string;
  readonly dataFolder: string;
  /** Whether the data folder is a small disk of its own, so that it can be filled. */
  readonly hasOwnDisk: boolean;
  restart(): Promise<void>;
  kill(downMs: number): Promise<void>;
  freeze(ms: number): Promise<void>;
  fillDisk(ms: number): Promise<void>;
}

const DISK = '384m';
const run = promisify(execFile);

/** A server of our own, run as the product runs its private one. Undefined where there is none on PATH. */
export async function startChaosRedis(): Promise<ChaosRedis | undefined> {
  const found = await findServer(process.env.PATH ?? '');
  if (found === undefined) return undefined;
  const dataFolder = await mkdtemp(join(tmpdir(), 'ftm-chaos-redis-'));
  const hasOwnDisk = await run('mount', ['-t', 'tmpfs', '-o', `size=${DISK}`, 'tmpfs', dataFolder]).then(
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
    url,
    dataFolder,
    hasOwnDisk,
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
      await writeFile(filler, Buffer.alloc(400 * 1024 * 1024)).catch(() => {});
      await sleep(ms);
      await rm(filler, { force: true });
      // With `appendfsync always` a server that cannot write ends rather than promise what it cannot keep.
      if (!isUp) await start();
    },
    async [Symbol.asyncDispose]() {
      await server.stop();
      if (hasOwnDisk) unmount();
      process.off('exit', unmount);
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}
