import { randomUUID } from 'node:crypto';
import type { Collect } from '../../device/collector.ts';
import { FtmError } from '../../engine/ftm-error.ts';
import { findDevice } from '../../platform/config/listed-devices.ts';
import type { Dependencies } from '../../platform/dependencies.ts';
import type { Logger } from '../../platform/observe/logger.ts';
import type { NewJob } from '../../platform/queue/job-queue.ts';
import type { QueueJob } from '../../platform/runs/queue-job.ts';
import type { Records } from '../../platform/store/records.ts';

export interface DebugSessionToken {
  readonly alias: string;
  /** Distinguishes the sessions of two processes that work on the same device. */
  readonly id: string;
}

const SET = 'debug-windows';
/** Time to open and close the session, and to reconnect after a lost connection. */
export const GRACE_MS = 60_000;
/** Enough time to handle a device that cannot be reached. */
export const RETENTION_MS = 7 * 24 * 60 * 60_000;

/**
 * `now`: milliseconds since the Unix epoch. `onDamaged` is called with a record that names no session; it has been
 * removed: that session cannot be closed.
 */
export function createDebugSessions(
  records: Pick<Records, 'addMember' | 'removeMember' | 'membersSince'>,
  now: () => number,
  onDamaged: (record: string) => void = () => {},
) {
  async function all(since: number): Promise<readonly DebugSessionToken[]> {
    const tokens: DebugSessionToken[] = [];
    for (const member of await records.membersSince(SET, since)) {
      const token = readToken(member);
      if (token) tokens.push(token);
      else {
        await records.removeMember(SET, member);
        onDamaged(member);
      }
    }
    return tokens;
  }
  return {
    /** Call before debug is enabled. Rejects if the session cannot be recorded; debug must stay off then. */
    async register(alias: string, seconds: number) {
      const token = { alias, id: randomUUID() };
      await records.addMember(SET, toMember(token), now() + seconds * 1000 + GRACE_MS, RETENTION_MS);
      return token;
    },
    remove: (token: DebugSessionToken) => records.removeMember(SET, toMember(token)),
    listFor: async (alias: string) => (await all(0)).filter((token) => token.alias === alias),
    /** All open sessions, and those that should have been closed by now. */
    async list() {
      const at = now();
      const [open, onTime] = await Promise.all([all(0), all(at)]);
      const fine = new Set(onTime.map(toMember));
      return { open, overdue: open.filter((token) => !fine.has(toMember(token))) };
    },
  };
}

/** Devices that may have debug enabled by ftm-check. Shared by all processes, so that another one can turn it off. */
export type DebugSessions = ReturnType<typeof createDebugSessions>;

/** The separator is a space, which an alias cannot contain. */
function toMember({ alias, id }: DebugSessionToken): string {
  return `${alias} ${id}`;
}

function readToken(member: string): DebugSessionToken | undefined {
  const [alias, id, ...others] = member.split(' ');
  return alias && id && others.length === 0 ? { alias, id } : undefined;
}

type RecoveryOptions = Pick<Dependencies, 'queue' | 'logger' | 'now'> & {
  readonly debugSessions: DebugSessions;
};

const RETRY_INTERVAL_MS = 5 * 60_000;
const CLOSE_DELAY_MS = 3_000;

/** Is in the job group of the device, so that it waits for a running check. */
function closingJob(alias: string, at: number, id: string): NewJob<QueueJob> {
  return { id, jobGroup: alias, data: { kind: 'close-debug', runId: id, acceptedAt: at, alias } };
}

/**
 * Enqueues a job that closes debug sessions whose process is gone and whose run did not resume. All workers may call
 * this: they create one job.
 */
export async function recoverDebugSessions(options: RecoveryOptions): Promise<number> {
  const { queue, debugSessions, logger, now } = options;
  const at = now();
  const { overdue } = await debugSessions.list();
  const aliases = [...new Set(overdue.map(({ alias }) => alias))];
  for (const alias of aliases) {
    const id = `debug.${alias}.${Math.floor(at / RETRY_INTERVAL_MS)}`;
    const { state } = await queue.enqueue(closingJob(alias, at, id));
    if (state !== 'duplicate') logger.warn({ alias }, 'debug session left open: closing it now');
  }
  return aliases.length;
}

/**
 * Called when a run ended without confirmation that debug is off, to close the session before the regular recovery.
 * Never rejects.
 */
export async function scheduleDebugClose(alias: string, options: RecoveryOptions): Promise<void> {
  const { queue, debugSessions, logger, now } = options;
  try {
    if ((await debugSessions.listFor(alias)).length === 0) return;
    const at = now();
    await queue.enqueue({ ...closingJob(alias, at, `debug.${alias}.${at}`), delayMs: CLOSE_DELAY_MS });
    logger.warn({ alias }, 'debug session could not be closed: retrying');
  } catch (error) {
    logger.warn({ alias, err: error }, 'debug session left to the recovery');
  }
}

export interface CloseDebugSessionOptions extends Pick<Dependencies, 'inventory' | 'logger'> {
  readonly debugSessions: DebugSessions;
  /** Closes leftover debug sessions (`withDebugSessionRegistry`). */
  readonly collect: Collect;
}

/** Closes debug sessions whose process is gone. Rejects if another attempt may succeed. */
export async function closeDebugSession(
  alias: string,
  signal: AbortSignal,
  { inventory, debugSessions, collect, logger }: CloseDebugSessionOptions,
): Promise<void> {
  if ((await debugSessions.listFor(alias)).length === 0) return;
  const device = findDevice(inventory, alias);
  if (!device) {
    logger.error({ alias }, 'debug may be enabled on a device that is no longer in the inventory');
    return;
  }
  try {
    await collect({ device, commands: [], signal });
  } catch (error) {
    // Another login with a wrong password could lock the account.
    if (error instanceof FtmError && !error.retryable) {
      logger.error({ alias, err: error }, 'debug may be enabled, and the device cannot be reached');
      return;
    }
    throw error;
  }
  if ((await debugSessions.listFor(alias)).length === 0) return;
  throw new FtmError('ftm_debug_left_on', `Debug on ${alias} could not be disabled.`, { retryable: true });
}

export interface DebugSessionRegistryOptions {
  readonly debugSessions: Pick<DebugSessions, 'register' | 'remove' | 'listFor'>;
  readonly logger: Logger;
}

/**
 * Registers every debug session before it is opened and until it is closed. A session that another process left open
 * on the device is closed first.
 */
export function withDebugSessionRegistry(
  collect: Collect,
  { debugSessions: sessions, logger }: DebugSessionRegistryOptions,
): Collect {
  async function leftAt(alias: string): Promise<readonly DebugSessionToken[]> {
    try {
      return await sessions.listFor(alias);
    } catch (error) {
      // The device can still be read; the recovery closes the session later.
      logger.warn(
        { alias, err: error },
        'debug session registry unavailable: an open session may be unknown',
      );
      return [];
    }
  }

  async function forget(tokens: readonly DebugSessionToken[]): Promise<void> {
    try {
      for (const token of tokens) await sessions.remove(token);
    } catch (error) {
      logger.warn({ err: error }, 'a closed debug session is still recorded as open');
    }
  }

  return async (request) => {
    const { live, onLeftover } = request;
    const { alias } = request.device;
    const left = await leftAt(alias);
    const opened: DebugSessionToken[] = [];
    return await collect({
      ...request,
      ...(left.length === 0
        ? {}
        : {
            closeDebugFirst: true,
            async onLeftover(isOff) {
              logger.warn({ alias, isOff }, 'a debug session of another process was open');
              if (isOff) await forget(left);
              await onLeftover?.(isOff);
            },
          }),
      live: live && {
        ...live,
        async onOpening(applications) {
          opened.push(await sessions.register(alias, live.seconds));
          try {
            // Outer decorators record the opening only after the session is registered.
            await live.onOpening?.(applications);
          } catch (error) {
            await forget(opened);
            throw error;
          }
        },
        async onClosed() {
          await forget(opened);
          await live.onClosed?.();
        },
      },
    });
  };
}
