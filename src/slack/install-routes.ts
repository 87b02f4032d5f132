import { type Logger as BoltLogger, type CustomRoute, HTTPReceiver } from '@slack/bolt';
import type { Installations } from './installation-store.ts';
import { BOT_SCOPES } from './manifest.ts';

/** Of the app's "Basic Information"; `stateSecret` is ours, and proves that who comes back is who was sent. */
export interface InstallOptions {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly stateSecret: string;
}

interface RoutesOptions {
  readonly installations: Installations;
  readonly logger: BoltLogger;
  readonly slackApiUrl?: string | undefined;
}

const SCOPES = Object.keys(BOT_SCOPES);

/**
 * `/slack/install` sends somebody to Slack, `/slack/oauth_redirect` takes them back and keeps the token. Bolt offers both
 * only together with its own way to authorise, so its installer is taken from a receiver that never listens.
 */
export function installRoutes(
  install: InstallOptions,
  { installations, logger, slackApiUrl }: RoutesOptions,
): readonly CustomRoute[] {
  const { installer } = new HTTPReceiver({
    ...install,
    signingSecret: 'of a receiver that never listens',
    scopes: SCOPES,
    installationStore: installations,
    installerOptions: {
      directInstall: true,
      clientOptions: slackApiUrl === undefined ? {} : { slackApiUrl },
    },
    logger,
  });
  if (!installer) throw new Error('Bolt has no installer for these options');
  return [
    {
      path: '/slack/install',
      method: 'GET',
      handler: (request, response) =>
        void installer.handleInstallPath(request, response, undefined, { scopes: SCOPES }),
    },
    {
      path: '/slack/oauth_redirect',
      method: 'GET',
      handler: (request, response) =>
        void installer.handleCallback(request, response, undefined, { scopes: SCOPES }),
    },
  ];
}
