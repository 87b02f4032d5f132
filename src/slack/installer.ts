import { type Logger as BoltLogger, HTTPReceiver, type InstallationStore } from '@slack/bolt';
import { BOT_SCOPES } from './manifest.ts';

/** Of the app's "Basic Information"; `stateSecret` is ours, and proves that who comes back is who was sent. */
export interface InstallOptions {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly stateSecret: string;
}

export type Installer = NonNullable<HTTPReceiver['installer']>;

export const INSTALL_SCOPES = Object.keys(BOT_SCOPES);

/** Bolt offers its installer only together with its own way to authorise, so it is taken from a receiver that never listens. */
export function createInstaller(
  install: InstallOptions,
  installationStore: InstallationStore,
  { logger, slackApiUrl }: { readonly logger: BoltLogger; readonly slackApiUrl?: string | undefined },
): Installer {
  const { installer } = new HTTPReceiver({
    ...install,
    signingSecret: 'of a receiver that never listens',
    scopes: INSTALL_SCOPES,
    installationStore,
    installerOptions: {
      directInstall: true,
      clientOptions: slackApiUrl === undefined ? {} : { slackApiUrl },
    },
    logger,
  });
  if (!installer) throw new Error('Bolt has no installer for these options');
  return installer;
}
