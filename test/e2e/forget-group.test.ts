import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLogger } from '../../src/platform/observe/logger.ts';
import type { RedisGateway } from '../../src/platform/queue/redis-connection.ts';
import { openRedisGateway } from '../../src/platform/queue/redis-connection.ts';
import { memberId } from '../../src/platform/runs/group.ts';
import type { Run } from '../../src/platform/runs/run.ts';
import { createGroupStore } from '../../src/platform/store/group-store.ts';
import { exportData, forgetData } from '../../src/platform/store/personal-data.ts';
import { appendUnpacked, mentions, scanStoredKeys } from '../../src/platform/store/stored-keys.ts';
import { createSweepStore } from '../../src/platform/store/sweep-store.ts';
import { openTestRedis, type TestRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';
import { ANA, SUPPORT, startTestSystem, type TestSystem } from './test-system.ts';

const HOST = 'fgt-lisbon-01';
/** Its name begins with that of the other. */
const OTHER = 'fgt-lisbon-010';
/** Of the FortiGate, in what every device printed. */
const VPN_USER = 'marlow';

let redis: TestRedis | undefined;
let door: RedisGateway;
beforeAll(async () => {
  redis = await openTestRedis();
  if (redis) door = openRedisGateway({ url: redis.url }, silentLogger);
});
afterAll(async () => {
  await door?.close();
  await redis?.stop();
});

function start(prefix: string): Promise<TestSystem> {
  return startTestSystem({
    redis: { url: redis?.url ?? '', prefix },
    inventoryLines: `groups:\n  branches: {}
sweeps:
  - { name: nightly, group: branches, cron: "0 3 1 1 *", channel: ${SUPPORT}, quietHours: [{ from: "00:00", until: "00:00" }] }
  - { name: hourly, group: branches, cron: "0 3 1 1 *", channel: ${SUPPORT} }`,
    inventoryDevices: (port, hostKeys) =>
      [HOST, OTHER]
        .map(
          (alias) =>
            `  ${alias}: { address: 127.0.0.1, port: ${port}, groups: [branches], hostKeys: ${JSON.stringify(hostKeys)} }`,
        )
        .join('\n'),
  });
}

async function sweep({ backend, log }: TestSystem, name: string, id: string): Promise<Run> {
  await backend.queue.enqueue({ id, data: { kind: 'sweep', runId: id, acceptedAt: 0, sweep: name } });
  let run: Run | undefined;
  await until(async () => {
    const runs = await backend.runs.byAsker('ftm-check', 20);
    run = runs.find(({ group }) => group?.sweep === name);
    if (run === undefined) return false;
    if (name === 'nightly') return (await backend.queue.state(`${run.id}.answer`)) === 'delayed';
    return log.some((line) => line.includes('"sweep done"') && line.includes(run?.id ?? ''));
  }, `the sweep ${name} is done`);
  if (run === undefined) throw new Error('no sweep');
  return run;
}

async function group(system: TestSystem): Promise<Run> {
  await system.check('group:branches');
  let run: Run | undefined;
  await until(async () => {
    run = (await system.backend.runs.byAsker(ANA, 20)).find(({ kind }) => kind === 'group');
    return run?.answeredAt !== undefined;
  }, 'the group is answered');
  if (run === undefined) throw new Error('no run');
  return run;
}

/** Keys with a word in their name, or anywhere in them. */
async function keysWith(prefix: string, word: string): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const { key, parts } of scanStoredKeys(door, prefix)) {
    const text = [key, ...parts.map((part) => `${part.name} ${appendUnpacked(part.text)}`)].join('\n');
    if (mentions(text, [word])) found.push(key);
  }
  return found.toSorted();
}

describe('what groups and sweeps store about a device', () => {
  it('is exported, and gone once it is forgotten, but not that of other devices', async ({ skip }) => {
    skip(!redis);
    const prefix = `${redis?.prefix}-forget-device`;
    await using system = await start(prefix);
    const asked = await group(system);
    const swept = await sweep(system, 'hourly', 'sweep-hourly');
    const host = 0;
    const kept = [`case:${memberId(asked.id, host)}`, `group-outcome:${memberId(asked.id, host)}`];
    const expected = [
      ...kept.map((key) => `record:${key}`),
      `record:history:${HOST}`,
      `table:group-rows:${asked.id}`,
      `table:group-rows:${swept.id}`,
      `record:group:${asked.id}`,
      'record:sweep-baseline:hourly',
    ];
    expect(await keysWith(prefix, HOST)).toEqual(expect.arrayContaining(expected));
    const exported = await exportData(door, prefix, [HOST]);
    expect(exported.map(({ key }) => key)).toEqual(expect.arrayContaining(expected));
    const rows = exported.find(({ key }) => key === `table:group-rows:${asked.id}`)?.value;
    expect(rows).toEqual({ 0: expect.objectContaining({ name: HOST }) });

    const { running, kept: left } = await forgetData(door, prefix, [HOST], {
      dryRun: false,
      now: Date.now(),
    });
    expect({ running, left }).toEqual({ running: [], left: [] });
    expect(await keysWith(prefix, HOST)).toEqual([]);
    const groups = createGroupStore(system.backend.records);
    for (const { id } of [asked, swept]) {
      expect((await groups.rows(id)).map(({ name, number }) => ({ name, number }))).toEqual([
        { name: OTHER, number: 1 },
      ]);
      expect(await groups.outcome(id, 1)).toBeDefined();
    }
    const baseline = await createSweepStore(system.backend.records, Date.now).baseline('hourly');
    expect(baseline?.devices.map(({ name }) => name)).toEqual([OTHER]);
    expect(await keysWith(prefix, OTHER)).toEqual(
      expect.arrayContaining([`record:history:${OTHER}`, `record:case:${memberId(asked.id, 1)}`]),
    );
  });

  it('is gone: a user of the VPN, in results and evidence', async ({ skip }) => {
    skip(!redis);
    const prefix = `${redis?.prefix}-forget-user`;
    await using system = await start(prefix);
    await group(system);
    await sweep(system, 'hourly', 'sweep-hourly');
    expect((await keysWith(prefix, VPN_USER)).length).toBeGreaterThan(3);
    await forgetData(door, prefix, [VPN_USER], { dryRun: false, now: Date.now() });
    expect(await keysWith(prefix, VPN_USER)).toEqual([]);
    expect(await keysWith(prefix, OTHER)).toContain(`record:history:${OTHER}`);
  });

  it('is gone: the person who asked for a group', async ({ skip }) => {
    skip(!redis);
    const prefix = `${redis?.prefix}-forget-person`;
    await using system = await start(prefix);
    const asked = await group(system);
    await forgetData(door, prefix, [ANA], { dryRun: false, now: Date.now() });
    expect(await keysWith(prefix, ANA)).toEqual([]);
    expect(await system.backend.runs.get(asked.id)).toBeUndefined();
    expect(await keysWith(prefix, HOST)).toContain(`record:history:${HOST}`);
  });

  it('stays while a sweep of it is not answered, and its devices keep their numbers', async ({ skip }) => {
    skip(!redis);
    const prefix = `${redis?.prefix}-forget-open`;
    await using system = await start(prefix);
    const open = await sweep(system, 'nightly', 'sweep-nightly');
    const before = await keysWith(prefix, HOST);
    const { running } = await forgetData(door, prefix, [HOST], { dryRun: false, now: Date.now() });
    expect(running).toEqual([open.id]);
    expect(await keysWith(prefix, HOST)).toEqual(before);
  });
});
