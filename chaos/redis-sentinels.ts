import { execFile, spawnSync } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { type RedisServer, startSentinelSet } from '../test/support/sentinel.ts';
import { type ChaosRedis, DISK_MB } from './redis.ts';

const run = promisify(execFile);
/** Shorter silences are waited out, longer ones end in a failover. */
const DOWN_AFTER_MS = 1500;

/** A primary, a replica, and three Sentinels that watch over them. A fault of "Redis" is a fault of the primary. */
export async function startChaosSentinels(): Promise<ChaosRedis | undefined> {
  let disks = 0;
  const set = await startSentinelSet({
    downAfterMs: DOWN_AFTER_MS,
    async prepare(folder) {
      await run('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MB}m`, 'tmpfs', folder]).then(
        () => (disks += 1),
        () => disks,
      );
      return () => void spawnSync('umount', ['-l', folder]);
    },
  });
  if (set === undefined) return undefined;

  /** The next trouble finds a primary with its replica. */
  async function recover(server: RedisServer): Promise<void> {
    server.thaw();
    await set?.revive(server);
    await set?.whole();
  }

  return {
    settings: { url: set.url, sentinelPassword: set.sentinelPassword },
    dataFolders: set.servers.map(({ folder }) => folder),
    hasOwnDisk: disks > 0,
    hasReplica: true,
    async restart() {
      const primary = await set.primary();
      await primary.stop();
      await recover(primary);
    },
    async kill(downMs) {
      const primary = await set.primary();
      await primary.kill();
      await sleep(downMs);
      await recover(primary);
    },
    async freeze(ms) {
      const primary = await set.primary();
      primary.freeze();
      await sleep(ms);
      await recover(primary);
    },
    async fillDisk(ms) {
      const primary = await set.primary();
      const filler = join(primary.folder, 'filler');
      await writeFile(filler, Buffer.alloc((DISK_MB + 16) * 1024 * 1024)).catch(() => {});
      await sleep(ms);
      await rm(filler, { force: true });
      await recover(primary);
    },
    async failOver(how) {
      const primary = await set.primary();
      await (how === 'kill' ? primary.kill() : primary.freeze());
      await set.promotedInsteadOf(primary);
      await recover(primary);
    },
    async loseReplica(ms) {
      const replica = await set.replica();
      await replica.kill();
      await sleep(ms);
      await recover(replica);
    },
    [Symbol.asyncDispose]: () => set[Symbol.asyncDispose](),
  };
}
