import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { silentLogger } from '../src/platform/observe/logger.ts';
import { openRedisGateway } from '../src/platform/queue/redis-connection.ts';
import { createRedisRunStore } from '../src/platform/store/redis-run-store.ts';
import type { RunStore } from '../src/platform/store/run-store.ts';
import { startLocalSlack } from '../src/stand-ins/slack/local-slack.ts';
import { isAlert } from './alerts.ts';
import { startBalancer } from './balancer.ts';
import { type Counted, countOne, type Report } from './count.ts';
import { countAlert } from './count-alert.ts';
import {
  type Alarm,
  type Devices,
  debugLeftOn,
  debugOpened,
  filtersLeft,
  ikeOpened,
  startDevices,
} from './devices.ts';
import { planTroubles, rollAll, strikeAll } from './faults.ts';
import type { ChaosOptions } from './options.ts';
import { type ChaosPager, startChaosPager } from './pager.ts';
import { countPage } from './pages.ts';
import { judgeParts, partThread } from './parts.ts';
import type { Asked, PlannedRequest } from './planned-request.ts';
import { CLOSED_CHANNEL } from './planned-request.ts';
import { createProcessGroup, type ProcessGroup } from './processes.ts';
import { createRandom } from './random.ts';
import { readRuns } from './read-runs.ts';
import { startSingleRedis } from './redis.ts';
import { startChaosSentinels } from './redis-sentinels.ts';
import { DEVICE_SECRETS, HOOK_SECRETS, secretsFound } from './secrets.ts';
import type { Entries } from './send.ts';
import { ask, planRequests } from './simulated-users.ts';
import { startSlackProxy } from './slack-proxy.ts';
import { lookAtSlack } from './slack-seen.ts';

const CHANNELS = Array.from({ length: 12 }, (_, index) => `C0CHAOS${String(index).padStart(2, '0')}`);
const EACH = 2;
/** People who find no ear ask again later: so many more than requests. */
const SPARE_PEOPLE = 3;
/** About one request in ten is an alert or a page. */
const ALARMS_AMONG = 5;
/** Where only alerts come: one device in so many has a channel in which the bot cannot post. */
const CLOSED_EVERY = 10;

export interface Chaos {
  readonly options: ChaosOptions;
  readonly say: (line: string) => void;
}

/** `undefined` where there is no Redis or Valkey server to be found. */
export async function runChaos({ options, say }: Chaos): Promise<Report | undefined> {
  const startedAt = performance.now();
  await using started = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'ftm-chaos-'));
  if (options.verbose) say(`the log is ${join(folder, 'log.jsonl')}`);
  else started.defer(() => rm(folder, { recursive: true, force: true }));
  const redis = await (options.redis === 'single' ? startSingleRedis() : startChaosSentinels());
  if (redis === undefined) return undefined;
  started.use(redis);
  if (!redis.hasOwnDisk) say('no right to mount a small disk: the disk is not filled');
  const devices = started.use(await startDevices({ areBroken: options.alerts }));
  const people = Array.from(
    { length: options.requests * SPARE_PEOPLE + 50 },
    (_, index) => `U${10_000 + index}`,
  );
  const slack = await startLocalSlack({
    users: [...people, 'U0ONCALL'].map((id) => ({ id, name: `Person ${id}` })),
    channels: [
      ...CHANNELS.map((id) => ({ id, name: id.toLowerCase() })),
      { id: CLOSED_CHANNEL, name: 'closed', member: false },
    ],
  });
  started.defer(() => slack.close());
  const random = createRandom(options.seed);
  const proxy = started.use(await startSlackProxy(slack.apiUrl, createRandom(options.seed + 1)));
  slack.useProxy(proxy.url);
  const balancer = started.use(await startBalancer());
  if (options.mode === 'http') slack.connect(balancer.url);
  const pager = options.alerts
    ? started.use(await startChaosPager(createRandom(options.seed + 2)))
    : undefined;
  const alarms = alarmsFor(options);
  await writeFile(join(folder, 'inventory.yaml'), devices.inventory(alarms, pager));
  const processes = started.use(
    createProcessGroup({
      folder,
      balancer,
      env: {
        PATH: process.env.PATH ?? '',
        SLACK_BOT_TOKEN: slack.botToken,
        ...(options.mode === 'http'
          ? { SLACK_SIGNING_SECRET: slack.signingSecret }
          : { SLACK_APP_TOKEN: slack.appToken }),
        FTM_CHECK_MODE: options.mode,
        SLACK_API_URL: `${proxy.url}/api/`,
        ...HOOK_SECRETS,
        DEVICE_PASSWORD: DEVICE_SECRETS.login,
        REDIS_URL: redis.settings.url,
        REDIS_SENTINEL_PASSWORD: redis.settings.sentinelPassword ?? '',
        FTM_CHECK_CONCURRENCY: '6',
      },
    }),
  );
  await startAll(processes);
  say('all processes are ready');

  const runs = createRedisRunStore({
    gateway: openRedisGateway(redis.settings, silentLogger, 10_000),
    log: silentLogger,
  });
  started.defer(() => runs.close());
  const asked: Asked[] = [];
  const overMs = options.minutes * 60_000;
  const struck = new Map<string, number>();
  const note = (what: string): void => {
    say(what);
    struck.set(what, (struck.get(what) ?? 0) + 1);
  };
  const stack = { entries: { slack, hooks: balancer.hooks }, asked, say, pager };

  const users = [...people];
  const unused = alarms.values();
  const take = (count: number) => ({
    requests: count,
    users: users.splice(0, count),
    channels: CHANNELS,
    aliases: devices.aliases,
    alarms: unused,
    onlyAlerts: options.alerts,
    mostlyLive: options.live,
  });
  const planned = planRequests(random, { ...take(options.requests), overMs });
  const troubles = options.rolling
    ? rollAll(processes, overMs, note)
    : strikeAll(
        planTroubles(random, overMs, options.every * 1000, options.troubles),
        { processes, proxy, devices, redis },
        note,
      );
  await Promise.all([troubles, askAll(planned, stack)]);

  proxy.state = 'healthy';
  if (pager !== undefined) pager.state = 'healthy';
  say('the troubles are over, waiting for the last answers');
  await becomesQuiet(options, stack, runs);
  // Those who were turned away ask again, as people do.
  for (;;) {
    const missingCount =
      options.requests - (await countAll(stack, runs)).filter(({ accepted }) => accepted).length;
    if (missingCount <= 0 || users.length < missingCount) break;
    say(`${missingCount} ask again`);
    const again = planRequests(random, { ...take(missingCount), overMs: missingCount * 300 });
    await askAll(again, stack);
    await becomesQuiet(options, stack, runs);
  }
  // What would be said twice is said by now.
  await sleep(2500);

  const counted = await countAll(stack, runs);
  const leftOn = await debugLeftOn(devices.simulators);
  const sessionsOpen = await openSessions(devices);
  for (const [fault, count] of pager?.struck ?? []) struck.set(fault, count);
  for (const [fault, count] of proxy.struck) struck.set(`Slack ${fault}`, count);
  // Who sends alerts waits longer than Slack.
  const acks = asked
    .filter(({ kind }) => !isAlert(kind))
    .flatMap(({ deliveries }) => deliveries.filter(({ status }) => status === 200));
  const answered = await readRuns(asked, runs);
  const probe = { slack, channels: CHANNELS, redis, logFile: processes.logFile };
  return {
    counted,
    failedAnswers: answered.filter((run) => run?.outcome?.kind === 'failed').length,
    debugLeftOn: leftOn,
    debugOpened: debugOpened(devices.simulators),
    filtersLeft: filtersLeft(devices.simulators),
    ikeOpened: ikeOpened(devices.simulators),
    sessionsOpen,
    secrets: await secretsFound(probe),
    writes: devices.simulators.reduce((sum, { writes }) => sum + writes.length, 0),
    crashes: processes.crashes,
    violations: slack.violations().length,
    slowestAckMs: Math.max(0, ...acks.map(({ tookMs }) => tookMs)),
    riskMs: longestRisk(counted, say, processes.acceptedAt),
    redeliveries: asked.reduce((sum, { deliveries }) => sum + deliveries.length - 1, 0),
    struck,
    tookS: (performance.now() - startedAt) / 1000,
  };
}

function alarmsFor({ requests, alerts }: ChaosOptions): readonly Alarm[] {
  const count = alerts ? requests * 2 : Math.ceil(requests / ALARMS_AMONG) + 10;
  return Array.from({ length: count }, (_, index) => ({
    alias: `fgt-alarm-${index}`,
    channel:
      alerts && index % CLOSED_EVERY === 1 ? CLOSED_CHANNEL : (CHANNELS[index % CHANNELS.length] ?? ''),
  }));
}

async function startAll(processes: ProcessGroup): Promise<void> {
  const members = Array.from({ length: EACH }, () => [
    processes.start('bot'),
    processes.start('worker'),
  ]).flat();
  await Promise.all(members.map((member) => member.ready));
  const [crash] = processes.crashes;
  if (crash !== undefined) throw new Error(`nothing can be tested: ${crash}`);
}

interface Stack {
  readonly entries: Entries;
  readonly asked: Asked[];
  readonly say: (line: string) => void;
  readonly pager: ChaosPager | undefined;
}

async function askAll(planned: readonly PlannedRequest[], { entries, asked }: Stack): Promise<void> {
  const begun = Date.now();
  await Promise.all(
    planned.map(async (each) => {
      await sleep(Math.max(0, begun + each.atMs - Date.now()));
      await ask(entries, each, asked);
    }),
  );
}

/** Waits until every accepted run is answered, for as long as that may take. */
async function becomesQuiet(options: ChaosOptions, stack: Stack, runs: RunStore): Promise<void> {
  const { asked, say } = stack;
  const end = Date.now() + options.quietMinutes * 60_000;
  let before = Number.POSITIVE_INFINITY;
  let open: readonly Asked[] = asked;
  while (open.length > 0 && Date.now() < end) {
    // With what belongs to the same paste: together they have one answer.
    const threads = new Set(open.map(partThread));
    const watched = asked.filter((each) => open.includes(each) || threads.has(partThread(each) ?? ''));
    const counted = await countAll({ ...stack, asked: watched }, runs);
    open = counted.filter(isUnsettled).map((each) => each.asked);
    const [first] = open;
    if (open.length !== before) say(`${open.length} are waiting, such as ${first?.runId} (${first?.kind})`);
    before = open.length;
    await sleep(1000);
  }
}

/** What may still become well by itself. */
function isUnsettled({ ending, asked }: Counted): boolean {
  return ending === 'lost' || (ending === 'doubled' && partThread(asked) !== undefined);
}

async function countAll({ asked, entries, pager }: Stack, runs: RunStore): Promise<readonly Counted[]> {
  const found = await readRuns(asked, runs);
  const seen = lookAtSlack(entries.slack);
  const { id } = entries.slack.workspace.directMessage('U0ONCALL');
  const direct = entries.slack.messages(id).map(({ text }) => text);
  return judgeParts(
    asked.map((each, index) => {
      if (each.kind === 'escalate') return countPage(each, seen);
      const counted = countOne(each, found[index], seen);
      return pager === undefined ? counted : countAlert(counted, found[index], pager, direct);
    }),
    seen,
  );
}

async function openSessions({ simulators }: Devices): Promise<number> {
  const count = (): number => simulators.reduce((sum, each) => sum + each.openConnections(), 0);
  for (let waited = 0; waited < 5000 && count() > 0; waited += 250) await sleep(250);
  return count();
}

function longestRisk(
  counted: readonly Counted[],
  say: Chaos['say'],
  acceptedAt: ReadonlyMap<string, number>,
): number {
  let longest = Number.NEGATIVE_INFINITY;
  // Who was told that it was not taken is at no risk: what Slack delivers again later is another matter.
  for (const { asked } of counted.filter(({ toldAfterMs }) => toldAfterMs === undefined)) {
    const { runId, ackedAt, kind } = asked;
    const safeAt = acceptedAt.get(runId);
    if (safeAt === undefined || ackedAt === undefined) continue;
    const riskMs = Math.round(safeAt - ackedAt);
    if (riskMs > 200) say(`${kind} ${runId} was safe ${riskMs} ms after its acknowledgement`);
    longest = Math.max(longest, riskMs);
  }
  return longest;
}
