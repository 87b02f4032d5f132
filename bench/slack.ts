import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { ACTIONS } from '../src/report/block-kit/action-ids.ts';
import { sampleConfig } from '../src/stand-ins/fortigate/samples.ts';
import {
  SIMULATED_USER,
  type Simulator,
  startSimulator,
} from '../src/stand-ins/fortigate/start-simulator.ts';
import { TWO_USERS_LOG } from '../src/stand-ins/fortigate/two-users-log.ts';
import { startThrowAwayServer } from '../src/stand-ins/redis/throw-away-server.ts';
import { type LocalSlack, startLocalSlack } from '../src/stand-ins/slack/local-slack.ts';
import type { EventDelivery } from '../src/stand-ins/slack/types.ts';
import type { Row } from './figure.ts';
import { median, percentile } from './statistics.ts';

/**
 * `npm run bench -- slack [seconds] [bot|all]`: 50 requests a second on one process that takes them, with a worker beside
 * it, or on one that does both (`all`): checks by command and by mention, and pasted logs. Figures: how soon each is
 * acknowledged, and whether each gets its one answer. 60 seconds are the goal's full minute.
 */
const PER_SECOND = 50;
const CHANNELS = Array.from({ length: 20 }, (_, index) => `C0BENCH${index}`);
const GOAL_P99_MS = 250;
/** After the last request. */
const ANSWERS_WITHIN_MS = 600_000;
const USER = 'U0ANA';

type TakingRole = 'bot' | 'all';

export async function* bench([length = '10', role = 'bot']: readonly string[]): AsyncGenerator<Row> {
  const seconds = Number(length);
  await using stage = await openStage(role === 'all' ? 'all' : 'bot');
  if (!stage) {
    yield { what: 'requests', notMeasured: 'neither valkey-server nor redis-server is on PATH' };
    return;
  }
  const { slack } = stage;
  const deliveries = await sendAll(slack, seconds);
  const startedWaiting = performance.now();
  const sent = PER_SECOND * seconds;
  const answers = await countAnswers(slack, sent);
  const waited = performance.now() - startedWaiting;

  const took = deliveries.map(({ tookMs }) => tookMs);
  const refused = deliveries.filter(({ status }) => status !== 200).length;
  const twice = [...answers.values()].filter((count) => count > 1).length;
  const lost = sent - answers.size;
  yield { what: 'acknowledged, median', value: median(took), unit: 'ms' };
  yield {
    what: 'acknowledged, 99 of 100',
    value: percentile(took, 0.99),
    unit: 'ms',
    goal: { of: 'value', most: GOAL_P99_MS },
    note: `the slowest of ${sent}: ${Math.round(Math.max(...took))} ms`,
  };
  yield {
    what: `not acknowledged, of ${sent}`,
    value: refused,
    unit: 'requests',
    goal: { of: 'value', most: 0 },
  };
  yield {
    what: `not answered, or answered twice, of ${sent}`,
    value: lost + twice,
    unit: 'requests',
    goal: { of: 'value', most: 0 },
  };
  yield { what: 'last answer, after the last request', value: waited / 1000, unit: 's' };
  if (lost + twice > 0) throw new Error(`${lost} not answered, ${twice} answered twice`);
}

/** One after the other by the clock, whether or not earlier ones are acknowledged. */
async function sendAll(slack: LocalSlack, seconds: number): Promise<readonly EventDelivery[]> {
  const underWay: Promise<readonly EventDelivery[]>[] = [];
  const start = performance.now();
  for (let index = 0; index < PER_SECOND * seconds; index += 1) {
    await sleep(Math.max(0, start + (index * 1000) / PER_SECOND - performance.now()));
    underWay.push(request(slack, index));
  }
  return (await Promise.all(underWay)).flat();
}

async function request(slack: LocalSlack, index: number): Promise<readonly EventDelivery[]> {
  const channel = CHANNELS[index % CHANNELS.length] ?? '';
  switch (index % 5) {
    case 0:
      return [await slack.slash({ command: '/ftm-check', text: 'fgt-branch-07', user: USER, channel })];
    case 1:
    case 2:
      return (await slack.mention({ user: USER, channel, text: 'fgt-branch-07' })).deliveries;
    default:
      return (await slack.message({ user: USER, channel, text: TWO_USERS_LOG })).deliveries;
  }
}

/** How many final answers each run has. */
async function countAnswers(slack: LocalSlack, wanted: number): Promise<ReadonlyMap<string, number>> {
  const end = performance.now() + ANSWERS_WITHIN_MS;
  for (;;) {
    const answers = new Map<string, number>();
    for (const { metadata, blocks } of slack.workspace.allMessages()) {
      const { run_id: run, role } = metadata?.event_payload ?? {};
      // Only a diagnosis has a report.
      if (role !== 'answer' || !JSON.stringify(blocks ?? []).includes(`"${ACTIONS.report}"`)) continue;
      answers.set(String(run), (answers.get(String(run)) ?? 0) + 1);
    }
    if (answers.size >= wanted || performance.now() > end) return answers;
    await sleep(200);
  }
}

interface Stage extends AsyncDisposable {
  readonly slack: LocalSlack;
}

async function openStage(role: TakingRole): Promise<Stage | undefined> {
  await using started = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'ftm-bench-'));
  started.defer(() => rm(folder, { recursive: true, force: true }));
  const redis = await startThrowAwayServer();
  if (!redis) return undefined;
  started.defer(() => redis.stop());
  const simulator = await startSimulator({ configText: sampleConfig('branch-07') });
  started.defer(() => simulator.close());
  const slack = await startLocalSlack({
    channels: CHANNELS.map((id) => ({ id, name: id.toLowerCase() })),
    checkLimits: false,
  });
  started.defer(() => slack.close());
  const inventory = join(folder, 'inventory.yaml');
  await writeFile(inventory, inventoryText(simulator));

  const env = {
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_SIGNING_SECRET: slack.signingSecret,
    SLACK_API_URL: slack.apiUrl,
    FTM_CHECK_INVENTORY: inventory,
    FTM_CHECK_DATA: folder,
    REDIS_URL: redis.url,
    PORT: '0',
    DEVICE_PASSWORD: SIMULATED_USER.password,
  };
  if (role === 'bot') await startRole('worker', env, started);
  const port = await startRole(role, env, started);
  slack.connect(`http://127.0.0.1:${port}/slack/events`);
  const all = started.move();
  return { slack, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

/** A process of the product; resolves with its port once it is ready. */
async function startRole(
  role: 'bot' | 'worker' | 'all',
  env: Record<string, string>,
  started: AsyncDisposableStack,
): Promise<number | undefined> {
  const child = spawn(process.execPath, ['src/cli/main.ts', 'serve', '--role', role], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  started.defer(async () => {
    if (child.exitCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  });
  const lines = createInterface({ input: child.stderr });
  return await new Promise((resolve, reject) => {
    lines.on('line', (line) => {
      const { msg, port } = JSON.parse(line) as { msg?: string; port?: number };
      if (msg === 'ready') resolve(port);
    });
    child.once('exit', () => reject(new Error(`the ${role} ended before it was ready`)));
  });
}

function inventoryText(simulator: Simulator): string {
  return `
devices:
  fgt-branch-07:
    address: 127.0.0.1
    port: ${simulator.port}
    username: ${SIMULATED_USER.name}
    password: { env: DEVICE_PASSWORD }
    hostKeys: [${simulator.fingerprints.map((each) => `"${each}"`).join(', ')}]
access:
  - { channels: ["*"], devices: ["*"] }
`;
}
