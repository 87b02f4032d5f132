import { registerHandlers } from '../../handlers/index.ts';
import { createAct, VERBS } from '../../src/bot/requests/act.ts';
import type { Acceptance, NewRun, Requests } from '../../src/bot/requests/ports.ts';
import { createSlackApp, type SlackApp } from '../../src/bot/slack/create-slack-app.ts';
import { redact } from '../../src/engine/evidence/redact.ts';
import { FtmError } from '../../src/engine/ftm-error.ts';
import { silentLogger } from '../../src/platform/observe/logger.ts';
import { createMemoryRunStore } from '../../src/platform/store/memory-run-store.ts';
import { type LocalSlack, startLocalSlack } from '../../src/stand-ins/slack/local-slack.ts';

export type Mode = 'http' | 'socket';

export interface Bot {
  readonly slack: LocalSlack;
  readonly app: SlackApp;
  /** Where Slack posts to, in HTTP mode. */
  readonly eventsUrl: string;
  /** Runs that were accepted, oldest first. */
  readonly runs: readonly NewRun[];
  /** What the queue says to the next requests. */
  queue: (run: NewRun) => Promise<Acceptance> | Acceptance;
  close(): Promise<void>;
}

export const ANA = 'U0ANA';
/** May ask for nothing. */
export const BEN = 'U0BEN';
export const SUPPORT = 'C0SUPPORT';

const DEVICES = ['fgt-branch-07', 'fgt-branch-08'];
/** Reads nothing without a request. */
export const QUIET = 'C0QUIET';
export const LOG = 'fnbamd_fsm.c[1890] handle_req-Rcvd auth req 1 for ana';

/** A Bolt app with our listeners against a local Slack; the system behind `Services` is a table. */
export async function startBot(mode: Mode): Promise<Bot> {
  const slack = await startLocalSlack({
    channels: [
      { id: SUPPORT, name: 'support' },
      { id: QUIET, name: 'quiet' },
      { id: 'C0ARCHIVE', name: 'archive', archived: true },
      { id: 'C0OUTSIDE', name: 'outside', member: false },
      { id: 'G0PRIVATE', name: 'private', kind: 'group' },
    ],
  });
  const { botToken, appToken, signingSecret, apiUrl: slackApiUrl } = slack;
  /** Records that an answer is owed. */
  const recordPendingAck = async () => async () => {};
  const common = {
    botToken,
    slackApiUrl,
    logger: silentLogger,
    recordPendingAck,
    port: 0,
    host: '127.0.0.1',
  };
  const app =
    mode === 'http'
      ? createSlackApp({ ...common, mode, signingSecret })
      : createSlackApp({
          botToken,
          slackApiUrl,
          logger: silentLogger,
          recordPendingAck,
          mode,
          appToken,
        });
  const runs: NewRun[] = [];
  const known = new Set<string>();
  const off = new Set([QUIET]);
  const bot = {
    slack,
    app,
    eventsUrl: '',
    runs,
    queue: (): Acceptance | Promise<Acceptance> => ({ state: 'queued', ahead: 0 }),
    async close() {
      await app.stop();
      await slack.close();
    },
  };
  const store = createMemoryRunStore();
  const services: Requests = {
    authorise({ user, channel, alias, verb, way }) {
      const act = createAct({ verb, way, caller: { user, channel } });
      if (VERBS[verb] === 'everybody') return { kind: 'allowed', act };
      if (user !== ANA) return { kind: 'refused', reason: 'not-this-person-or-channel' };
      if (alias === undefined || DEVICES.includes(alias)) return { kind: 'allowed', act };
      return { kind: 'refused', reason: 'not-this-device' };
    },
    visibleDevices: ({ user }) => (user === ANA ? DEVICES : []),
    suggestGroups: (_, name) => (name.startsWith('branch') ? ['branches'] : []),
    watchSeconds: () => undefined,
    devicesEverywhere: ({ user }) => (user === ANA ? DEVICES : []),
    autodetect: {
      isOn: async ({ channel }) => !off.has(channel),
      async set({ caller: { channel } }, on) {
        if (on && channel === QUIET) return 'forbidden';
        if (on) off.delete(channel);
        else off.add(channel);
        return 'done';
      },
    },
    suggestDevices: (_, name) => DEVICES.filter((device) => device.includes(name)),
    async accept(run) {
      if (known.has(run.runId)) return { state: 'duplicate' };
      const accepted = await (bot as Bot).queue(run);
      if (accepted.state === 'refused') return accepted;
      known.add(run.runId);
      runs.push(run);
      slack.workspace.changed();
      return accepted;
    },
    record: () => undefined,
    filesDenied: () => undefined,
    unknownDevices: { count: () => true, areTooMany: () => false },
    redact: redact,
    past: {
      find: (id) => store.get(id),
      listByDevice: (alias, limit) => store.byDevice(alias, limit),
      listByAsker: (user, limit) => store.byAsker(user, limit),
      listByThread: (channel, thread, limit) => store.byThread(channel, thread, limit),
      listChecks: async (aliases) => aliases.map((alias) => ({ alias, checks: [] })),
      nameDevice: (alias) => ({ alias }),
      cancel: async () => false,
      attachReport: async () => ({ kind: 'attached' }),
      listRows: async () => [],
      showDevice: async () => ({ kind: 'expired' }),
      giveFeedback: async () => undefined,
    },
  };
  registerHandlers(app.app, services, silentLogger);
  const { port } = await app.start();
  if (port !== undefined) {
    bot.eventsUrl = `http://127.0.0.1:${port}/slack/events`;
    slack.connect(bot.eventsUrl);
  }
  return bot;
}

export const queueDown = new FtmError('ftm_queue_unavailable', 'The queue is not reachable.', {
  advice: 'Nothing was started. Try again in a minute.',
  retryable: true,
});
