import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { Redis } from 'ioredis';
import { stringify } from 'yaml';
import { createCollector } from '../src/device/create-collector.ts';
import { deviceSettings } from '../src/engine/diagnosis/changes/device-settings.ts';
import { diagnoseWithEvidence } from '../src/engine/diagnosis/diagnose.ts';
import { createVdomPlanner } from '../src/engine/diagnosis/vdom-planner.ts';
import { redact } from '../src/engine/evidence/redact.ts';
import { RULES } from '../src/engine/rules/all-rules.ts';
import { collectionPlan } from '../src/engine/rules/collection-plan.ts';
import { loadConfig } from '../src/platform/config/load-config.ts';
import { silentLogger } from '../src/platform/observe/logger.ts';
import { type Backend, openBackend } from '../src/platform/queue/open-backend.ts';
import { memberId } from '../src/platform/runs/group.ts';
import { MAX_CHECKS, toPastCheck } from '../src/platform/runs/past-check.ts';
import { createDeviceHistory } from '../src/platform/store/device-history.ts';
import { createGroupStore, KEEP_OUTCOMES_MS } from '../src/platform/store/group-store.ts';
import { createHealthySettingsStore } from '../src/platform/store/healthy-settings.ts';
import { createEvidenceStore } from '../src/platform/store/kept-evidence.ts';
import { toCaseRow } from '../src/report/documents/cases/case-row.ts';
import { startThrowAwayServer } from '../src/stand-ins/redis/throw-away-server.ts';
import { startLocalSlack } from '../src/stand-ins/slack/local-slack.ts';
import { startServing } from '../test/bot/http/serve-process.ts';
import { until } from '../test/support/until.ts';
import { readRecipe } from '../test/tools/image.ts';
import { type BenchDevice, deviceAt, PASSWORD, startLookAlike, stop, USER } from './device-process.ts';
import type { Row } from './figure.ts';

/**
 * `npm run bench -- fleet-memory [devices] [build]`: what a fleet that is checked every night takes in Redis, in a bot
 * and in a worker, with the default retention. Most devices are not read for it: the stores of the product write for each
 * what a check of a simulated device gives, under its own name. The last ones are read, and the worker posts the result of
 * all. With `build`, bot and worker start from a build, with the flags and the environment of the image; without, from
 * sources, which takes more memory.
 */
const READ_AT_LAST = 20;
const NIGHTS_KEPT = 7;
const BATCH = 100;
const CHANNEL = 'C0SUPPORT';
const ANA = 'U0ANA';
const SWEEP_RUN = 'sweep-0123456789abcdef01234567';
/** Node gives half of the memory of a pod to its heap. */
const HEAP_MB = { bot: 256, worker: 320 } as const;
const MAX_BOT_MB = 256;
const MAX_REDIS_MB = 200;
const MB = 1_048_576;
const HOUR_MS = 3_600_000;
const SAMPLE = join(import.meta.dirname, '../src/stand-ins/fortigate/samples/branch-07.conf');
const ROOT = resolve(import.meta.dirname, '..');
/** The default retention. */
const { historyMs, settingsMs, evidenceMs, evidenceBytes } = loadConfig({
  SLACK_BOT_TOKEN: 'xoxb-bench',
  SLACK_SIGNING_SECRET: '0'.repeat(32),
});
const COMPILE_CACHE = join(import.meta.dirname, '../node_modules/.cache/bench-memory');

export async function* bench([count = '5000', from]: readonly string[]): AsyncGenerator<Row> {
  const size = Number(count);
  const aliases = Array.from({ length: size }, (_, number) => `fgt-branch-${number}`);
  await using stack = new AsyncDisposableStack();
  const folder = stack.adopt(await mkdtemp(join(tmpdir(), 'ftm-bench-')), (path) =>
    rm(path, { recursive: true }),
  );
  const redis = await startThrowAwayServer();
  if (!redis) {
    yield { what: 'a fleet in Redis', notMeasured: 'neither valkey-server nor redis-server is on PATH' };
    return;
  }
  stack.defer(() => redis.stop());
  const direct = stack.adopt(new Redis(redis.url), (each) => each.disconnect());
  const device = stack.adopt(await startLookAlike(SAMPLE, 0), ({ child }) => stop(child));
  const slack = stack.adopt(await startLocalSlack({ channels: [{ id: CHANNEL, name: 'support' }] }), (each) =>
    each.close(),
  );
  await writeFile(join(folder, 'inventory.yaml'), inventoryText(aliases, device));
  const options = { redis: { url: redis.url }, log: silentLogger };
  const backend = stack.adopt(await openBackend(options), (each) => each.close(0));

  await fill(backend, aliases, device);
  if (from === 'build') await promisify(execFile)('npm', ['run', '--silent', 'build'], { cwd: ROOT });
  const image = await readRecipe();
  const started = from === 'build' ? 'built, as in the image' : 'from sources';
  const [flags, main] = [image.entrypoint.slice(1, -1), image.entrypoint.at(-1) ?? ''];
  const program = join(ROOT, from === 'build' ? main : main.replace('dist/', ''));
  const env = {
    ...image.env,
    PATH: process.env.PATH ?? '',
    // The folder of the cache is read-only in the image.
    ...(from === 'build' ? { NODE_DISABLE_COMPILE_CACHE: '1' } : { NODE_COMPILE_CACHE: COMPILE_CACHE }),
    REDIS_URL: redis.url,
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_SIGNING_SECRET: slack.signingSecret,
    SLACK_API_URL: slack.apiUrl,
    DEVICE_PASSWORD: PASSWORD,
    PORT: '0',
    FTM_CHECK_SELF_CHECK_MINUTES: '0',
    FTM_CHECK_AUDIT: 'off',
    FTM_CHECK_DATA: folder,
    FTM_CHECK_INTERNAL_PORT: '0',
  };
  const serve = (role: keyof typeof HEAP_MB) =>
    startServing({
      entry: [process.execPath, ...flags, `--max-old-space-size=${HEAP_MB[role]}`, program],
      args: ['--role', role],
      cwd: folder,
      env,
    });

  const worker = stack.use(serve('worker'));
  await worker.line('ready');
  const job = { acceptedAt: Date.now(), asker: { id: 'ftm-check' }, replyTo: { channel: CHANNEL } };
  // The jobs of the devices that have a result: they end at once, and stay in Redis as those of every night do.
  for (let at = 0; at < size - READ_AT_LAST; at += BATCH) {
    const batch = aliases.slice(at, Math.min(at + BATCH, size - READ_AT_LAST));
    await Promise.all(
      batch.map((alias, index) => {
        const number = at + index;
        const member = { of: SWEEP_RUN, number, size, sweep: 'nightly' };
        const runId = memberId(SWEEP_RUN, number);
        const data = { ...job, kind: 'group-member', runId, alias, member } as const;
        return backend.queue.enqueue({ id: runId, jobGroup: alias, background: true, data });
      }),
    );
  }
  const group = { ...job, kind: 'group', runId: SWEEP_RUN, group: '*', aliases, sweep: 'nightly' } as const;
  await backend.queue.enqueue({ id: SWEEP_RUN, data: group });
  const isOver = async () => (await backend.runs.get(SWEEP_RUN))?.answeredAt !== undefined;
  await until(isOver, 'the sweep is posted', HOUR_MS);
  yield {
    what: `worker that posts a sweep of ${count} devices, peak`,
    value: peakMb(worker.child.pid),
    unit: 'MB',
    note: started,
  };

  const bot = stack.use(serve('bot'));
  const { port } = await bot.line('ready');
  slack.connect(`http://127.0.0.1:${port}/slack/events`);
  const answers = () => slack.ephemeral(CHANNEL, ANA).length + slack.messages(CHANNEL).length;
  for (const text of ['list', 'all', 'history', 'history', 'history']) {
    const before = answers();
    await slack.slash({ command: '/ftm-check', text, user: ANA, channel: CHANNEL });
    await until(() => answers() > before, `${text} is answered`, HOUR_MS);
  }
  await slack.openHome(ANA);
  await until(() => slack.home(ANA) !== undefined, 'Home is shown', HOUR_MS);
  yield {
    what: `bot with ${count} devices, peak`,
    value: peakMb(bot.child.pid),
    unit: 'MB',
    goal: { of: 'value', most: MAX_BOT_MB },
    note: `${started}; after \`list\`, \`all\`, three times \`history\` of all devices, and Home`,
  };
  const info = await direct.info('memory');
  yield {
    what: `Redis with ${count} devices`,
    value: Number(/used_memory:(\d+)/.exec(info)?.[1]) / MB,
    unit: 'MB',
    goal: { of: 'value', most: MAX_REDIS_MB },
    note: `${MAX_CHECKS} checks and the settings of each device, ${NIGHTS_KEPT} sweeps, one day of their diagnoses and evidence`,
  };
}

/** What the nights before left behind. */
async function fill({ records }: Backend, aliases: readonly string[], at: BenchDevice): Promise<void> {
  const now = Date.now;
  const history = createDeviceHistory(records, { keepMs: historyMs, now });
  const settings = createHealthySettingsStore(records, settingsMs);
  const evidenceStore = createEvidenceStore(records, { keepMs: evidenceMs, maxBytes: evidenceBytes });
  const groups = createGroupStore(records);
  const collect = createCollector({ readSecret: () => Promise.resolve(PASSWORD) });
  const device = deviceAt(at);
  const commands = collectionPlan(RULES, device);
  const items = await collect({ device, commands, planVdoms: createVdomPlanner(RULES) });

  async function fillOne(alias: string, number: number): Promise<void> {
    const own = items.map((item) => ({ ...item, text: item.text.replaceAll('branch-07', alias) }));
    const evidence = redact(own);
    const focus = { alias, readAt: now() };
    const { diagnosis, evidence: read } = diagnoseWithEvidence(evidence, focus);
    const outcome = { kind: 'diagnosed', diagnosis, tookMs: 1_200 } as const;
    await settings.save(alias, undefined, { at: now(), groups: deviceSettings(read) });
    const checks = Array.from({ length: MAX_CHECKS }, (_, back) =>
      toPastCheck(
        {
          id: memberId(SWEEP_RUN, number + back * aliases.length),
          kind: 'check',
          acceptedAt: now() - (MAX_CHECKS - back) * 21 * HOUR_MS,
          asker: { id: 'ftm-check', name: 'the sweep nightly' },
          replyTo: { channel: CHANNEL },
        },
        outcome,
      ),
    );
    // One at a time, 100 versions of 5,000 records would be written.
    await records.put(`history:${alias}`, JSON.stringify(checks), 0, historyMs);
    await history.add(alias, { ...(checks.at(-1) ?? fail()), run: 'run-last', at: now() });
    const row = { ...toCaseRow(alias, diagnosis), number };
    for (let night = 1; night < NIGHTS_KEPT; night += 1) await groups.add(`${SWEEP_RUN}${night}`, row);
    if (number >= aliases.length - READ_AT_LAST) return;
    const kept = { evidence, focus, version: '0.0.0' };
    await evidenceStore.keep(memberId(SWEEP_RUN, number), kept, KEEP_OUTCOMES_MS);
    await groups.add(SWEEP_RUN, row, outcome);
  }

  for (let number = 0; number < aliases.length; number += BATCH) {
    const batch = aliases.slice(number, number + BATCH);
    await Promise.all(batch.map((alias, index) => fillOne(alias, number + index)));
  }
}

function fail(): never {
  throw new Error('no check');
}

function inventoryText(aliases: readonly string[], { port, hostKeys }: BenchDevice): string {
  const device = { address: '127.0.0.1', port, hostKeys, groups: ['branches'] };
  const inventory = {
    defaults: { username: USER, password: { env: 'DEVICE_PASSWORD' } },
    groups: { branches: {} },
    devices: Object.fromEntries(aliases.map((alias) => [alias, device])),
    access: [{ channels: [CHANNEL], devices: ['*'] }],
    sweeps: [{ name: 'nightly', group: '*', cron: '0 3 * * *', channel: CHANNEL }],
  };
  return stringify(inventory, { aliasDuplicateObjects: false });
}

/** The most memory that a process had so far. */
function peakMb(pid: number | undefined): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024;
}
