import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { createCollector } from '../../src/device/create-collector.ts';
import { startLocalSlack } from '../../src/local-slack/local-slack.ts';
import { silentLogger } from '../../src/observe/logger.ts';
import { openBackend } from '../../src/queue/open-backend.ts';
import { RULES } from '../../src/rules/all-rules.ts';
import { collectionPlan } from '../../src/rules/collection-plan.ts';
import { type Served, startServing } from '../http/serve-process.ts';
import { openTestRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';
import { type BenchDevice, deviceAt, PASSWORD, startLookAlike, stop, USER } from './device-process.ts';

/**
 * `npm run bench -- fleet [devices]`: groups of 10, 100 and 500 simulated devices, two workers, 50 ms before each answer.
 * First figure: processor time of the workers for each device, over that of a bare ssh2 session that sends the same
 * lines. Second: the same for 10 and for all devices. Third: the 95th percentile of the time of a check that a person
 * asked for, while a group is read and while nothing else is done.
 */
const DEVICE_MS = 50;
const WORKERS = 2;
const CONCURRENCY = 8;
const INTERACTIVE = 20;
const CHANNEL = 'C0SUPPORT';
const SAMPLE = join(import.meta.dirname, '../../src/simulator/samples/branch-07.conf');
const MAIN = resolve(import.meta.dirname, '../../src/cli/main.ts');
const GOAL_CPU = 1.5;
const GOAL_WAIT = 2;
const TICKS_PER_SECOND = 100;
const HOUR_MS = 3_600_000;

export async function bench([most = '500']: readonly string[]): Promise<void> {
  const sizes = [...new Set([10, 100, Number(most)].filter((size) => size <= Number(most)))];
  await using stack = new AsyncDisposableStack();
  const redis = stack.adopt(await openTestRedis(), (server) => server?.stop());
  if (redis === undefined || process.env.REDIS_URL)
    throw new Error('needs a Redis or Valkey of its own on PATH');
  const device = stack.adopt(await startLookAlike(SAMPLE, DEVICE_MS), ({ child }) => stop(child));
  const folder = stack.adopt(await mkdtemp(join(tmpdir(), 'ftm-bench-')), (path) =>
    rm(path, { recursive: true }),
  );
  const slack = stack.adopt(await startLocalSlack({ channels: [{ id: CHANNEL, name: 'support' }] }), (each) =>
    each.close(),
  );
  await writeFile(join(folder, 'inventory.yaml'), inventoryOf(Number(most), device));
  const options = { redis: { url: redis.url }, dataFolder: '/nowhere', path: '', log: silentLogger };
  const backend = stack.adopt(await openBackend(options), (each) => each.close(0));
  const workers: Served[] = [];
  for (let number = 0; number < WORKERS; number += 1) {
    const env = {
      PATH: process.env.PATH ?? '',
      REDIS_URL: redis.url,
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_SIGNING_SECRET: slack.signingSecret,
      SLACK_API_URL: slack.apiUrl,
      DEVICE_PASSWORD: PASSWORD,
      FTM_CHECK_CONCURRENCY: String(CONCURRENCY),
      FTM_CHECK_SELF_CHECK_MINUTES: '0',
      FTM_CHECK_AUDIT: join(folder, `${number}.jsonl`),
    };
    const served = startServing({
      entry: [process.execPath, MAIN],
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
    const before = cpuOf(workers);
    const begun = performance.now();
    await enqueueGroup(id, size);
    await answered(id);
    return { cpuMs: (cpuOf(workers) - before) / size, ms: performance.now() - begun, id };
  }

  async function enqueueGroup(id: string, size: number): Promise<void> {
    const aliases = Array.from({ length: size }, (_, number) => `fgt-${number}`);
    await backend.queue.enqueue({ id, data: { ...base(id), kind: 'group', group: 'branches', aliases } });
  }

  async function answered(id: string): Promise<void> {
    const isOver = async () => (await backend.runs.get(id))?.answeredAt !== undefined;
    await until(isOver, `${id} is answered`, HOUR_MS);
  }

  /** Milliseconds of one check after the other. */
  async function interactive(goesOn: () => Promise<boolean>): Promise<readonly number[]> {
    const times: number[] = [];
    while (times.length < INTERACTIVE && (await goesOn())) {
      asked += 1;
      const id = `run-check-${asked}`;
      const begun = performance.now();
      const data = { ...base(id), kind: 'check', alias: 'fgt-interactive' } as const;
      await backend.queue.enqueue({ id, lane: 'fgt-interactive', data });
      await answered(id);
      times.push(performance.now() - begun);
    }
    return times;
  }

  const lines = await linesOfCheck(device);
  const file = join(folder, 'lines.json');
  await writeFile(file, JSON.stringify(lines));
  const sizeOfBare = String(Math.min(100, Number(most)));
  const bareArgs = [String(device.port), USER, PASSWORD, file, sizeOfBare, String(CONCURRENCY)];
  const script = join(import.meta.dirname, 'bare-sessions.ts');
  const bare = Number((await promisify(execFile)(process.execPath, [script, ...bareArgs])).stdout);
  console.log(
    `A bare ssh2 session that sends the same ${lines.length} lines: ${bare.toFixed(1)} ms of processor time`,
  );

  // The first devices warm the workers up.
  await group(10);
  const figures: number[] = [];
  for (const size of sizes) {
    const { cpuMs, ms } = await group(size);
    figures.push(cpuMs);
    console.log(
      `${size} devices: ${(ms / 1000).toFixed(1)} s, ${cpuMs.toFixed(1)} ms of processor time for each, ` +
        `${(cpuMs / bare).toFixed(2)} of the bare session (goal ${GOAL_CPU})`,
    );
  }
  const flat = (figures.at(-1) ?? 0) / (figures[0] ?? 1);
  console.log(`${sizes.at(-1)} devices cost ${flat.toFixed(2)} times as much for each as ${sizes[0]}`);

  const idle = p95(await interactive(async () => true));
  await enqueueGroup('run-busy', Number(most));
  const isBusy = async () => (await backend.runs.get('run-busy'))?.answeredAt === undefined;
  const times = await interactive(isBusy);
  const busy = p95(times);
  await answered('run-busy');
  console.log(
    `A check that a person asked for: ${Math.round(idle)} ms in 95 of 100 cases, ` +
      `${Math.round(busy)} ms while ${most} devices are read (${times.length} checks), ${(busy / idle).toFixed(2)} times as long (goal ${GOAL_WAIT})`,
  );
  process.exitCode = (figures.at(-1) ?? 0) / bare <= GOAL_CPU && busy / idle <= GOAL_WAIT ? 0 : 1;
}

function base(runId: string) {
  return {
    runId,
    asker: { id: 'U0ANA', name: 'Ana' },
    replyTo: { channel: CHANNEL },
    acceptedAt: Date.now(),
  };
}

function inventoryOf(size: number, { port, hostKeys }: BenchDevice): string {
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
function cpuOf(processes: readonly Served[]): number {
  return processes.reduce((sum, { child }) => {
    const stat = readFileSync(`/proc/${child.pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return sum + ((Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND) * 1000;
  }, 0);
}

function p95(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.95))] ?? 0;
}
