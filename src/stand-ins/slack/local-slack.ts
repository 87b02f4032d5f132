import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  BOT_SCOPES,
  OPTIONAL_BOT_SCOPES,
  PAGING_BOT_SCOPES,
  USER_GROUP_BOT_SCOPES,
} from '../../bot/slack/manifest.ts';
import { type Actors, createActors } from './actors.ts';
import type { Violation } from './block-kit/check-message.ts';
import { createDeliverer } from './deliver.ts';
import { createFaults, type Faults, limitReads } from './faults.ts';
import { createFiles } from './files.ts';
import { createPayloads } from './payloads.ts';
import { renderThread } from './render-thread.ts';
import { createResponseUrls } from './response-urls.ts';
import { createRouter } from './router.ts';
import { createSockets } from './sockets.ts';
import { createTokens, type Tokens } from './tokens.ts';
import type { ApiCall, Channel, SlackMessage, User } from './types.ts';
import { createViews, type OpenView } from './views.ts';
import { createWorkspace, type Workspace } from './workspace.ts';

export interface LocalSlackOptions {
  /** Id of the workspace. */
  readonly team?: string;
  readonly botToken?: string;
  /** 0, the default, picks a free port. */
  readonly port?: number;
  readonly users?: readonly User[];
  readonly channels?: readonly (Pick<Channel, 'id' | 'name'> & Partial<Channel>)[];
  /** False skips limit checks, which is faster. */
  readonly checkLimits?: boolean;
  /** Slack user ids by user group id. */
  readonly userGroups?: Readonly<Record<string, readonly string[]>>;
  /**
   * Slack's limits for apps that are distributed outside its Marketplace: 15 messages a page and one call a minute of
   * each reading method. `now`: milliseconds since the Unix epoch.
   */
  readonly strictReads?: { readonly now: () => number };
}

export interface LocalSlack extends Actors, Pick<Faults, 'failNext' | 'failAlways'> {
  /** For `slackApiUrl`. */
  readonly apiUrl: string;
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
  readonly workspace: Workspace;
  /** HTTP mode: the address of the app. Without it, Socket Mode is used. */
  connect(eventsUrl: string): void;
  /** Addresses of replies and files are given with this origin from now on: that of a proxy. */
  useProxy(url: string, options?: { readonly sockets: boolean }): void;
  openSockets(): number;
  disconnectSockets(): void;
  /** Calls of the Web API so far, oldest first. */
  calls(method?: string): readonly ApiCall[];
  /** Messages that broke a Block Kit limit or had no fallback text. */
  violations(): readonly Violation[];
  fileContent(id: string): string | undefined;
  fileBytes(id: string): Uint8Array | undefined;
  /** Deletes a file and its message. */
  deleteFile(id: string): void;
  /** Opened modals, oldest first. */
  views(): readonly OpenView[];
  /** A user's Home tab. */
  home(user: string): OpenView | undefined;
  /** Removes a scope from the bot token; without a name, revokes the token. */
  revoke(scope?: string): void;
  /** Restores the token and its scopes. */
  restore(): void;
  /** Token rotation: tokens of installations expire and can be renewed. */
  readonly tokens: Pick<Tokens, 'rotate' | 'expire'>;
  messages(channel: string): readonly SlackMessage[];
  thread(channel: string, ts: string): readonly SlackMessage[];
  /** Private messages a user got in a channel. */
  ephemeral(channel: string, user: string): readonly SlackMessage[];
  /** A thread as text for a terminal. */
  renderThread(channel: string, ts: string): string;
  /** Waits until `found` returns a value; rejects after `withinMs` with the threads' text. */
  until<T>(found: () => T | undefined | false, withinMs?: number): Promise<T>;
  close(): Promise<void>;
}

const ALL_SCOPES = Object.keys({
  ...BOT_SCOPES,
  ...OPTIONAL_BOT_SCOPES,
  ...PAGING_BOT_SCOPES,
  ...USER_GROUP_BOT_SCOPES,
});

const DEFAULT_USERS: readonly User[] = [
  { id: 'U0ANA', name: 'Ana Ruiz' },
  { id: 'U0BEN', name: 'Ben Okafor' },
];

const DEFAULT_CHANNELS: LocalSlackOptions['channels'] = [
  { id: 'C0SUPPORT', name: 'support' },
  { id: 'C0ARCHIVE', name: 'archive', archived: true },
  { id: 'C0OUTSIDE', name: 'outside', member: false },
  { id: 'G0PRIVATE', name: 'private', kind: 'group' },
];

/** A Slack workspace on this machine: Web API, Events API or Socket Mode, and simulated users. */
export async function startLocalSlack(options: LocalSlackOptions = {}): Promise<LocalSlack> {
  const bot = { id: 'B0FTM', userId: 'U0FTMBOT', name: 'ftm-check' };
  const workspace = createWorkspace({
    team: options.team ?? 'T0LOCAL',
    bot,
    users: [...(options.users ?? DEFAULT_USERS), { id: bot.userId, name: bot.name }],
    channels: (options.channels ?? DEFAULT_CHANNELS ?? []).map(withDefaults),
  });
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  let shown = baseUrl;
  let socketUrl = baseUrl;

  const secrets = {
    botToken: options.botToken ?? 'xoxb-local',
    appToken: 'xapp-local',
    signingSecret: 'local-signing-secret',
  };
  const tokens = createTokens(secrets.botToken);
  const faults = createFaults();
  const files = createFiles(() => shown);
  const views = createViews(() => workspace.changed());
  const responses = createResponseUrls(workspace, () => shown);
  const sockets = createSockets(
    server,
    () => socketUrl,
    () => workspace.changed(),
  );
  const deliverer = createDeliverer(sockets, secrets.signingSecret);
  const payloads = createPayloads(workspace, views, (channel, user, ts) =>
    responses.create(channel, user, ts),
  );
  const actors = createActors({ workspace, files, views, responses, deliverer, payloads });
  const userGroups = new Map(Object.entries(options.userGroups ?? {}));
  const calls: ApiCall[] = [];
  const violations: Violation[] = [];
  let scopes: Set<string> | undefined = new Set(ALL_SCOPES);

  server.on(
    'request',
    createRouter({
      files,
      responses,
      tokens,
      webApi: {
        ...secrets,
        faults: options.strictReads === undefined ? faults : limitReads(faults, options.strictReads.now),
        scopes: () => scopes,
        record(call) {
          calls.push(call);
          workspace.changed();
        },
        context: {
          workspace,
          files,
          views,
          tokens,
          userGroups,
          maxReadPage: options.strictReads === undefined ? Infinity : 15,
          checkLimits: options.checkLimits ?? true,
          openSocket: () => sockets.open(),
          note: (found) => violations.push(...found),
          announce: (message) => actors.announce(message),
        },
      },
    }),
  );

  return {
    ...actors,
    ...secrets,
    apiUrl: `${baseUrl}/api/`,
    workspace,
    tokens,
    connect: (eventsUrl) => deliverer.connect(eventsUrl),
    useProxy(address, { sockets } = { sockets: false }) {
      shown = address;
      if (sockets) socketUrl = address;
    },
    openSockets: () => sockets.count(),
    disconnectSockets: () => sockets.disconnectAll(),
    failNext: (method, fault, times) => faults.failNext(method, fault, times),
    failAlways: (fault) => faults.failAlways(fault),
    calls: (method) => calls.filter((call) => method === undefined || call.method === method),
    violations: () => [...violations],
    fileContent: (id) => files.content(id)?.toString('utf8'),
    fileBytes: (id) => files.content(id),
    deleteFile(id) {
      files.remove(id);
      for (const message of workspace.allMessages()) {
        if (message.files?.some((file) => file.id === id)) workspace.remove(message.channel, message.ts);
      }
    },
    views: () => views.opened(),
    home: (user) => views.home(user),
    revoke(scope) {
      if (scope === undefined) scopes = undefined;
      else scopes?.delete(scope);
    },
    restore() {
      scopes = new Set(ALL_SCOPES);
    },
    messages: (channel) => workspace.messages(channel),
    thread: (channel, ts) => workspace.thread(channel, ts),
    ephemeral: (channel, user) =>
      workspace.messages(channel).filter((message) => message.ephemeral_to === user),
    renderThread: (channel, ts) => renderThread(workspace, channel, ts),
    until: (found, withinMs = 120_000) => until(workspace, found, withinMs),
    async close() {
      await sockets.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await actors.settled();
    },
  };
}

function withDefaults(channel: Pick<Channel, 'id' | 'name'> & Partial<Channel>): Channel {
  return { kind: 'channel', member: true, archived: false, ...channel };
}

async function until<T>(
  workspace: Workspace,
  found: () => T | undefined | false,
  withinMs: number,
): Promise<T> {
  const now = found();
  if (now !== undefined && now !== false) return now;
  return await new Promise((resolve, reject) => {
    const finish = (act: () => void): void => {
      stop();
      clearTimeout(timer);
      act();
    };
    const timer = setTimeout(
      () => finish(() => reject(new Error(`nothing of the kind within ${withinMs} ms: ${found.toString()}`))),
      withinMs,
    );
    const stop = workspace.onChange(() => {
      const value = found();
      if (value !== undefined && value !== false) finish(() => resolve(value));
    });
  });
}
