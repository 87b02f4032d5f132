import type { Server } from 'node:http';
import {
  App,
  type Authorize,
  type AuthorizeResult,
  type Logger as BoltLogger,
  type CustomRoute,
  HTTPReceiver,
  type Receiver,
  webApi,
} from '@slack/bolt';
import type { Dispatcher } from 'undici';
import { z } from 'zod';
import { getPort } from '../http/listen.ts';
import { acknowledgeWhenDone, type RecordPendingAck } from './acknowledge.ts';
import { detectForeignWorkspaces } from './foreign-workspace.ts';
import { guardRequests } from './guard-requests.ts';
import { authorizeFromInstallations, type Installations } from './installation-store.ts';
import { boltLogger, type Log } from './logger.ts';
import { kindOfSlackError } from './refusals.ts';
import { createRouteServer, limitConnections } from './serve-routes.ts';
import { createSocketReceiver } from './socket-receiver.ts';
import { webClientOptions } from './web-client.ts';
import { INSTALL_SCOPES, type Installer, type SlackIdentity } from './workspaces.ts';

interface CommonOptions {
  readonly logger: Log;
  readonly slackApiUrl?: string | undefined;
  /** For the connection of Socket Mode through a proxy. */
  readonly dispatcher?: Dispatcher | undefined;
  /** Lets long commands be acknowledged early; without it Slack reports them as failed. */
  readonly recordPendingAck?: RecordPendingAck;
  /** Also on `port`, which in Socket Mode is open for these and the install routes only. */
  readonly customRoutes?: readonly CustomRoute[];
  /** 0 picks a free port. */
  readonly port?: number;
  /** Address to listen on (HTTP mode); all addresses by default. */
  readonly host?: string;
}

export type SlackAppOptions = CommonOptions &
  SlackIdentity &
  (
    | { readonly mode: 'http'; readonly signingSecret: string }
    | { readonly mode: 'socket'; readonly appToken: string }
  );

export interface SlackApp {
  readonly app: App;
  /** Resolves once requests are accepted; with the port, unless Socket Mode serves no routes. */
  start(): Promise<{ readonly port?: number }>;
  /** Stops accepting requests. Safe to call if it was never started. */
  stop(): Promise<void>;
}

/** Slack redelivers after 3 s; a request that no listener acknowledged is answered just before that. */
const UNHANDLED_AFTER_MS = 2900;

/** Time for running listeners at shutdown: their requests are not in the queue yet. */
const SHUTDOWN_TIMEOUT_MS = 5000;

/** Connects and registers nothing until `start`. Throws if a secret is empty. */
export function createSlackApp(options: SlackAppOptions): SlackApp {
  const logger = boltLogger(options.logger);
  const clientOptions = webClientOptions({ logger, slackApiUrl: options.slackApiUrl });
  const { customRoutes = [] } = options;
  const installer = 'installations' in options ? options.installer : undefined;
  const routes = installer === undefined ? customRoutes : [...customRoutes, ...installRoutes(installer)];
  const receiver = createReceiver(options, routes, logger);
  const routeServer = options.mode === 'socket' && routes.length > 0 ? createRouteServer(routes) : undefined;
  const acknowledging = acknowledgeWhenDone(options.recordPendingAck);
  const app = new App({
    receiver: acknowledging.wrap(receiver),
    logger,
    clientOptions,
    authorize: acknowledging.authorize(
      'installations' in options
        ? authorizeFromInstallations(options.installations)
        : authorizeWithToken(options.botToken, new webApi.WebClient(options.botToken, clientOptions)),
    ),
  });
  detectForeignWorkspaces(app);
  if ('installations' in options) forgetRemoved(app, options.installations);
  app.error(async (error) => logger.error('a listener failed:', error));
  let running = false;
  let server: Server | undefined;

  return {
    app,
    async start() {
      const { mode, port = 3000, host } = options;
      if (mode === 'http') {
        const started: unknown = await app.start({ port, host });
        server = started as Server;
        limitConnections(server);
        running = true;
        return { port: getPort(server) };
      }
      const listening = await routeServer?.listen(port, host);
      await app.start();
      running = true;
      return { port: listening };
    },
    async stop() {
      await routeServer?.close();
      if (!running) return;
      running = false;
      // Without this, closing the server waits for idle connections.
      if (server) server.keepAliveTimeout = 1;
      await app.stop();
      await acknowledging.settled(SHUTDOWN_TIMEOUT_MS);
    },
  };
}

function createReceiver(
  options: SlackAppOptions,
  routes: readonly CustomRoute[],
  logger: BoltLogger,
): Receiver {
  if (options.mode === 'http') {
    const receiver = new HTTPReceiver({
      signingSecret: options.signingSecret,
      customRoutes: [...routes],
      logger,
      unhandledRequestTimeoutMillis: UNHANDLED_AFTER_MS,
    });
    guardRequests(receiver, { signingSecret: options.signingSecret, logger });
    return receiver;
  }
  return createSocketReceiver({
    appToken: options.appToken,
    logger,
    slackApiUrl: options.slackApiUrl,
    dispatcher: options.dispatcher,
  });
}

/**
 * Authorises one workspace with one bot token. Asks Slack for the bot's identity on the first event and remembers it,
 * so that the process also starts while Slack is unavailable.
 */
function authorizeWithToken(token: string, client: webApi.WebClient): Authorize<boolean> {
  let known: Promise<AuthorizeResult> | undefined;
  return async () => {
    known ??= whoAmI(token, client).catch((error: unknown) => {
      known = undefined;
      // The token is invalid: requests are accepted all the same, and people who can be reached without it are told.
      if (kindOfSlackError(error) === 'token') return { botToken: token };
      throw error;
    });
    return await known;
  };
}

async function whoAmI(token: string, client: webApi.WebClient): Promise<AuthorizeResult> {
  const { bot_id: botId, user_id: botUserId, team_id: teamId } = await client.auth.test({ token });
  return { botToken: token, botId, botUserId, teamId };
}

const revokedTokens = z.object({ event_time: z.number() });
const revoked = z.object({ tokens: z.object({ bot: z.array(z.string()).nullish() }) });

function forgetRemoved(app: App, installations: Installations): void {
  app.event('app_uninstalled', async ({ context, body }) => {
    await installations.remove(context, getTime(body));
  });
  app.event('tokens_revoked', async ({ context, body, event }) => {
    const { tokens } = revoked.parse(event);
    // User tokens are not used.
    if (tokens.bot?.length) await installations.remove(context, getTime(body));
  });
}

/** Milliseconds since the Unix epoch. */
function getTime(body: unknown): number {
  return revokedTokens.parse(body).event_time * 1000;
}

/** `/slack/install` redirects to Slack; `/slack/oauth_redirect` completes the installation and stores the token. */
function installRoutes(installer: Installer): readonly CustomRoute[] {
  const options = { scopes: INSTALL_SCOPES };
  return [
    {
      path: '/slack/install',
      method: 'GET',
      handler: (request, response) => void installer.handleInstallPath(request, response, undefined, options),
    },
    {
      path: '/slack/oauth_redirect',
      method: 'GET',
      handler: (request, response) => void installer.handleCallback(request, response, undefined, options),
    },
  ];
}
