import type { Logger as BoltLogger, InstallationStore } from '@slack/bolt';
import { InstallProvider } from '@slack/oauth';
import { BOT_SCOPES } from './manifest.ts';

/** Values of the app's "Basic Information"; `stateSecret` is this program's own and protects the OAuth state. */
export interface InstallOptions {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly stateSecret: string;
}

export type Installer = InstallProvider;

export const INSTALL_SCOPES = Object.keys(BOT_SCOPES);

/** Not Bolt's own installer, which requires Bolt's way to authorise. */
export function createInstaller(
  install: InstallOptions,
  installationStore: InstallationStore,
  { logger, slackApiUrl }: { readonly logger: BoltLogger; readonly slackApiUrl?: string | undefined },
): Installer {
  return new InstallProvider({
    ...install,
    installationStore,
    directInstall: true,
    clientOptions: slackApiUrl === undefined ? {} : { slackApiUrl },
    logger,
  });
}
