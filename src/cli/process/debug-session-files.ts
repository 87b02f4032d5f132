import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, unlink, writeFile } from 'node:fs/promises';
import { homedir, hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import {
  type DebugSessions,
  type DebugSessionToken,
  GRACE_MS,
  RETENTION_MS,
} from '../../bot/recovery/debug-sessions.ts';
import type { Environment } from '../../platform/config/environment.ts';
import type { Device } from '../../platform/config/inventory-types.ts';

/** One file per open debug session, named by the process that opened it. */
const record = z.object({
  alias: z.string(),
  /** The same alias may be another device in another inventory. */
  address: z.string(),
  port: z.number(),
  pid: z.number(),
  /** A home folder may be shared between machines; process ids are not. */
  host: z.string(),
  openedAt: z.number(),
  /** At this time the session is closed, or its process is gone. */
  endsAt: z.number(),
});
type DebugSessionRecord = z.infer<typeof record>;

export interface DebugSessionFilesOptions {
  readonly device: Pick<Device, 'alias' | 'address' | 'port'>;
  readonly env: Environment;
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
  /** Throws if the account has no home folder, as in a container. */
  readonly home?: () => string;
  /** Called if a session cannot be recorded: it is opened all the same, because a person is present. */
  readonly onUnrecorded: (error: unknown) => void;
  /** Called with a file that is not a valid record; it has been removed. */
  readonly onDamaged: (path: string) => void;
}

/**
 * Debug session records for the command line, where no queue exists: the next check of the device on this machine
 * finds what a killed process left open. Sessions of living processes are left alone.
 */
export function debugSessionFiles(
  options: DebugSessionFilesOptions,
): Pick<DebugSessions, 'register' | 'remove' | 'listFor'> {
  const { device, now, onUnrecorded, onDamaged } = options;
  const mine = new Set<string>();
  const state = () => options.env.XDG_STATE_HOME || join((options.home ?? homedir)(), '.local', 'state');
  const folder = async () => join(state(), 'ftm-check', 'debug-windows');
  const toPath = async (id: string) => join(await folder(), `${id}.json`);
  const drop = async (id: string) => unlink(await toPath(id));

  function isLeft(id: string, { pid, host, endsAt }: DebugSessionRecord): boolean {
    if (mine.has(id)) return false;
    const isProcessAlive = host !== hostname() || (pid !== process.pid && isRunning(pid));
    return !isProcessAlive || now() > endsAt;
  }

  async function read(file: string): Promise<DebugSessionToken[]> {
    const id = file.replace(/\.json$/, '');
    const known = await readRecord(await toPath(id));
    if (known === 'damaged') {
      await drop(id).catch(() => {});
      onDamaged(await toPath(id));
      return [];
    }
    if (known === 'gone' || known.address !== device.address || known.port !== device.port) return [];
    if (now() > known.openedAt + RETENTION_MS) {
      await drop(id).catch(() => {});
      return [];
    }
    return isLeft(id, known) ? [{ alias: device.alias, id }] : [];
  }

  return {
    async register(alias, seconds) {
      const id = randomUUID();
      const openedAt = now();
      const { address, port } = device;
      const { pid } = process;
      const endsAt = openedAt + seconds * 1000 + GRACE_MS;
      const recorded: DebugSessionRecord = { alias, address, port, pid, host: hostname(), openedAt, endsAt };
      mine.add(id);
      try {
        await mkdir(await folder(), { recursive: true, mode: 0o700 });
        // Complete as soon as it is visible: a partial file would count as damaged.
        const written = `${await toPath(id)}.new`;
        await writeFile(written, JSON.stringify(recorded), { flag: 'wx', mode: 0o600, flush: true });
        await rename(written, await toPath(id));
      } catch (error) {
        onUnrecorded(error);
      }
      return { alias, id };
    },
    async remove({ id }) {
      await drop(id).catch(() => {});
      mine.delete(id);
    },
    async listFor() {
      const files = await folder()
        .then((place) => readdir(place))
        .catch(() => []);
      const found = await Promise.all(files.filter((file) => file.endsWith('.json')).map(read));
      return found.flat();
    },
  };
}

async function readRecord(path: string): Promise<DebugSessionRecord | 'gone' | 'damaged'> {
  try {
    return record.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 'gone' : 'damaged';
  }
}

/** Whether a process with this id runs on this machine, of any user. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
