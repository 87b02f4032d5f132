import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { scheduleSweeps } from '../../../src/bot/worker/sweeps/start-sweep.ts';
import { findMaintenance, holdBackMs } from '../../../src/bot/worker/sweeps/time-windows.ts';
import { checkSweeps } from '../../../src/oncall/checks/check-escalation.ts';
import { parseInventory } from '../../../src/platform/config/inventory.ts';
import { silentLogger } from '../../../src/platform/observe/logger.ts';
import { createInProcessQueue } from '../../../src/platform/queue/in-process-queue.ts';
import type { RunQueue } from '../../../src/platform/queue/run-queue.ts';
import type { MemberJob } from '../../../src/platform/runs/queue-job.ts';
import { createMemoryRecords } from '../../../src/platform/store/memory-records.ts';
import { createSweepStore } from '../../../src/platform/store/sweep-store.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const HOUR = 3_600_000;
const FLEET = 'examples/fleet/inventory.yaml';

const read = (path: string) => parseInventory(readFileSync(join(ROOT, path), 'utf8'), path);

function member(alias: string, sweep: string): MemberJob {
  return {
    kind: 'group-member',
    runId: 'run.0',
    acceptedAt: 0,
    asker: { id: 'ftm-check' },
    replyTo: { channel: 'C012AB3CD' },
    alias,
    member: { of: 'run', number: 0, size: 1, sweep },
  };
}

describe('the inventories in examples/', () => {
  it('are all read', () => {
    const paths = globSync('examples/**/*.yaml', { cwd: ROOT }).toSorted();
    expect(paths).toEqual([
      'examples/compose/inventory/inventory.yaml',
      FLEET,
      'examples/workspace/inventory.yaml',
    ]);
    for (const path of paths) expect(read(path).devices.size).toBeGreaterThan(0);
  });

  it('have sweeps of groups with devices, which can be scheduled', async () => {
    const inventory = read(FLEET);
    expect(checkSweeps(inventory)).toEqual([
      { name: 'sweep', ok: true, detail: 'nightly: 2 devices, "0 3 * * *" (Europe/Lisbon), to C012AB3CD' },
      {
        name: 'sweep',
        ok: true,
        detail:
          'data-centre: 2 devices, "15 6-20 * * 1-5" (Europe/Madrid), to C034EF5GH; pages from critical on, but not the first time',
      },
    ]);
    const queue: RunQueue = createInProcessQueue({ log: silentLogger });
    const sweeps = createSweepStore(createMemoryRecords(), Date.now);
    await scheduleSweeps(inventory, { queue, sweeps, logger: silentLogger });
    expect(await sweeps.scheduled()).toEqual(['data-centre', 'nightly']);
    await queue.close(0);
  });

  it.each([
    ['the branches on Sunday morning', 'fgt-lisbon', 'nightly', '2026-11-29T02:00Z', true],
    ['the branches on Monday morning', 'fgt-lisbon', 'nightly', '2026-11-30T03:00Z', false],
    ['a branch while its line is moved', 'fgt-porto', 'nightly', '2026-12-02T03:00Z', true],
    ['another branch at that time', 'fgt-lisbon', 'nightly', '2026-12-02T03:00Z', false],
    [
      'a firewall of the data centre on Wednesday noon',
      'fgt-madrid-b',
      'data-centre',
      '2026-12-02T11:15Z',
      true,
    ],
    ['the other one', 'fgt-madrid-a', 'data-centre', '2026-12-02T11:15Z', false],
  ])('have maintenance windows: %s', (_, alias, sweep, at, expected) => {
    const options = { inventory: read(FLEET), now: () => Date.parse(at) };
    expect(findMaintenance(member(alias, sweep), options) !== undefined).toBe(expected);
  });

  it.each([
    ['at night until the morning', 'nightly', '2026-11-27T03:00Z', 5],
    ['on Saturday until Monday', 'nightly', '2026-11-28T03:00Z', 53],
    ['not at all by day', 'nightly', '2026-11-27T12:00Z', 0],
    ['never by the data centre', 'data-centre', '2026-11-28T03:00Z', 0],
  ])('have quiet hours: a result waits %s', (_, sweep, at, hours) => {
    const options = { inventory: read(FLEET), now: () => Date.parse(at) };
    expect(holdBackMs(sweep, options) / HOUR).toBe(hours);
  });
});
