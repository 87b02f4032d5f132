import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { createCollector } from '../src/device/create-collector.ts';
import { RULES } from '../src/engine/rules/all-rules.ts';
import { collectionPlan } from '../src/engine/rules/collection-plan.ts';
import { silentLogger } from '../src/platform/observe/logger.ts';
import { openBackend } from '../src/platform/queue/open-backend.ts';
import { startThrowAwayServer } from '../src/stand-ins/redis/throw-away-server.ts';
import { startLocalSlack } from '../src/stand-ins/slack/local-slack.ts';
import { type Served, startServing } from '../test/bot/http/serve-process.ts';
import { until } from '../test/support/until.ts';
import { readRecipe } from '../test/tools/image.ts';
import { type BenchDevice, deviceAt, PASSWORD, startLookAlike, stop, USER } from './device-process.ts';
import type { Row } from './figure.ts';
import { percentile } from './statistics.ts';

/**
 * `npm run bench -- fleet [devices] [checks]`: groups of 10, 50, 200 and 500 simulated devices, 50 ms before each
 * answer, two workers with the flags and the environment of the image, from sources, after they read all of them once.
 * First figure: processor time of the workers for each device, over that of a bare ssh2 session that sends the same
 * lines, measured before each group with as many processes and sessions at the same time. Second: the same for 10 and
 * for all devices. Third: the 95th percentile of the time of a check that a person asked for, while a group is read and
 * while nothing else is done.
 */
const DEVICE_MS = 50;
const WORKERS = 2;
const CONCURRENCY = 8;
/** Sessions of one measurement of the bare session. */
const MAX_BARE = 200;
const CHANNEL = 'C0SUPPORT';
const SAMPLE = join(import.meta.dirname, '../src/stand-ins/fortigate/samples/branch-07.conf');
const ROOT = resolve(import.meta.dirname, '..');
const GOAL_CPU = 1.5;
const GOAL_WAIT = 2;
const TICKS_PER_SECOND = 100;
const HOUR_MS = 3_600_000;

export async function* bench([most = '500', checks = '20']: readonly string[]): AsyncGenerator<Row> {
  const sizes = [...new Set([10, 50, 200, Number(most)].filter((size) => size <= Number(most)))];
  await using stack = new AsyncDisposableStack();
  const folder = stack.adopt(await mkdtemp(join(tmpdir(), 'ftm-bench-')), (path) =>
    rm(path, { recursive: true }),
  );
  const redis = await startThrowAwayServer();
  if (!redis) {
    yield { what: 'groups', notMeasured: 'neither valkey-server nor redis-server is on PATH' };
    return;
  }
  stack.defer(() => redis.stop());
  const device = stack.adopt(await startLookAlike(SAMPLE, DEVICE_MS), ({ child }) => stop(child));
  const slack = stack.adopt(await startLocalSlack({ channels: [{ id: CHANNEL, name: 'support' }] }), (each) =>
    each.close(),
  );
  await writeFile(join(folder, 'inventory.yaml'), inventoryText(Number(most), device));
  const options = { redis: { url: redis.url }, log: silentLogger };
  const backend = stack.adopt(await openBackend(options), (each) => each.close(0));
  const image = await readRecipe();
  const [flags, main] = [image.entrypoint.slice(1, -1), image.entrypoint.at(-1) ?? ''];
  const workers: Served[] = [];
  for (let number = 0; number < WORKERS; number += 1) {
    const env = {
      ...image.env,
      PATH: process.env.PATH ?? '',
      REDIS_URL: redis.url,
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_SIGNING_SECRET: slack.signingSecret,
      SLACK_API_URL: slack.apiUrl,
      DEVICE_PASSWORD: PASSWORD,
      FTM_CHECK_CONCURRENCY: String(CONCURRENCY),
      FTM_CHECK_SELF_CHECK_MINUTES: '0',
      FTM_CHECK_AUDIT: join(folder, `audit-${number}`),
      FTM_CHECK_DATA: folder,
      FTM_CHECK_INTERNAL_PORT: '0',
    };
    const served = startServing({
      entry: [process.execPath, ...flags, join(ROOT, main.replace('dist/', ''))],
      args: ['--role', 'worker'],
      cwd: folder,
      env,
    });
    workers.push(stack.use(served));
    await served.line('ready');
  }

  let asked = 0;
  async function group(
    size: number,
  ): Promise<{ readonly cpuMs: number; readonly ms: number; readonly id: string }> {
    asked += 1;
    const id = `run-group-${asked}`;
    const before = sumCpu(workers);
    const begun = performance.now();
    await enqueueGroup(id, size);
    await waitForAnswer(id);
    return { cpuMs: (sumCpu(workers) - before) / size, ms: performance.now() - begun, id };
  }

  async function enqueueGroup(id: string, size: number): Promise<void> {
    const aliases = Array.from({ length: size }, (_, number) => `fgt-${number}`);
    await backend.queue.enqueue({ id, data: { ...base(id), kind: 'group', group: 'branches', aliases } });
  }

  async function waitForAnswer(id: string): Promise<void> {
    const isOver = async () => (await backend.runs.get(id))?.answeredAt !== undefined;
    await until(isOver, `${id} is answered`, HOUR_MS);
  }

  /** Milliseconds of one check after the other. */
  async function interactive(goesOn: () => Promise<boolean>): Promise<readonly number[]> {
    const times: number[] = [];
    while (times.length < Number(checks) && (await goesOn())) {
      asked += 1;
      const id = `run-check-${asked}`;
      const begun = performance.now();
      const data = { ...base(id), kind: 'check', alias: 'fgt-interactive' } as const;
      await backend.queue.enqueue({ id, jobGroup: 'fgt-interactive', data });
      await waitForAnswer(id);
      times.push(performance.now() - begun);
    }
    return times;
  }

  const lines = await linesOfCheck(device);
  const file = join(folder, 'lines.json');
  await writeFile(file, JSON.stringify(lines));
  const sizeOfBare = String(Math.ceil(Math.min(MAX_BARE, Number(most)) / WORKERS));
  const bareArgs = [String(device.port), USER, PASSWORD, file, sizeOfBare, String(CONCURRENCY)];
  const script = join(import.meta.dirname, 'bare-sessions.ts');
  const run = promisify(execFile);
  /** As many processes as workers, at the same time. */
  async function bareMs(): Promise<number> {
    const started = Array.from({ length: WORKERS }, () => run(process.execPath, [script, ...bareArgs]));
    const each = (await Promise.all(started)).map(({ stdout }) => Number(stdout));
    return each.reduce((sum, ms) => sum + ms, 0) / WORKERS;
  }
  // Warms the workers up: they run for weeks, and V8 compiles for the first thousand devices.
  await group(Number(most));
  let smallest: { readonly what: string; readonly value: number } | undefined;
  for (const size of sizes) {
    // In turns: what else the machine does changes the cost of both.
    const bare = await bareMs();
    const { cpuMs, ms } = await group(size);
    const row = { what: `${size} devices, processor for each`, value: cpuMs, unit: 'ms' } as const;
    yield {
      ...row,
      beside: { what: `bare ssh2 session of ${lines.length} lines`, value: bare },
      goal: { of: 'ratio', most: GOAL_CPU },
      note: `${(ms / 1000).toFixed(1)} s by the clock`,
    };
    if (smallest) yield { ...row, beside: smallest };
    smallest ??= { what: `${size} devices`, value: cpuMs };
  }

  const idle = percentile(await interactive(async () => true), 0.95);
  await enqueueGroup('run-busy', Number(most));
  const isBusy = async () => (await backend.runs.get('run-busy'))?.answeredAt === undefined;
  const times = await interactive(isBusy);
  await waitForAnswer('run-busy');
  yield {
    what: `a check while ${most} devices are read, 95 of 100`,
    value: percentile(times, 0.95),
    unit: 'ms',
    beside: { what: 'while nothing else is done', value: idle },
    goal: { of: 'ratio', most: GOAL_WAIT },
    note: `${times.length} checks`,
  };
}

function base(runId: string) {
  return {
    runId,
    asker: { id: 'U0ANA', name: 'Ana' },
    replyTo: { channel: CHANNEL },
    acceptedAt: Date.now(),
  };
}

function inventoryText(size: number, { port, hostKeys }: BenchDevice): string {
  const device = { address: '127.0.0.1', port, hostKeys, groups: ['branches'] };
  const aliases = [...Array.from({ length: size }, (_, number) => `fgt-${number}`), 'fgt-interactive'];
  return JSON.stringify({
    defaults: {
      username: USER,
      password: { env: 'DEVICE_PASSWORD' },
      timeouts: { connect: '60s', command: '60s', job: '300s' },
    },
    groups: { branches: {} },
    devices: Object.fromEntries(aliases.map((alias) => [alias, device])),
    access: [{ channels: [CHANNEL], devices: ['*'] }],
  });
}

/** Every line that a check sends into the device. */
async function linesOfCheck(at: BenchDevice): Promise<readonly string[]> {
  const collect = createCollector({ readSecret: () => Promise.resolve(PASSWORD) });
  const sent: string[] = [];
  const device = deviceAt(at);
  await collect({ device, commands: collectionPlan(RULES, device), onSent: (text) => sent.push(text) });
  return sent.map((text) => text.replace(/[\r\n]+$/, '')).filter((text) => text !== '');
}

/** Milliseconds of processor time of these processes so far. */
function sumCpu(processes: readonly Served[]): number {
  return processes.reduce((sum, { child }) => {
    const stat = readFileSync(`/proc/${child.pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return sum + ((Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND) * 1000;
  }, 0);
}
