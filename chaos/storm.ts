import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { silentLogger } from '../src/platform/observe/logger.ts';
import { openRedisGateway } from '../src/platform/queue/redis-connection.ts';
import type { Run } from '../src/platform/runs/run.ts';
import { createRedisRunStore } from '../src/platform/store/redis-run-store.ts';
import type { RunStore } from '../src/platform/store/run-store.ts';
import { sampleConfig } from '../src/stand-ins/fortigate/samples.ts';
import { type Simulator, startSimulator } from '../src/stand-ins/fortigate/start-simulator.ts';
import { startLocalSlack } from '../src/stand-ins/slack/local-slack.ts';
import { startBalancer } from './balancer.ts';
import { createProcessGroup } from './processes.ts';
import { createRandom } from './random.ts';
import { startSingleRedis } from './redis.ts';
import { DEVICE_SECRETS, HOOK_SECRETS } from './secrets.ts';
import { type SlackState, startSlackProxy } from './slack-proxy.ts';
import { type Page, PROVIDER_TURNS, type Provider, startProvider } from './storm-provider.ts';

export interface StormOptions {
  readonly alerts: number;
  /** How long Slack and the provider are in trouble. */
  readonly minutes: number;
  readonly say: (line: string) => void;
}

export interface StormReport {
  readonly alerts: number;
  readonly deliveries: number;
  /** Causes that the checks found: a rule of a customer. */
  readonly causes: number;
  readonly pages: number;
  /** From the first diagnosis of a cause to the first call of the provider about it, in seconds. */
  readonly slowestPageS: number;
  readonly troubles: readonly string[];
  /** What was not as promised. */
  readonly problems: readonly string[];
}

const CUSTOMERS = ['Northwind', 'Contoso', 'Fabrikam', 'Tailspin'];
/** Of each kind of broken device, by the number of its simulator. */
const CONFIGS = [
  sampleConfig('branch-07'),
  sampleConfig('branch-07').replace(
    '    set status enable\nend\nconfig user fortitoken',
    '    set status disable\nend\nconfig user fortitoken',
  ),
];
const REPLICAS = 2;
const SLACK_TURNS: readonly SlackState[] = ['away', 'hanging', 'slow'];
const TURN_MS = 12_000;
const WITHIN_S = 15;
const ON_CALL = 'U0ONCALL';

interface StormDevice {
  readonly alias: string;
  readonly customer: string;
  readonly simulator: number;
}

/** Alerts about many devices at once. Undefined where there is no Redis or Valkey server on PATH. */
export async function runStorm({ alerts, minutes, say }: StormOptions): Promise<StormReport | undefined> {
  await using started = new AsyncDisposableStack();
  const redis = await startSingleRedis();
  if (redis === undefined) return undefined;
  started.use(redis);
  const folder = await mkdtemp(join(tmpdir(), 'ftm-storm-'));
  started.defer(() => rm(folder, { recursive: true, force: true }));
  const users = [{ name: 'ftm-check', password: DEVICE_SECRETS.login }];
  const simulators = await Promise.all(
    CONFIGS.map((configText) => startSimulator({ configText, users, behaviour: { commandDelayMs: 5 } })),
  );
  for (const simulator of simulators) started.defer(() => simulator.close());
  const slack = await startLocalSlack({
    users: [{ id: ON_CALL, name: 'On Call' }],
    channels: CUSTOMERS.map((customer) => ({ id: customerChannel(customer), name: customer.toLowerCase() })),
  });
  started.defer(() => slack.close());
  const proxy = started.use(await startSlackProxy(slack.apiUrl, createRandom(1)));
  const balancer = started.use(await startBalancer());
  slack.connect(balancer.url);
  const provider = started.use(await startProvider());
  const devices = Array.from({ length: alerts }, (_, index) => ({
    alias: `fgt-storm-${index}`,
    customer: CUSTOMERS[index % CUSTOMERS.length] ?? '',
    simulator: Math.floor(index / CUSTOMERS.length) % CONFIGS.length,
  }));
  await writeFile(join(folder, 'inventory.yaml'), inventoryText(devices, simulators, provider.url));
  const processes = started.use(
    createProcessGroup({
      folder,
      balancer,
      env: {
        PATH: process.env.PATH ?? '',
        SLACK_BOT_TOKEN: slack.botToken,
        SLACK_SIGNING_SECRET: slack.signingSecret,
        SLACK_API_URL: `${proxy.url}/api/`,
        ...HOOK_SECRETS,
        DEVICE_PASSWORD: DEVICE_SECRETS.login,
        REDIS_URL: redis.settings.url,
        FTM_CHECK_CONCURRENCY: '6',
      },
    }),
  );
  const members = (['bot', 'worker', 'bot', 'worker'] as const).map((role) => processes.start(role));
  await Promise.all(members.map(({ ready }) => ready));
  say('all processes are ready');
  const runs = createRedisRunStore({
    gateway: openRedisGateway(redis.settings, silentLogger, 10_000),
    log: silentLogger,
  });
  started.defer(() => runs.close());

  const troubles: string[] = [];
  const endAt = Date.now() + minutes * 60_000;
  async function trouble(): Promise<void> {
    for (let turn = 0; Date.now() < endAt; turn += 1) {
      proxy.state = SLACK_TURNS[turn % SLACK_TURNS.length] ?? 'healthy';
      provider.state = PROVIDER_TURNS[turn % PROVIDER_TURNS.length] ?? 'healthy';
      troubles.push(`Slack ${proxy.state}, provider ${provider.state}`);
      say(`${troubles.at(-1)}`);
      await sleep(TURN_MS);
    }
    proxy.state = 'healthy';
    provider.state = 'healthy';
    say('the troubles are over');
  }
  const [deliveries] = await Promise.all([sendStorm(devices, balancer.hooks), trouble()]);
  const checked = await untilAnswered(devices, runs, say);
  await untilTold(checked, provider, say);
  const direct = slack.messages(slack.workspace.directMessage(ON_CALL).id);
  return {
    alerts,
    deliveries,
    troubles,
    ...judge(checked, provider, [
      ...processes.crashes,
      ...(direct.length === 0 ? [] : ['a person was paged who is only the last route']),
      ...slack.violations().map((violation) => JSON.stringify(violation)),
    ]),
  };
}

interface Checked extends StormDevice {
  readonly run: Run;
  readonly cause: string;
  /** Milliseconds since the Unix epoch. */
  readonly diagnosedAt: number;
}

/** A third of the alerts flap: they end, and begin again. Each comes from every replica, at once. */
async function sendStorm(devices: readonly StormDevice[], hooks: string): Promise<number> {
  let deliveries = 0;
  async function tell(device: StormDevice, status: 'firing' | 'resolved', startsAt: string): Promise<void> {
    const alert = {
      status,
      labels: { alertname: 'VpnLoginsFail', device: device.alias },
      annotations: { summary: 'nobody gets in' },
      startsAt,
      fingerprint: device.alias,
    };
    await Promise.all(
      Array.from({ length: REPLICAS }, async (_, replica) => {
        const body = { version: '4', externalURL: `http://alertmanager-${replica}`, alerts: [alert] };
        for (let tries = 0; tries < 10; tries += 1) {
          deliveries += 1;
          if (await post(`${hooks}/alertmanager`, body)) return;
          await sleep(1000);
        }
        throw new Error(`the alert about ${device.alias} was not accepted`);
      }),
    );
  }
  await Promise.all(
    devices.map(async (device, index) => {
      await sleep(index * 50);
      const first = new Date().toISOString();
      await tell(device, 'firing', first);
      if (index % 3 !== 0) return;
      await sleep(2000);
      await tell(device, 'resolved', first);
      await sleep(2000);
      await tell(device, 'firing', new Date().toISOString());
    }),
  );
  return deliveries;
}

async function post(url: string, body: object): Promise<boolean> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { authorization: `Bearer ${HOOK_SECRETS.ALERTMANAGER_TOKEN}` },
      signal: AbortSignal.timeout(5000),
    });
    return response.ok;
  } catch {
    return false;
  }
}

/** The first check of every device, once all runs are answered. */
async function untilAnswered(
  devices: readonly StormDevice[],
  runs: RunStore,
  say: StormOptions['say'],
): Promise<readonly Checked[]> {
  for (let waited = 0; ; waited += 1) {
    const all = await Promise.all(
      devices.map(async (device) => ({ device, runs: await runs.byDevice(device.alias, 20) })),
    );
    const open = all.filter(
      (each) => each.runs.length === 0 || each.runs.some(({ answeredAt }) => answeredAt === undefined),
    );
    if (open.length === 0) return all.flatMap(toChecked);
    if (waited % 10 === 0) say(`${open.length} devices wait for an answer`);
    if (waited > 600) throw new Error(`${open.length} devices have no answer`);
    await sleep(1000);
  }
}

function toChecked({
  device,
  runs,
}: {
  readonly device: StormDevice;
  readonly runs: readonly Run[];
}): readonly Checked[] {
  const first = runs.toSorted((one, other) => one.acceptedAt - other.acceptedAt)[0];
  if (first?.outcome?.kind !== 'diagnosed') return [];
  const { diagnosis, tookMs } = first.outcome;
  const cause = diagnosis.findings[0]?.rule;
  return cause === undefined
    ? []
    : [{ ...device, run: first, cause, diagnosedAt: first.acceptedAt + tookMs }];
}

async function untilTold(
  checked: readonly Checked[],
  provider: Provider,
  say: StormOptions['say'],
): Promise<void> {
  for (let waited = 0; waited < 300; waited += 1) {
    const untold = listCauses(checked).flatMap(({ devices }) => findUntold(devices, provider));
    if (untold.length === 0) return;
    if (waited % 10 === 0) say(`${untold.length} devices are not on a page yet`);
    await sleep(1000);
  }
}

function judge(
  checked: readonly Checked[],
  provider: Provider,
  others: readonly string[],
): Pick<StormReport, 'causes' | 'pages' | 'slowestPageS' | 'problems'> {
  const problems = [...others];
  const causes = listCauses(checked);
  let slowestPageS = 0;
  for (const { name, devices } of causes) {
    const own = listAlerts(devices, provider);
    if (own.length !== 1) problems.push(`${name} has ${own.length} pages`);
    const firstDiagnosis = Math.min(...devices.map(({ diagnosedAt }) => diagnosedAt));
    const tookS = (Math.min(...own.map(({ calledAt }) => calledAt)) - firstDiagnosis) / 1000;
    slowestPageS = Math.max(slowestPageS, tookS);
    if (tookS > WITHIN_S) problems.push(`${name} was paged after ${tookS.toFixed(1)} s`);
    const lost = findUntold(devices, provider);
    if (lost.length > 0) problems.push(`${name}: no page counts ${lost.join(', ')}`);
  }
  const pages = provider.pages().length;
  if (pages > causes.length) problems.push(`${pages} pages for ${causes.length} causes`);
  if (causes.length < CUSTOMERS.length * CONFIGS.length)
    problems.push(`only ${causes.length} causes were found`);
  return { causes: causes.length, pages, slowestPageS, problems };
}

interface Cause {
  readonly name: string;
  readonly devices: readonly Checked[];
}

function listCauses(checked: readonly Checked[]): readonly Cause[] {
  const causes = Map.groupBy(checked, ({ customer, cause }) => `${customer}/${cause}`);
  return [...causes].map(([name, devices]) => ({ name, devices }));
}

function listAlerts(devices: readonly Checked[], provider: Provider): readonly Page[] {
  const aliases = new Set(devices.map(({ alias }) => alias));
  return provider.pages().filter(({ device, cause }) => aliases.has(device) && cause === devices[0]?.cause);
}

/** Devices that their page neither names nor counts: it names the first ten, and says how many there are. */
function findUntold(devices: readonly Checked[], provider: Provider): readonly string[] {
  const texts = listAlerts(devices, provider).flatMap((page) => page.texts);
  const counts = texts.flatMap((each) =>
    [...each.matchAll(/(\d+)(?: devices:|\. device )/g)].map(([, count]) => Number(count)),
  );
  if (Math.max(0, ...counts) >= devices.length) return [];
  return devices
    .map(({ alias }) => alias)
    .filter((alias) => !texts.some((each) => new RegExp(`${alias}(?![0-9])`).test(each)));
}

function customerChannel(customer: string): string {
  return `C0${customer.toUpperCase()}`;
}

function inventoryText(
  devices: readonly StormDevice[],
  simulators: readonly Simulator[],
  provider: string,
): string {
  const lines = devices.map(({ alias, customer, simulator }) => {
    const { port, fingerprints } = simulators[simulator] ?? { port: 0, fingerprints: [] };
    return `  ${alias}: { address: 127.0.0.1, port: ${port}, customer: ${customer}, hostKeys: ["${fingerprints[0]}"] }`;
  });
  const channels = CUSTOMERS.map(
    (customer) => `      - { devices: ["customer:${customer}"], channel: ${customerChannel(customer)} }`,
  );
  return `
defaults:
  username: ftm-check
  password: { env: DEVICE_PASSWORD }
  timeouts: { connect: 20s, command: 20s, job: 120s }
devices:
${lines.join('\n')}
access: [{ channels: ["*"], devices: ["*"] }]
escalation:
  routes:
    pager: { kind: webhook, url: "${provider}/page", secret: { env: HOOK_SECRET } }
    team: { kind: slack, levels: [{ user: ${ON_CALL} }], every: 60m }
  order: [pager]
  alerts:
    channels:
${channels.join('\n')}
    alertmanager: { token: { env: ALERTMANAGER_TOKEN }, pages: high }
`;
}

/** For people, and for the page of benchmarks. */
export function stormText({
  alerts,
  deliveries,
  causes,
  pages,
  slowestPageS,
  troubles,
}: StormReport): string {
  return `${alerts} alerts in ${deliveries} deliveries, ${troubles.length} turns of trouble: ${pages} pages for ${causes} causes, the slowest ${slowestPageS.toFixed(1)} s after the first diagnosis\n`;
}
