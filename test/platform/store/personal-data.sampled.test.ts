import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDebugSessions } from '../../../src/bot/recovery/debug-sessions.ts';
import { deviceSettings } from '../../../src/engine/diagnosis/changes/device-settings.ts';
import { diagnoseWithEvidence } from '../../../src/engine/diagnosis/diagnose.ts';
import { redact } from '../../../src/engine/evidence/redact.ts';
import { createSilenceStore } from '../../../src/oncall/store/stored-lists.ts';
import { silentLogger } from '../../../src/platform/observe/logger.ts';
import { createBullmqQueue } from '../../../src/platform/queue/bullmq-queue.ts';
import { openRedisGateway } from '../../../src/platform/queue/redis-connection.ts';
import type { RunQueue } from '../../../src/platform/queue/run-queue.ts';
import { toPastCheck } from '../../../src/platform/runs/past-check.ts';
import type { Run } from '../../../src/platform/runs/run.ts';
import { createDeviceHistory } from '../../../src/platform/store/device-history.ts';
import { createFeedbackStore } from '../../../src/platform/store/feedback-store.ts';
import { createGroupStore } from '../../../src/platform/store/group-store.ts';
import { createHealthySettingsStore } from '../../../src/platform/store/healthy-settings.ts';
import { createEvidenceStore } from '../../../src/platform/store/kept-evidence.ts';
import { exportData, forgetData } from '../../../src/platform/store/personal-data.ts';
import { createRedisRecords } from '../../../src/platform/store/redis-records.ts';
import { createRedisRunStore } from '../../../src/platform/store/redis-run-store.ts';
import { appendUnpacked, mentions, scanStoredKeys } from '../../../src/platform/store/stored-keys.ts';
import { sampleConfig } from '../../../src/stand-ins/fortigate/samples.ts';
import { runs, sampleOf } from '../../support/amount.ts';
import { openTestRedis } from '../../support/redis.ts';
import { until } from '../../support/until.ts';

const redis = await openTestRedis();
const { url = '', prefix: testPrefix = '' } = redis ?? {};
const HOST = 'fgt-lisbon-01';
/** Its name begins with that of the other. */
const OTHER = 'fgt-lisbon-010';
const CARLA = { id: 'U0CARLA', name: 'Carla Neves' };
const DAN = { id: 'U0DAN', name: 'Dan' };
const VPN_USER = 'ines';
const KEEP_MS = 3_600_000;
const DAY = 24 * KEEP_MS;

let places = 0;
let prefix = '';
const door = redis === undefined ? undefined : openRedisGateway({ url }, silentLogger);
const direct = redis === undefined ? undefined : new Redis(url);
afterAll(async () => {
  direct?.disconnect();
  await door?.close();
  await redis?.stop();
});

function gateway() {
  if (door === undefined) throw new Error('no Redis');
  return door;
}

function runOf(id: string, asker: Run['asker'], alias: string, more: Partial<Run> = {}): Run {
  return {
    id,
    asker,
    replyTo: { channel: 'C0SUPPORT', thread: `17${id.length}.${alias.length}` },
    acceptedAt: Date.now() - 2 * KEEP_MS,
    kind: 'check',
    alias,
    answeredAt: Date.now(),
    ...more,
  };
}

/** What was read from both devices: only of one is it about the user. */
const CASES = { host: caseOf(HOST, VPN_USER), other: caseOf(OTHER, 'marlow') };

function caseOf(alias: string, user: string) {
  const text = `${alias} # show\n${sampleConfig('campus').replaceAll(VPN_USER, user)}`;
  const redacted = redact([{ name: 'show', text }]);
  const focus = { alias, readAt: Date.now() };
  return { redacted, focus, ...diagnoseWithEvidence(redacted, focus) };
}

/** Something in every kind of key that the bot writes, about both devices and both people. */
async function plant(): Promise<void> {
  const records = createRedisRecords(gateway(), prefix);
  const runs = createRedisRunStore({ gateway: gateway(), log: silentLogger, prefix, keepMs: DAY });
  const history = createDeviceHistory(records, { keepMs: DAY, now: Date.now });
  const evidence = createEvidenceStore(records, { keepMs: DAY, maxBytes: 10_000_000 });
  const settings = createHealthySettingsStore(records, DAY);
  const feedback = createFeedbackStore(records, DAY);
  const all = [
    runOf('run-carla-host', CARLA, HOST),
    runOf('run-dan-host', DAN, HOST),
    runOf('run-carla-other', CARLA, OTHER),
    runOf('run-dan-other', DAN, OTHER, { comparesTo: 'run-carla-other' }),
  ];
  for (const run of all) {
    const alias = run.alias ?? '';
    const { redacted, focus, diagnosis, evidence: read } = alias === HOST ? CASES.host : CASES.other;
    const outcome = { kind: 'diagnosed', diagnosis, tookMs: 5 } as const;
    await runs.create(run);
    await runs.update(run.id, { outcome, answerTs: '1.2' });
    await history.add(alias, toPastCheck(run, outcome));
    await evidence.keep(run.id, { evidence: redacted, focus, version: '0.0.0' });
    await records.put(`evidence:${run.id}`, JSON.stringify(redacted.items), 0, DAY);
    const groups = deviceSettings(read);
    await settings.save(alias, undefined, { at: run.acceptedAt, groups });
    await settings.save(alias, 'campus', { at: run.acceptedAt, groups });
    const report = {
      runId: run.id,
      kind: run.kind,
      alias,
      acceptedAt: run.acceptedAt,
      verdict: 'broken',
      headline: `${alias} is broken`,
      rules: [],
      version: '0.0.0',
      channel: 'C0SUPPORT',
      entries: [{ user: run.asker.id, reason: 'wrong', comment: 'no', at: Date.now() }],
      hasEvidence: true,
    } as const;
    await feedback.add(report, redacted.items);
    const page = {
      id: `page-of-${run.id}`,
      runId: run.id,
      subject: { device: alias },
      assignee: run.asker.id,
    };
    await records.put(`escalation:${page.id}`, JSON.stringify({ ...page, state: 'resolved' }), 0, DAY);
    await records.put(`escalation-of:${run.id.length}${alias.length}`, page.id, 0, DAY);
    await records.addMember('open-escalations', page.id, Date.now(), DAY);
    await records.put(`alert:${run.id}`, JSON.stringify([{ alert: { device: alias } }]), 0, DAY);
    await records.addMember('owed', JSON.stringify({ id: run.id, asker: run.asker }), Date.now(), DAY);
    await records.addMember(
      'correlation:a-cause',
      JSON.stringify({ device: alias, runId: run.id, at: 1 }),
      Date.now(),
      DAY,
    );
    await records.claim(`alert-check ${alias}`, DAY);
    await records.put(`feedback-notice:${run.id}.${run.asker.id}.1`, 'posted', 0, DAY);
    await records.put(`feedback-notice:other.${run.asker.id}.1`, 'posted', 0, DAY);
    await records.put(`alert-joined:${run.id}`, JSON.stringify([{ alert: { title: alias } }]), 0, DAY);
    await records.put(`alert-joined-to:own-${run.id}`, run.id, 0, DAY);
    await records.put(`group-cancelled:of-${run.id}`, `Stopped by <@${run.asker.id}>.`, 0, DAY);
    await records.addField('group-rows:all', run.id, JSON.stringify({ name: alias }), DAY);
    await records.addMember('feedback', run.id, Date.now(), DAY);
    await records.addMember('audit-heads', JSON.stringify({ by: run.asker.id }), Date.now(), DAY);
  }
  await createDebugSessions(records, Date.now).register(HOST, 60);
  await createDebugSessions(records, Date.now).register(OTHER, 60);
  await records.put(
    'correlation-notice:a-cause',
    JSON.stringify({ devices: [HOST, OTHER], startedAt: 1 }),
    0,
    DAY,
  );
  for (const kind of ['alert-check', 'alert-over', 'escalation-group', 'operations', 'on-call-calendar'])
    await records.put(`${kind}:${HOST}`, JSON.stringify({ device: HOST, people: [CARLA.id] }), 0, DAY);
  await records.put('group-outcome:group-of-both.0', JSON.stringify({ message: `${HOST} is away` }), 0, DAY);
  await records.put('slack-installation:T0', 'encrypted', 0, DAY);
  const silence = { from: 1, until: 2, by: CARLA.id, reason: 'new line' };
  await createSilenceStore(records).add({ ...silence, name: HOST, devices: [HOST] });
  await createSilenceStore(records).add({ ...silence, until: 9e12, name: 'all', devices: [HOST, OTHER] });
  await createSilenceStore(records).add({ ...silence, until: 9e12, name: 'customer:Acme', devices: [OTHER] });
  const silencedEscalation = { device: HOST, summary: 'broken', thread: { channel: 'C0', ts: '1' } };
  await records.addMember('escalation-silenced:2', JSON.stringify(silencedEscalation), Date.now(), DAY);
  const swept = [HOST, OTHER].map((name) => ({ name, findings: [], isRead: true }));
  await records.put('sweep-baseline:all', JSON.stringify({ run: 'r', devices: swept }), 0, DAY);
  await createGroupStore(records).open('group-of-both', [HOST, OTHER]);
  const shift = { from: 1, until: 2, by: 'U0BOSS' };
  await records.put(
    'on-call-shifts:week',
    JSON.stringify([
      { ...shift, user: CARLA.id },
      { ...shift, user: DAN.id },
    ]),
    0,
    DAY,
  );
  await work(all);
}

/** Ended jobs, their results and events. */
async function work(runs: readonly Run[]): Promise<void> {
  const queue: RunQueue = createBullmqQueue({ url, prefix, log: silentLogger });
  let done = 0;
  await queue.process(
    async () => {
      done += 1;
      return { kind: 'failed', code: 'ftm_internal', message: `${HOST} and ${OTHER}` };
    },
    { concurrency: 1, attempts: 1, backoffMs: 1, timeLimitMs: 5_000 },
  );
  for (const { id: runId, asker, replyTo, acceptedAt, alias = '' } of runs) {
    const data = { runId, asker, replyTo, acceptedAt, kind: 'check', alias } as const;
    await queue.enqueue({ id: runId, data, jobGroup: alias, dedupId: alias });
  }
  await until(() => done >= 2, 'the jobs have ended');
  await queue.close(5_000);
}

/** Keys that hold a word, in their name or anywhere in them. */
async function keysWith(...words: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const { key, parts } of scanStoredKeys(gateway(), prefix)) {
    const text = [key, ...parts.map((part) => `${part.name} ${appendUnpacked(part.text)}`)].join('\n');
    if (mentions(text, words)) found.push(key);
  }
  return found.toSorted();
}

/** Everything that is stored, by key. */
async function snapshot(): Promise<ReadonlyMap<string, string>> {
  const all = new Map<string, string>();
  for await (const { key, parts } of scanStoredKeys(gateway(), prefix)) all.set(key, JSON.stringify(parts));
  // A lock of BullMQ, which ends by itself after seconds.
  all.delete('runs:stalled-check');
  return all;
}

const forget = (name: string | readonly string[], dryRun = false) =>
  forgetData(gateway(), prefix, [name].flat(), { dryRun, now: Date.now() });

/** The runs for which a device is kept, where a sweep of it began so many hours ago. */
async function forgetDuringSweep(hours: number): Promise<readonly string[]> {
  const runs = createRedisRunStore({ gateway: gateway(), log: silentLogger, prefix, keepMs: 9 * DAY });
  const acceptedAt = Date.now() - hours * 3_600_000;
  const { answeredAt: _, alias: __, ...open } = runOf('run-group', DAN, HOST, { acceptedAt });
  await runs.create({ ...open, kind: 'group' });
  await createRedisRecords(gateway(), prefix).put('group:run-group', JSON.stringify([HOST]), 0, DAY);
  return (await forget(HOST)).running;
}

async function plantAnew(): Promise<void> {
  prefix = `${testPrefix}${++places}`;
  await plant();
}

async function removePlanted(): Promise<void> {
  const keys = (await direct?.keys(`${prefix.replaceAll(/[{}]/g, '\\$&')}:*`)) ?? [];
  if (keys.length > 0) await direct?.del(...keys);
}

describe.skipIf(redis === undefined)('what is stored about a device or person', () => {
  beforeEach(plantAnew);
  afterEach(removePlanted);

  it.each(sampleOf([HOST, HOST.toUpperCase()], 2, 0))('is gone: the device %s', async (name) => {
    const others = await keysWith(OTHER);
    expect((await keysWith(HOST)).length).toBeGreaterThan(20);
    const { removed, kept, running } = await forget(name);
    expect({ kept, running }).toEqual({ kept: [], running: [] });
    const kinds = 'alerts evidence feedback history jobs other pages runs settings';
    expect([...removed.keys()].toSorted().join(' ')).toBe(kinds);
    expect(await keysWith(HOST, 'run-carla-host', 'run-dan-host')).toEqual([]);
    const left = await keysWith(OTHER);
    const shared = others.filter((key) => !left.includes(key));
    expect(shared.every((key) => /^(?:record:correlation-notice|runs)/.test(key))).toBe(true);
    expect(left).toContain(`record:history:${OTHER}`);
    expect(left).toContain('run:run-carla-other');
  });

  it('is gone: a person, without the verdicts of the devices', async () => {
    await forget(CARLA.id);
    expect(await keysWith(CARLA.id, CARLA.name)).toEqual([]);
    const history = createDeviceHistory(createRedisRecords(gateway(), prefix), {
      keepMs: DAY,
      now: Date.now,
    });
    const checks = await history.read(OTHER);
    expect(checks.map(({ asker }) => asker.id).toSorted()).toEqual(['U0DAN', 'forgotten']);
    const runs = createRedisRunStore({ gateway: gateway(), log: silentLogger, prefix, keepMs: DAY });
    expect((await runs.byAsker(DAN.id, 10)).map(({ id }) => id).toSorted()).toEqual([
      'run-dan-host',
      'run-dan-other',
    ]);
    expect((await runs.byDevice(OTHER, 10)).map(({ id }) => id)).toEqual(['run-dan-other']);
    expect(await keysWith('U0BOSS')).toEqual(['record:on-call-shifts:week']);
  });

  it('is gone: a user of the VPN, whose name stands in what was read', async () => {
    expect((await keysWith(VPN_USER)).length).toBeGreaterThan(6);
    await forget(VPN_USER.toUpperCase());
    expect(await keysWith(VPN_USER)).toEqual([]);
    expect(await keysWith(OTHER)).toContain('record:case:run-dan-other');
  });

  it('is exported where it is forgotten, and nowhere else', async () => {
    const subjects = fc.subarray([HOST, OTHER, CARLA.id, DAN.id, VPN_USER, 'customer:Acme'], {
      minLength: 1,
    });
    await fc.assert(
      fc.asyncProperty(subjects, async (subject) => {
        await plantAnew();
        const exported = (await exportData(gateway(), prefix, subject)).map(({ key }) => key);
        const before = await snapshot();
        // Records of several devices: the others stay in them. A silence ends with the person who made it.
        const isShared = subject.includes(CARLA.id)
          ? /^record:(?:sweep-baseline|group):/
          : /^record:(?:sweep-baseline:|group:|escalation-silences)/;
        const others = [HOST, OTHER].filter((each) => !subject.includes(each));
        const keysOf = async (name: string) => (await keysWith(name)).filter((key) => isShared.test(key));
        const shownBefore = await Promise.all(others.map(keysOf));
        const { kept } = await forget(subject);
        const after = await snapshot();
        const touched = [...before.keys()].filter((key) => before.get(key) !== after.get(key));
        expect(exported).toEqual([...touched, ...kept.map(({ key }) => key)].toSorted());
        expect(await keysWith(...subject)).toEqual(kept.map(({ key }) => key));
        expect(await Promise.all(others.map(keysOf))).toEqual(shownBefore);
      }),
      { numRuns: runs(40) },
    );
  });

  it('is gone while a sweep of it waits for more than three days', async () => {
    expect(await forgetDuringSweep(73)).toEqual([]);
  });

  it('stays in an open page, and says so', async () => {
    const records = createRedisRecords(gateway(), prefix);
    const page = { id: 'p', state: 'acknowledged', subject: { device: HOST } };
    await records.put('escalation:p', JSON.stringify(page), 0, DAY);
    const { kept } = await forget(HOST);
    expect(kept).toMatchObject([
      { key: 'record:escalation:p', reason: expect.stringContaining('resolve it') },
    ]);
    expect(await keysWith(HOST)).toEqual(['record:escalation:p']);
  });
});

/** Kinds of records without a device and without a person. */
const NAMELESS =
  'autodetect feedback-summary hook incident-noted ops-said self-check slack-search sweep-done sweep-run sweeps';

describe.skipIf(redis === undefined)('what stays stored about a device or person', () => {
  beforeAll(plantAnew);
  afterAll(removePlanted);

  it('is tried with every kind of record that the code writes', async () => {
    const planted = new Set<string>();
    for await (const { key } of scanStoredKeys(gateway(), prefix))
      planted.add(/^(?:record|noted|table|claim):([a-z-]+)/.exec(key)?.[1] ?? key);
    const sources = ['src/platform/store', 'src/oncall', 'src/bot', 'src/app'].flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
    );
    const written = sources
      .filter((path) => path.endsWith('.ts'))
      .map((path) => readFileSync(path, 'utf8'))
      .filter((text) => /\brecords\b/i.test(text))
      .flatMap((text) => [
        ...text.matchAll(/(?:return |=>? |\()`([a-z][a-z-]+):\$\{/g),
        ...text.matchAll(/^const (?:SET|KEY|INDEX|OPEN|DEVICES|SUMMARY_KEY) = '([a-z-]+)'/gm),
      ])
      .map(([, kind = '']) => kind);
    expect(written.length).toBeGreaterThan(35);
    expect(
      [...new Set(written)]
        .filter((kind) => !planted.has(kind))
        .toSorted()
        .join(' '),
    ).toBe(NAMELESS);
  });

  it('is only counted in a dry run', async () => {
    const before = await keysWith(HOST);
    const { removed } = await forget(HOST, true);
    expect(removed.get('settings')).toBe(2);
    expect(await keysWith(HOST)).toEqual(before);
  });

  it('is exported as what it stands for', async () => {
    const found = await exportData(gateway(), prefix, [HOST]);
    expect(found.map(({ key }) => key)).toEqual(
      expect.arrayContaining([
        `record:history:${HOST}`,
        `record:settings:${HOST}`,
        'record:case:run-dan-host',
      ]),
    );
    const kept = found.find(({ key }) => key === 'record:case:run-dan-host')?.value;
    expect(kept).toMatchObject({
      text: expect.stringMatching(/"version":"0\.0\.0".*"name":"show".*\n/) as string,
    });
    // A result of a job is one sentence, about both.
    const others = found.filter(({ key, value }) => mentions(JSON.stringify([key, value]), [OTHER]));
    expect(others.filter(({ kind }) => kind !== 'jobs')).toEqual([]);
    expect(await exportData(gateway(), prefix, ['nobody-at-all'])).toEqual([]);
  });

  it('stays while a sweep of it waits for the end of a weekend', async () => {
    expect(await forgetDuringSweep(71)).toEqual(['run-group']);
  });

  it('stays while a run is not answered', async () => {
    const runs = createRedisRunStore({ gateway: gateway(), log: silentLogger, prefix, keepMs: DAY });
    const { answeredAt: _, ...open } = runOf('run-open', DAN, HOST, { acceptedAt: Date.now() });
    await runs.create(open);
    const before = await keysWith(HOST);
    expect((await forget(HOST)).running).toContain('run-open');
    expect(await keysWith(HOST)).toEqual(before);
  });
});
