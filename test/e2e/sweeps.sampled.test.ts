import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scheduleSweeps } from '../../src/bot/worker/sweeps/start-sweep.ts';
import { silentLogger } from '../../src/platform/observe/logger.ts';
import type { Run } from '../../src/platform/runs/run.ts';
import { createSweepStore } from '../../src/platform/store/sweep-store.ts';
import { sampleConfig } from '../../src/stand-ins/fortigate/samples.ts';
import { type Simulator, startSimulator } from '../../src/stand-ins/fortigate/start-simulator.ts';
import { ROUTING_KEY, startFakePagerDuty } from '../oncall/fake-pagerduty.ts';
import { sampleOf } from '../support/amount.ts';
import { openTestRedis, type TestRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';
import { SUPPORT, startTestSystem, type TestSystem, type TestSystemOptions } from './test-system.ts';

let redis: TestRedis | undefined;
let other: Simulator;
beforeAll(async () => {
  redis = await openTestRedis();
});
afterAll(() => redis?.stop());

function linesOf(more = ''): string {
  return `groups:\n  branches: {}
sweeps:
  - { name: nightly, group: branches, cron: "0 3 1 1 *", timeZone: Europe/Madrid, channel: ${SUPPORT}${more} }`;
}

/** Two devices, the second of which has a simulator of its own. */
async function start(
  queue: 'BullMQ' | 'in-process',
  name: string,
  more = '',
  also: TestSystemOptions = {},
): Promise<TestSystem> {
  other = await startSimulator({ configText: sampleConfig('branch-07') });
  const options: TestSystemOptions = {
    ...also,
    ...(queue === 'BullMQ' && redis !== undefined
      ? { redis: { url: redis.url, prefix: `${redis.prefix}-sweeps-${name}` } }
      : {}),
    inventoryLines: linesOf(more),
    inventoryDevices: (port, hostKeys) =>
      [
        `  fgt-b1: { address: 127.0.0.1, port: ${port}, groups: [branches], hostKeys: ${JSON.stringify(hostKeys)} }`,
        `  fgt-b2: { address: 127.0.0.1, port: ${other.port}, groups: [branches], hostKeys: ${JSON.stringify(other.fingerprints)} }`,
      ].join('\n'),
  };
  return await startTestSystem(options);
}

/** One route and a policy that pages for every finding of the severity `high`. */
function pagingTo(url: string): TestSystemOptions {
  return {
    env: { PD: ROUTING_KEY },
    escalation: `
  routes: { pd: { kind: pagerduty, routingKey: { env: PD }, url: "${url}" } }
  policies: [{ name: all, severity: high, routes: [pd] }]`,
  };
}

/** The sweep before found what is wrong with the second device, and nothing on the first. */
async function rememberSecondDevice({ backend }: TestSystem): Promise<void> {
  const known = [{ rule: 'admin-trusthost-blocks-callback', title: '' }];
  await createSweepStore(backend.records, Date.now).setBaseline('nightly', {
    run: 'before',
    devices: [
      { name: 'fgt-b1', findings: [], isRead: true },
      { name: 'fgt-b2', findings: known, isRead: true },
    ],
  });
}

let sweeps = 0;
/** As the schedule does when its time comes. Resolves with the run of the sweep. */
async function sweep(system: TestSystem): Promise<Run> {
  const before = await latest(system);
  sweeps += 1;
  const id = `sweep-of-test-${sweeps}`;
  await system.backend.queue.enqueue({
    id,
    data: { kind: 'sweep', runId: id, acceptedAt: 0, sweep: 'nightly' },
  });
  let run: Run | undefined;
  await until(async () => {
    run = await latest(system);
    return run !== undefined && run.id !== before?.id;
  }, 'the sweep has begun');
  if (run === undefined) throw new Error('no sweep');
  return run;
}

async function latest({ backend }: TestSystem): Promise<Run | undefined> {
  return (await backend.runs.byAsker('ftm-check', 20)).find(({ kind }) => kind === 'group');
}

async function done(system: TestSystem, { id }: Run): Promise<void> {
  await until(
    async () => system.log.some((line) => line.includes('"sweep done"') && line.includes(id)),
    'the sweep is done',
  );
}

function posted(system: TestSystem): readonly string[] {
  return system.slack
    .messages(SUPPORT)
    .filter(({ thread_ts: thread }) => thread === undefined)
    .map(({ text }) => text);
}

describe.for(sampleOf(['BullMQ', 'in-process'] as const, 2, 0))('a sweep: %s', (queue) => {
  it('posts everything once, then nothing, then what changed', async ({ skip }) => {
    skip(queue === 'BullMQ' && !redis);
    await using system = await start(queue, 'changes');
    await done(system, await sweep(system));
    expect(posted(system)).toEqual([
      expect.stringMatching(
        /^🔴 \*Sweep `nightly`: A fault was found on 2 of 2 devices\*\n`group:branches` · 2 devices: 2 broken/,
      ),
    ]);
    const files = system.slack.messages(SUPPORT).flatMap((each) => each.files ?? []);
    expect(files).toHaveLength(3);

    const quiet = await sweep(system);
    await done(system, quiet);
    expect(posted(system)).toHaveLength(1);
    expect((await system.backend.runs.get(quiet.id))?.answeredAt).toBeDefined();

    await other.close();
    await done(system, await sweep(system));
    expect(posted(system)).toHaveLength(2);
    expect(posted(system)[1]).toMatch(/^🟡 \*Sweep `nightly`: 1 not read\*\n.*\n• `fgt-b2` not read: /);
    await done(system, await sweep(system));
    expect(posted(system)).toHaveLength(2);
    expect(system.slack.violations()).toEqual([]);
  });

  it('holds its result back until the end of the quiet hours', async ({ skip }) => {
    skip(queue === 'BullMQ' && !redis);
    await using system = await start(queue, 'quiet', ', quietHours: [{ from: "00:00", until: "00:00" }]');
    await using _other = { [Symbol.asyncDispose]: () => other.close() };
    const run = await sweep(system);
    const state = () => system.backend.queue.state(`${run.id}.answer`);
    await until(async () => (await state()) === 'delayed', 'its result waits');
    expect(posted(system)).toEqual([]);
    // A person asks during the sweep and does not want to wait.
    expect(await system.backend.queue.cancel(`${run.id}.answer`, 'now')).toBe(true);
    await done(system, run);
    expect(posted(system)).toHaveLength(1);
  });

  it('names what an upgrade stops, and is no check of what the devices are now', async ({ skip }) => {
    skip(queue === 'BullMQ' && !redis);
    await using system = await start(queue, 'upgrade', ', upgradeTo: "7.6.3"');
    await using _other = { [Symbol.asyncDispose]: () => other.close() };
    await done(system, await sweep(system));
    expect(posted(system)[0]).toMatch(
      /^🔴 \*Sweep `nightly`: FortiOS 7\.6\.3 stops logins on 2 of 2 devices\*\n`group:branches` · 2 devices: 2 affected/,
    );
    const stopped = JSON.stringify(system.slack.messages(SUPPORT));
    expect(stopped).toMatch(/SSL VPN tunnel .{0,40}ends with FortiOS 7\.6\.3/);
    expect(stopped).not.toContain('trusted hosts');
    const asked = await system.check('fgt-b1');
    expect(asked).toBeDefined();
    const [now] = await system.answered({ alias: 'fgt-b1' });
    expect(now?.outcome).toMatchObject({
      kind: 'diagnosed',
      diagnosis: { findings: [{ rule: 'admin-trusthost-blocks-callback' }] },
    });
    await done(system, await sweep(system));
    expect(posted(system).filter((text) => text.includes('Sweep'))).toHaveLength(1);
  });

  it('does not read a device in a maintenance window, and says so', async ({ skip }) => {
    skip(queue === 'BullMQ' && !redis);
    await using system = await start(
      queue,
      'maintenance',
      ', maintenance: [{ devices: [fgt-b2], start: "2020-01-01T00:00", end: "2120-01-01T00:00" }]',
    );
    await using _other = { [Symbol.asyncDispose]: () => other.close() };
    await done(system, await sweep(system));
    expect(other.commands).toEqual([]);
    expect(posted(system)[0]).toContain('2 devices: 1 broken, 1 skipped');
    const table = JSON.stringify(system.slack.messages(SUPPORT).flatMap(({ blocks }) => blocks ?? []));
    expect(table).toContain('In a maintenance window');
  });

  it('is left out while the one before is not done', async ({ skip }) => {
    skip(queue === 'BullMQ' && !redis);
    await using system = await start(queue, 'twice', ', quietHours: [{ from: "00:00", until: "00:00" }]');
    await using _other = { [Symbol.asyncDispose]: () => other.close() };
    const run = await sweep(system);
    await system.backend.queue.enqueue({
      id: 'second',
      data: { kind: 'sweep', runId: 'second', acceptedAt: 0, sweep: 'nightly' },
    });
    await until(() => system.log.some((line) => line.includes('sweep left out')), 'it is left out');
    expect((await latest(system))?.id).toBe(run.id);
  });

  it('pages for new findings only where it is to, and for no other device', async ({ skip }) => {
    skip(queue === 'BullMQ' && !redis);
    await using pagerDuty = await startFakePagerDuty();
    for (const pages of ['high', 'never']) {
      await using system = await start(queue, `pages-${pages}`, `, pages: ${pages}`, pagingTo(pagerDuty.url));
      await using _other = { [Symbol.asyncDispose]: () => other.close() };
      await rememberSecondDevice(system);
      const run = await sweep(system);
      await done(system, run);
      expect(posted(system)[0]).toMatch(/`fgt-b1` new, critical: /);
      if (pages === 'never') {
        expect(await system.backend.runs.byDevice('fgt-b1', 5)).toEqual([]);
        continue;
      }
      const [member] = await system.answered({ alias: 'fgt-b1' });
      expect(member?.replyTo.thread).toBe((await latest(system))?.rootTs);
      await until(() => pagerDuty.incidents.length > 0, 'somebody is paged');
    }
    const paged = pagerDuty.incidents.map((incident) => JSON.stringify(incident));
    expect(paged.filter((text) => text.includes('fgt-b1'))).toHaveLength(1);
    expect(paged.filter((text) => text.includes('fgt-b2'))).toEqual([]);
  });

  it('pages while Slack refuses its result, and the thread follows', async ({ skip }) => {
    skip(queue === 'BullMQ' && !redis);
    await using pagerDuty = await startFakePagerDuty();
    await using system = await start(queue, 'slack-away', ', pages: high', pagingTo(pagerDuty.url));
    await using _other = { [Symbol.asyncDispose]: () => other.close() };
    await rememberSecondDevice(system);
    system.slack.failAlways({ status: 503 });
    const run = await sweep(system);
    await until(() => pagerDuty.incidents.length > 0, 'somebody is paged');
    expect(posted(system)).toEqual([]);
    system.slack.failAlways();
    await done(system, run);
    const { rootTs = '' } = (await latest(system)) ?? {};
    const thread = () => system.slack.thread(SUPPORT, rootTs).map(({ text }) => text);
    await until(() => thread().some((text) => text.includes('Paged')), 'the thread shows the page');
    expect(pagerDuty.incidents).toMatchObject([{ triggers: 1 }]);
    expect(posted(system)).toHaveLength(1);
  });

  it('has a schedule as long as the inventory has it', async ({ skip }) => {
    skip(queue === 'BullMQ' && !redis);
    await using system = await start(queue, 'schedule');
    await using _other = { [Symbol.asyncDispose]: () => other.close() };
    const { records } = system.backend;
    const store = createSweepStore(records, Date.now);
    expect(await store.scheduled()).toEqual(['nightly']);
    const removed: string[] = [];
    const watched = {
      ...system.backend.queue,
      unschedule: async (id: string) => {
        removed.push(id);
        await system.backend.queue.unschedule(id);
      },
    };
    const options = { queue: watched, sweeps: store, logger: silentLogger };
    await scheduleSweeps({ sweeps: new Map() }, options);
    expect(removed).toEqual(['sweep.nightly']);
    expect(await store.scheduled()).toEqual([]);
  });
});
