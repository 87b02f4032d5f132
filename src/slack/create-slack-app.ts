import type { Server } from 'node:http';
import {
  App,
  type Logger as BoltLogger,
  type CustomRoute,
  HTTPReceiver,
  type Receiver,
  webApi,
} from '@slack/bolt';
import { acknowledgeWhenDone } from './acknowledge.ts';
import { authorizeWithToken } from './authorize.ts';
import { type InstallOptions, installRoutes } from './install-routes.ts';
import { authorizeFromInstallations, type Installations } from './installation-store.ts';
import { boltLogger, type Log } from './logger.ts';
import { createSocketReceiver } from './socket-receiver.ts';
import { webClientOptions } from './web-client.ts';

interface CommonOptions {
  readonly logger: Log;
  readonly slackApiUrl?: string | undefined;
  /** Health and metrics on the same port. In Socket Mode they open `port`, which is otherwise not used. */
  readonly customRoutes?: readonly CustomRoute[];
  /** 0 takes a free one. */
  readonly port?: number;
  /** Address to listen on (HTTP mode); every one by default. */
  readonly host?: string;
}

export type SlackIdentity =
  | { readonly botToken: string }
  /** For several workspaces: the token of each is kept. `install` opens `/slack/install` for more of them (HTTP mode). */
  | { readonly installations: Installations; readonly install?: InstallOptions };

export type SlackAppOptions = CommonOptions &
  SlackIdentity &
  (
    | { readonly mode: 'http'; readonly signingSecret: string }
    | { readonly mode: 'socket'; readonly appToken: string }
  );

export interface SlackApp {
  /** For registering listeners. */
  readonly app: App;
  /** Resolves with the port in HTTP mode once requests are taken, in Socket Mode once the socket is open. */
  start(): Promise<{ readonly port?: number }>;
  /** Takes no further requests. Safe to call when it was never started. */
  stop(): Promise<void>;
}

/** Slack redelivers after 3 s; a request that no listener acknowledged is answered just before. */
const UNHANDLED_AFTER_MS = 2900;

/** Listeners that are still at work when we stop taking requests: their requests are not in the queue yet. */
const SETTLE_MS = 5000;

/** Registers nothing and connects to nothing until `start`. Throws when a secret is empty. */
export function createSlackApp(options: SlackAppOptions): SlackApp {
  const logger = boltLogger(options.logger);
  const clientOptions = webClientOptions({ logger, slackApiUrl: options.slackApiUrl });
  const receiver = createReceiver(options, logger);
  const acknowledging = acknowledgeWhenDone();
  const app = new App({
    receiver,
    logger,
    clientOptions,
    authorize: acknowledging.authorize(
      'installations' in options
        ? authorizeFromInstallations(options.installations)
        : authorizeWithToken(options.botToken, new webApi.WebClient(options.botToken, clientOptions)),
    ),
  });
  acknowledging.apply(app);
  if ('installations' in options) forgetUninstalled(app, options.installations);
  app.error(async (error) => logger.error('a listener failed:', error));
  let running = false;

  return {
    app,
    async start() {
      const started: unknown = await (options.mode === 'http'
        ? app.start({
            port: options.port ?? 3000,
            ...(options.host === undefined ? {} : { host: options.host }),
          })
        : app.start());
      running = true;
      return options.mode === 'http' ? { port: portOf(started as Server) } : {};
    },
    async stop() {
      if (!running) return;
      running = false;
      await app.stop();
      await acknowledging.settled(SETTLE_MS);
    },
  };
}

function forgetUninstalled(app: App, installations: Installations): void {
  app.event('app_uninstalled', async ({ context: { teamId, enterpriseId, isEnterpriseInstall } }) => {
    await installations.deleteInstallation?.({ teamId, enterpriseId, isEnterpriseInstall });
  });
}

function createReceiver(options: SlackAppOptions, logger: BoltLogger): Receiver {
  const customRoutes = [...(options.customRoutes ?? [])];
  if ('installations' in options && options.install !== undefined) {
    customRoutes.push(...installRoutes(options.install, { ...options, logger }));
  }
  if (options.mode === 'http') {
    return new HTTPReceiver({
      signingSecret: options.signingSecret,
      customRoutes,
      logger,
      unhandledRequestTimeoutMillis: UNHANDLED_AFTER_MS,
    });
  }
  return createSocketReceiver({
    appToken: options.appToken,
    logger,
    slackApiUrl: options.slackApiUrl,
    customRoutes,
    port: options.port,
  });
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the HTTP server listens on no port');
  return address.port;
}
