import { createApp } from '../../src/app/create-app.ts';
import type { AuditTrail } from '../../src/platform/audit/audit-trail.ts';
import { createCurrentInventory } from '../../src/platform/config/current-inventory.ts';
import { parseInventory } from '../../src/platform/config/inventory.ts';
import { type Config, loadConfig } from '../../src/platform/config/load-config.ts';
import { createLogger } from '../../src/platform/observe/create-logger.ts';
import { type Backend, openBackend } from '../../src/platform/queue/open-backend.ts';
import type { FeedbackReport } from '../../src/platform/runs/feedback-report.ts';
import type { Run } from '../../src/platform/runs/run.ts';
import { createFeedbackStore } from '../../src/platform/store/feedback-store.ts';
import type { SimulatorBehaviour } from '../../src/stand-ins/fortigate/behaviour.ts';
import { sampleConfig } from '../../src/stand-ins/fortigate/samples.ts';
import {
  SIMULATED_USER,
  type Simulator,
  startSimulator,
} from '../../src/stand-ins/fortigate/start-simulator.ts';
import { type LocalSlack, startLocalSlack } from '../../src/stand-ins/slack/local-slack.ts';
import { until } from '../support/until.ts';

export const ANA = 'U0ANA';
export const BEN = 'U0BEN';
/** Everybody here may ask for everything. */
export const SUPPORT = 'C0SUPPORT';
/** Only Ben may ask for anything here, and Ben for `fgt-hq` only. */
export const LOCKED = 'C0LOCKED';

export interface TestSystemOptions {
  readonly mode?: 'http' | 'socket';
  /** Without it the in-process queue is used. */
  readonly redis?: { readonly url: string; readonly prefix?: string };
  readonly behaviour?: SimulatorBehaviour;
  readonly configText?: string;
  /** What the bot believes the password to be. */
  readonly password?: string;
  readonly hostKeys?: readonly string[];
  /** Lines of the inventory's device. */
  readonly device?: string;
  /** Beside `SUPPORT` and `LOCKED`. */
  readonly channels?: readonly { readonly id: string; readonly name: string }[];
  readonly userGroups?: Readonly<Record<string, readonly string[]>>;
  /** Instead of Ana and Ben. */
  readonly users?: readonly { readonly id: string; readonly name: string }[];
  /** More devices and groups, in place of nothing. */
  readonly inventoryDevices?: (port: number, hostKeys: readonly string[]) => string;
  /** Lines of the inventory besides its devices. */
  readonly inventoryLines?: string;
  readonly groupLimit?: number;
  /** Jobs at the same time; 4 by default. */
  readonly concurrency?: number;
  /** How long what is stored of a device is kept. */
  readonly retention?: Partial<Pick<Config, 'historyMs' | 'settingsMs' | 'evidenceMs'>>;
  /** Lines of the inventory's `access`, instead of the usual ones. */
  readonly access?: string;
  /** The inventory's `escalation`, indented by two. */
  readonly escalation?: string | undefined;
  readonly opsChannel?: string;
  /** Secrets besides that of the devices. */
  readonly env?: Readonly<Record<string, string>>;
  /** Stands before the queue and the stores, and sees what is called. */
  readonly watch?: (backend: Backend) => Backend;
  readonly audit?: AuditTrail;
}

export interface TestSystem extends AsyncDisposable {
  readonly slack: LocalSlack;
  readonly simulator: Simulator;
  /** Where the process that runs now takes requests, in HTTP mode. */
  readonly url: string;
  /** Of the process that runs now. */
  readonly backend: Backend;
  readonly log: readonly string[];
  /** The only run of a device, or of a thread, once its answer stands. */
  answered(
    where: { readonly alias: string } | { readonly thread: string },
    count?: number,
    withinMs?: number,
  ): Promise<readonly Run[]>;
  /** What people said about the answer of a run. */
  feedback(runId: string): Promise<FeedbackReport['entries']>;
  /** What a user was told in private in a channel; waits for it. */
  whisper(channel: string, user: string): Promise<string>;
  /** Another inventory comes into force, as after a reload. */
  changeInventory(changed: Pick<TestSystemOptions, 'access' | 'escalation' | 'inventoryLines'>): void;
  /** The process ends, and another one takes its place on the same queue. */
  restart(): Promise<void>;
  check(text?: string, user?: string, channel?: string): ReturnType<LocalSlack['slash']>;
}

/** The whole product on this machine, built as `serve` builds it. */
export async function startTestSystem(options: TestSystemOptions = {}): Promise<TestSystem> {
  await using started = new AsyncDisposableStack();
  const simulator = await startSimulator({
    configText: options.configText ?? sampleConfig('branch-07'),
    behaviour: options.behaviour,
  });
  started.defer(() => simulator.close());
  const slack = await startLocalSlack({
    channels: [{ id: SUPPORT, name: 'support' }, { id: LOCKED, name: 'locked' }, ...(options.channels ?? [])],
    userGroups: options.userGroups,
    users: options.users,
  });
  started.defer(() => slack.close());

  const log: string[] = [];
  const logger = createLogger({ level: 'debug', to: { write: (line) => void log.push(line) } });
  const mode = options.mode ?? 'http';
  const current = createCurrentInventory(inventoryFor(simulator, options));

  async function startProcess() {
    const opened = await openBackend({
      redis: options.redis && { url: options.redis.url },
      prefix: options.redis?.prefix,
      log: logger,
    });
    const backend = options.watch?.(opened) ?? opened;
    const app = createApp({
      config: {
        ...loadConfig({
          FTM_CHECK_MODE: mode,
          SLACK_BOT_TOKEN: slack.botToken,
          SLACK_SIGNING_SECRET: slack.signingSecret,
          SLACK_APP_TOKEN: slack.appToken,
          SLACK_API_URL: slack.apiUrl,
          PORT: '0',
          FTM_CHECK_CONCURRENCY: String(options.concurrency ?? 4),
          FTM_CHECK_GROUP_LIMIT: options.groupLimit?.toString(),
        }),
        ...options.retention,
        opsChannel: options.opsChannel,
      },
      role: 'all',
      inventory: current.inventory,
      backend,
      logger,
      audit: options.audit,
      env: { ...options.env, DEVICE_PASSWORD: options.password ?? SIMULATED_USER.password },
      host: '127.0.0.1',
    });
    const { port } = await app.start();
    const url = `http://127.0.0.1:${port}`;
    if (mode === 'http') slack.connect(`${url}/slack/events`);
    return { app, backend, url };
  }

  let running = await startProcess();
  started.defer(() => running.app.stop(3000));

  const all = started.move();
  return {
    slack,
    simulator,
    get url() {
      return running.url;
    },
    get backend() {
      return running.backend;
    },
    log,
    changeInventory: (changed) => current.replace(inventoryFor(simulator, { ...options, ...changed })),
    async restart() {
      await running.app.stop(3000);
      running = await startProcess();
    },
    check: (text = 'fgt-branch-07', user = ANA, channel = SUPPORT) =>
      slack.slash({ command: '/ftm-check', text, user, channel }),
    async answered(where, count = 1, withinMs = 120_000) {
      const find = () =>
        'alias' in where
          ? running.backend.runs.byDevice(where.alias, 10)
          : running.backend.runs.byThread(SUPPORT, where.thread, 10);
      let runs: readonly Run[] = [];
      const areAnswered = async () => {
        runs = await find();
        return runs.length >= count && runs.every((run) => run.answeredAt !== undefined);
      };
      await until(areAnswered, 'the answer stands', withinMs).catch((cause: unknown) => {
        throw new Error(`no answer; the log says:\n${log.slice(-20).join('')}`, { cause });
      });
      return runs;
    },
    async feedback(runId) {
      const report = await createFeedbackStore(running.backend.records, 1).get(runId);
      return report?.entries ?? [];
    },
    async whisper(channel, user) {
      const message = await slack.until(() => slack.ephemeral(channel, user).at(-1));
      return `${message.text}\n${JSON.stringify(message.blocks ?? [])}`;
    },
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

function inventoryFor(simulator: Simulator, options: TestSystemOptions) {
  const keys = options.hostKeys ?? simulator.fingerprints;
  return parseInventory(
    `
defaults:
  username: ${SIMULATED_USER.name}
  password: { env: DEVICE_PASSWORD }
  timeouts: { connect: 30s, command: 30s, job: 2m }
devices:
  fgt-branch-07:
    address: 127.0.0.1
    port: ${simulator.port}
    hostKeys: [${keys.map((each) => `"${each}"`).join(', ')}]
${options.device ?? ''}
  fgt-hq:
    address: 127.0.0.1
    port: ${simulator.port}
${options.inventoryDevices?.(simulator.port, keys) ?? ''}
${options.inventoryLines ?? ''}
access:${options.access ?? USUAL_ACCESS}
${options.escalation === undefined ? '' : `escalation:\n${options.escalation}`}`,
    'inventory.yaml',
  );
}

const USUAL_ACCESS = `
  - { channels: [${SUPPORT}], devices: ["*"] }
  - { channels: [${LOCKED}], users: [${BEN}], devices: [fgt-hq] }
`;
