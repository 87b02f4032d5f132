import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  closeDebugSession,
  createDebugSessions,
  type DebugSessions,
  recoverDebugSessions,
  scheduleDebugClose,
  withDebugSessionRegistry,
} from '../../../src/bot/recovery/debug-sessions.ts';
import type { Collect, CollectionRequest } from '../../../src/device/collector.ts';
import { FtmError } from '../../../src/engine/ftm-error.ts';
import { parseInventory } from '../../../src/platform/config/inventory.ts';
import { findDevice } from '../../../src/platform/config/listed-devices.ts';
import { createLogger } from '../../../src/platform/observe/create-logger.ts';
import { silentLogger } from '../../../src/platform/observe/logger.ts';
import { createInProcessQueue } from '../../../src/platform/queue/in-process-queue.ts';
import type { RunQueue } from '../../../src/platform/queue/run-queue.ts';
import type { QueueJob } from '../../../src/platform/runs/queue-job.ts';
import { createMemoryRecords } from '../../../src/platform/store/memory-records.ts';
import { until } from '../../support/until.ts';

const inventory = parseInventory(
  'devices: { fgt-hq: { address: 192.0.2.1, username: u, password: { env: P }, live: true } }',
  'inventory.yaml',
);
const device = findDevice(inventory, 'fgt-hq');
if (!device) throw new Error('no device');
const request: CollectionRequest = { device, commands: [] };
const live = { seconds: 60, onReport: () => undefined };

let now = 0;
let windows: DebugSessions;
let queue: RunQueue;
beforeEach(() => {
  now = 1_000_000;
  windows = createDebugSessions(
    createMemoryRecords(() => now),
    () => now,
  );
  queue = createInProcessQueue({ log: silentLogger });
});
afterEach(() => queue.close(0));

const open = async (): Promise<number> => (await windows.list()).open.length;
const overdue = async (): Promise<number> => (await windows.list()).overdue.length;

describe('a debug window', () => {
  it('is remembered before it is opened and until it is closed', async () => {
    const seen: number[] = [];
    const collect: Collect = async (given) => {
      seen.push(await open());
      await given.live?.onOpening?.(['fnbamd']);
      seen.push(await open());
      await given.live?.onClosed?.();
      seen.push(await open());
      return [];
    };
    await withDebugSessionRegistry(collect, { debugSessions: windows, logger: silentLogger })({
      ...request,
      live,
    });
    expect(seen).toEqual([0, 1, 0]);
  });

  it.each(['', 'fgt-hq', 'fgt-hq ', ' id', 'fgt-hq id more'])(
    'recorded as %j is reported once, and removed',
    async (member) => {
      const records = createMemoryRecords(() => now);
      const damaged: string[] = [];
      const sessions = createDebugSessions(
        records,
        () => now,
        (record) => void damaged.push(record),
      );
      await records.addMember('debug-windows', member, now + 60_000, 60_000);
      const token = await sessions.register('fgt-hq', 60);
      expect(await sessions.listFor('fgt-hq')).toEqual([token]);
      expect((await sessions.list()).open).toEqual([token]);
      expect(damaged).toEqual([member]);
    },
  );

  it('is overdue a minute after its time', async () => {
    await windows.register('fgt-hq', 60);
    expect([await open(), await overdue()]).toEqual([1, 0]);
    now += 119_000;
    expect(await overdue()).toBe(0);
    now += 2_000;
    expect([await open(), await overdue()]).toEqual([1, 1]);
  });

  it('is not opened where it cannot be remembered', async () => {
    const broken = { ...windows, register: () => Promise.reject(new Error('Redis is away')) };
    const collect: Collect = async (given) => {
      await given.live?.onOpening?.(['fnbamd']);
      return [];
    };
    await expect(
      withDebugSessionRegistry(collect, { debugSessions: broken, logger: silentLogger })({
        ...request,
        live,
      }),
    ).rejects.toThrow('Redis is away');
  });

  it('is on no record where it cannot be remembered, and forgotten where it cannot be put on record', async () => {
    const records: string[] = [];
    const broken = { ...windows, register: () => Promise.reject(new Error('Redis is away')) };
    const collect: Collect = async (given) => {
      await given.live?.onOpening?.(['fnbamd']).catch(() => undefined);
      return [];
    };
    const onOpening = async () => void records.push('opening');
    await withDebugSessionRegistry(collect, { debugSessions: broken, logger: silentLogger })({
      ...request,
      live: { ...live, onOpening },
    });
    expect(records).toEqual([]);
    const full = () => Promise.reject(new Error('the disk is full'));
    await withDebugSessionRegistry(collect, { debugSessions: windows, logger: silentLogger })({
      ...request,
      live: { ...live, onOpening: full },
    });
    expect(await open()).toBe(0);
  });

  it('of one process is not forgotten when another one closes its own', async () => {
    const mine = await windows.register('fgt-hq', 60);
    const others = await windows.register('fgt-hq', 60);
    await windows.remove(mine);
    expect(await windows.listFor('fgt-hq')).toEqual([others]);
  });
});

describe('what another process left open', () => {
  it.each([
    [true, 0],
    [false, 1],
  ])('is closed by the next check of the device; off: %s', async (isOff, left) => {
    await windows.register('fgt-hq', 60);
    const asked: unknown[] = [];
    const told: boolean[] = [];
    const collect: Collect = async (given) => {
      asked.push(given.closeDebugFirst);
      await given.onLeftover?.(isOff);
      return [];
    };
    const guarded = withDebugSessionRegistry(collect, { debugSessions: windows, logger: silentLogger });
    await guarded({ ...request, onLeftover: async (value) => void told.push(value) });
    expect([asked, told, await open()]).toEqual([[true], [isOff], left]);
  });

  it('is none of another device', async () => {
    await windows.register('fgt-branch', 60);
    let asked: unknown;
    const collect: Collect = async (given) => {
      asked = given.closeDebugFirst;
      return [];
    };
    await withDebugSessionRegistry(collect, { debugSessions: windows, logger: silentLogger })(request);
    expect([asked, await open()]).toEqual([undefined, 1]);
  });

  it('does not stand in the way of a check when nobody can be asked about it', async () => {
    const broken = { ...windows, listFor: () => Promise.reject(new Error('Redis is away')) };
    const collect: Collect = async () => [];
    expect(
      await withDebugSessionRegistry(collect, { debugSessions: broken, logger: silentLogger })(request),
    ).toEqual([]);
  });
});

describe('the sweep', () => {
  const sweep = (): Promise<number> =>
    recoverDebugSessions({ queue, debugSessions: windows, logger: silentLogger, now: () => now });

  it('leaves a window alone that is in its time', async () => {
    await windows.register('fgt-hq', 60);
    expect(await sweep()).toBe(0);
  });

  it('has one job close it, in the job group of its device, however many sweep', async () => {
    await windows.register('fgt-hq', 60);
    now += 121_000;
    const jobs: QueueJob[] = [];
    await queue.process(
      async (job) => {
        jobs.push(job);
        return { kind: 'failed', code: 'ftm_internal', message: '' };
      },
      { concurrency: 4, attempts: 1, backoffMs: 1, timeLimitMs: 5000 },
    );
    await Promise.all([sweep(), sweep(), sweep()]);
    await until(() => jobs.length > 0, 'a job');
    await sweep();
    expect(jobs).toMatchObject([{ kind: 'close-debug', alias: 'fgt-hq' }]);
  });
});

describe('a run that ended without a word from the device', () => {
  const soon = () =>
    scheduleDebugClose('fgt-hq', { queue, debugSessions: windows, logger: silentLogger, now: () => now });

  it('is followed by a job that closes its window, and does not wait for the sweep', async () => {
    await windows.register('fgt-hq', 60);
    await soon();
    expect(await queue.counts()).toMatchObject({ delayed: 1 });
  });

  it('is followed by nothing where the window is closed, or nobody can be asked', async () => {
    await soon();
    const broken = { ...windows, listFor: () => Promise.reject(new Error('Redis is away')) };
    await scheduleDebugClose('fgt-hq', {
      queue,
      debugSessions: broken,
      logger: silentLogger,
      now: () => now,
    });
    expect(await queue.counts()).toMatchObject({ delayed: 0, waiting: 0 });
  });
});

describe('its job', () => {
  const log: string[] = [];
  const logger = createLogger({ level: 'error', to: { write: (line) => void log.push(line) } });
  const close = (collect: Collect, alias = 'fgt-hq') =>
    closeDebugSession(alias, AbortSignal.timeout(5000), {
      inventory,
      debugSessions: windows,
      logger,
      collect: withDebugSessionRegistry(collect, { debugSessions: windows, logger }),
    });
  const never: Collect = () => Promise.reject(new Error('connected to'));

  it('connects to nothing where somebody has closed it', async () => {
    await close(never);
  });

  it('closes it', async () => {
    await windows.register('fgt-hq', 60);
    await close(async ({ onLeftover }) => {
      await onLeftover?.(true);
      return [];
    });
    expect(await open()).toBe(0);
  });

  it('is tried again where the device cannot be reached or does not confirm it', async () => {
    await windows.register('fgt-hq', 60);
    const away = new FtmError('ftm_device_unreachable', 'away', { retryable: true });
    await expect(close(() => Promise.reject(away))).rejects.toBe(away);
    const silent: Collect = async ({ onLeftover }) => {
      await onLeftover?.(false);
      return [];
    };
    await expect(close(silent)).rejects.toMatchObject({ code: 'ftm_debug_left_on' });
  });

  it('does not try a wrong password again, or a device that is gone; both are in the log', async () => {
    await windows.register('fgt-hq', 60);
    await windows.register('fgt-gone', 60);
    await close(() => Promise.reject(new FtmError('ftm_device_auth_failed', 'no')));
    await close(never, 'fgt-gone');
    expect(log).toHaveLength(2);
    expect(await open()).toBe(2);
  });
});
