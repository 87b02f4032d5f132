import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recoverOrphanedRuns } from '../../src/bot/recovery/recover-orphaned-runs.ts';
import { silentLogger } from '../../src/platform/observe/logger.ts';
import type { Run } from '../../src/platform/runs/run.ts';
import { createGroupStore } from '../../src/platform/store/group-store.ts';
import { ACTIONS } from '../../src/report/block-kit/action-ids.ts';
import { sampleOf } from '../support/amount.ts';
import { openTestRedis, type TestRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';
import {
  ANA,
  BEN,
  LOCKED,
  SUPPORT,
  startTestSystem,
  type TestSystem,
  type TestSystemOptions,
} from './test-system.ts';

let redis: TestRedis | undefined;
beforeAll(async () => {
  redis = await openTestRedis();
});
afterAll(() => redis?.stop());

const BRANCHES = ['fgt-b1', 'fgt-b2', 'fgt-b3', 'fgt-b4', 'fgt-b5'];

/** Five devices of a group, the last of which does not answer. */
const GROUPS: TestSystemOptions = {
  inventoryLines: 'groups:\n  branches: {}\n  secret: {}\n  empty: {}',
  inventoryDevices: (port, hostKeys) =>
    [...BRANCHES, 'fgt-secret']
      .map(
        (alias) =>
          `  ${alias}: { address: 127.0.0.1, port: ${alias === 'fgt-b5' ? 1 : port}, groups: [${alias === 'fgt-secret' ? 'secret' : 'branches'}], hostKeys: ${JSON.stringify(hostKeys)} }`,
      )
      .join('\n'),
  access: `
  - { channels: [${SUPPORT}], devices: [branches, fgt-branch-07] }
  - { channels: [${LOCKED}], users: [${BEN}], devices: [fgt-b1, fgt-b2] }
`,
};

async function groupRun(system: TestSystem, user = ANA): Promise<Run> {
  let run: Run | undefined;
  await until(async () => {
    run = (await system.backend.runs.byAsker(user, 20)).find(({ kind }) => kind === 'group');
    return run?.answeredAt !== undefined;
  }, 'the group is answered');
  if (run === undefined) throw new Error('no run');
  return run;
}

function table(system: TestSystem, run: Run): readonly (readonly string[])[] {
  const message = system.slack.workspace.find(run.replyTo.channel, run.answerTs ?? '');
  const blocks = (message?.blocks ?? []) as readonly {
    readonly type: string;
    readonly rows?: readonly (readonly { readonly text: string }[])[];
  }[];
  return (
    blocks.find(({ type }) => type === 'data_table')?.rows?.map((row) => row.map(({ text }) => text)) ?? []
  );
}

describe.for(sampleOf(['BullMQ', 'in-process'] as const, 2, 1))('a group of devices: %s', (queue) => {
  const place = (name: string): TestSystemOptions =>
    queue === 'BullMQ' && redis !== undefined
      ? { redis: { url: redis.url, prefix: `${redis.prefix}-groups-${name}` } }
      : {};

  it('gets one table, one line a device, the worst first, with files', async ({ skip }) => {
    skip(queue === 'BullMQ' && !redis);
    await using system = await startTestSystem({ ...GROUPS, ...place('table') });
    await system.check('group:branches');
    const run = await groupRun(system);
    expect(run.outcome).toEqual({ kind: 'group', headline: '5 devices: 4 broken, 1 not read' });
    const rows = table(system, run);
    expect(rows[0]).toEqual(['Device', 'Result', 'Cause']);
    expect(rows.slice(1).map(([name, result]) => `${name} ${result}`)).toEqual([
      'fgt-b1 critical',
      'fgt-b2 critical',
      'fgt-b3 critical',
      'fgt-b4 critical',
      'fgt-b5 not read',
    ]);
    const message = system.slack.workspace.find(SUPPORT, run.answerTs ?? '');
    expect(message?.text).toMatch(/🔴 \*A fault was found on 4 of 5 devices\*\n`group:branches`/);
    const files = system.slack.messages(SUPPORT).flatMap((each) => each.files ?? []);
    expect(files.map(({ name }) => name)).toEqual([
      'ftm-check-branches.csv',
      'ftm-check-branches.json',
      'ftm-check-branches.html',
    ]);
    const [csv, json, html] = files.map(({ id }) => system.slack.fileContent(id) ?? '');
    expect(csv?.split('\r\n')).toHaveLength(6);
    expect(JSON.parse(json ?? '')).toMatchObject({ cases: { length: 5 } });
    expect(html?.match(/<section aria-labelledby="device-\d">/g)).toHaveLength(5);
    expect(system.slack.violations()).toEqual([]);
    // Nothing else was posted: the request, its table, and the files.
    expect(system.slack.messages(SUPPORT)).toHaveLength(5);
    expect(await system.backend.runs.byDevice('fgt-b1', 5)).toEqual([]);
    expect(system.log.filter((line) => line.includes('device of a group read'))).toHaveLength(5);
  });

  it('shows a device from the stored result, once', async ({ skip }) => {
    skip(queue === 'BullMQ' && !redis);
    await using system = await startTestSystem({ ...GROUPS, ...place('device') });
    await system.check('group:branches');
    const run = await groupRun(system);
    const read = system.simulator.commands.length;
    const choose = (value: string, user = ANA) =>
      system.slack.action({
        user,
        channel: SUPPORT,
        ts: run.answerTs ?? '',
        action: {
          type: 'static_select',
          action_id: ACTIONS.showDevice,
          selected_option: { value: `${value}:${run.id}` },
        },
      });
    await choose('1');
    const [shown] = await system.answered({ alias: 'fgt-b2' });
    expect(shown).toMatchObject({ id: `${run.id}.1`, replyTo: { thread: run.rootTs } });
    const answer = system.slack.workspace.find(SUPPORT, shown?.answerTs ?? '');
    expect(answer?.text).toMatch(/administrators have trusted hosts/);
    expect(system.simulator.commands).toHaveLength(read);
    await choose('1', BEN);
    expect(await system.whisper(SUPPORT, BEN)).toMatch(/in the thread already/);
    expect(await system.backend.runs.byDevice('fgt-b2', 5)).toHaveLength(1);
    await choose('4');
    const [failed] = await system.answered({ alias: 'fgt-b5' });
    expect(failed?.outcome).toMatchObject({ kind: 'failed', code: 'ftm_device_unreachable' });
  });

  it('is cancelled, and says what it read', async ({ skip }) => {
    skip(queue === 'BullMQ' && !redis);
    await using system = await startTestSystem({
      ...GROUPS,
      ...place('cancel'),
      behaviour: { commandDelayMs: 150 },
    });
    await system.check('group:branches');
    const message = () =>
      system.slack
        .messages(SUPPORT)
        .find(({ text }) => /of 5 devices read/.test(text) || /Checking/.test(text));
    await until(() => message() !== undefined, 'its message is there');
    await until(
      async () => system.log.some((line) => line.includes('device of a group read')),
      'one is read',
    );
    const [open] = (await system.backend.runs.byAsker(ANA, 5)).filter(({ kind }) => kind === 'group');
    await system.slack.action({
      user: ANA,
      channel: SUPPORT,
      ts: message()?.ts ?? '',
      action: { type: 'button', action_id: ACTIONS.cancel, value: open?.id },
    });
    const run = await groupRun(system);
    const answer = system.slack.workspace.find(SUPPORT, run.answerTs ?? '');
    const read = table(system, run).length - 1;
    expect(read).toBeGreaterThanOrEqual(1);
    expect(read).toBeLessThan(5);
    expect(answer?.text).toContain(`Cancelled by Ana Ruiz. ${read} of 5 devices were read.`);
  });

  it('has only the devices that this person may check here', async ({ skip }) => {
    skip(queue === 'BullMQ' && !redis);
    await using system = await startTestSystem({ ...GROUPS, ...place('access') });
    await system.check('all', BEN, LOCKED);
    const run = await groupRun(system, BEN);
    expect(
      table(system, run)
        .slice(1)
        .map(([name]) => name),
    ).toEqual(['fgt-b1', 'fgt-b2']);
    const texts: string[] = [];
    for (const group of ['secret', 'empty', 'nothing']) {
      await system.check(`group:${group}`);
      texts.push((await system.whisper(SUPPORT, ANA)).replaceAll(group, 'NAME'));
    }
    expect(new Set(texts).size).toBe(1);
    expect(texts[0]).toContain('There is no group named `NAME` with devices that you may check here.');
    await system.check('group:branchs');
    expect(await system.whisper(SUPPORT, ANA)).toContain('Did you mean `group:branches`?');
    await system.check('group:secrets');
    expect(await system.whisper(SUPPORT, ANA)).not.toContain('Did you mean');
    expect(system.simulator.commands.length).toBeGreaterThan(0);
  });

  it('goes on after its jobs were lost, and reports the device whose job used up its attempts', async ({
    skip,
  }) => {
    skip(queue === 'BullMQ' && !redis);
    await using system = await startTestSystem({ ...GROUPS, ...place('resume') });
    const { queue: jobs, runs, records } = system.backend;
    const id = `run-lost-${queue}`;
    const acceptedAt = Date.now() - 3 * 60_000;
    await runs.create({
      id,
      kind: 'group',
      group: { name: 'branches', size: 5 },
      asker: { id: ANA },
      replyTo: { channel: SUPPORT },
      acceptedAt,
    });
    await createGroupStore(records).open(id, BRANCHES);
    await jobs.enqueue({ id: `${id}.2`, data: { kind: 'withdraw', runId: `${id}.2`, acceptedAt } });
    await until(async () => (await jobs.state(`${id}.2`)) === 'completed', 'that job has ended');
    await recoverOrphanedRuns({ queue: jobs, runs, logger: silentLogger, now: Date.now });
    const run = await groupRun(system);
    expect(run).toMatchObject({ id, outcome: { headline: '5 devices: 3 broken, 2 not read' } });
    expect(table(system, run)).toContainEqual([
      'fgt-b3',
      'not read',
      expect.stringMatching(/^The check of this device was lost/),
    ]);
  });

  it('is refused where it has more devices than one request may check', async ({ skip }) => {
    skip(queue === 'BullMQ' && !redis);
    await using system = await startTestSystem({ ...GROUPS, ...place('limit'), groupLimit: 4 });
    await system.check('group:branches');
    expect(await system.whisper(SUPPORT, ANA)).toContain('These are 5 devices; one request may check 4.');
    expect(system.simulator.commands).toEqual([]);
  });
});
