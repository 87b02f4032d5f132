import type { webApi } from '@slack/bolt';
import type { SlackIdentity } from './create-slack-app.ts';
import { createInstallationStore, type Installations, type TextStore } from './installation-store.ts';
import { createInstaller, type InstallOptions } from './installer.ts';
import { boltLogger, type Log } from './logger.ts';
import { renewTokens } from './renew-tokens.ts';
import { createDeliveryClient, type WebClientSettings } from './web-client.ts';

export interface WorkspacesOptions {
  /** Token of the only workspace. */
  readonly botToken?: string | undefined;
  /** Alternatively, the workspaces of `teams` may install the app. `sealKey` is 32 bytes in hexadecimal. */
  readonly install?:
    | (InstallOptions & { readonly sealKey: string; readonly teams: readonly string[] })
    | undefined;
  readonly texts: TextStore;
  readonly logger: Log;
  readonly slackApiUrl?: string | undefined;
}

/** The bot's identity in one or several workspaces. */
export interface Workspaces {
  readonly identity: SlackIdentity;
  /** Client for delivery. If the app is not installed, every call is refused with `not_installed`. */
  client(team: string | undefined): webApi.WebClient;
  /** Tests whether Slack answers, and whether the token is valid if there is only one. */
  readonly probe: { readonly auth: { test(): Promise<unknown> } };
}

export function createWorkspaces(options: WorkspacesOptions): Workspaces {
  const { botToken = '', install, texts, logger, slackApiUrl } = options;
  const settings = { logger: boltLogger(logger), slackApiUrl };
  if (install === undefined) {
    const only = createDeliveryClient(botToken, settings);
    return { identity: { botToken }, client: () => only, probe: only };
  }
  const { sealKey, teams, ...more } = install;
  const stored = createInstallationStore({ texts, key: Buffer.from(sealKey, 'hex'), logger });
  const kept = allowedInstallations(stored, { teams, logger });
  const installer = createInstaller(more, kept, settings);
  const installations = renewTokens(kept, { installer, texts, logger, now: Date.now });
  const clients = new Map<string, webApi.WebClient>();
  const noPerson = createDeliveryClient(undefined, settings);
  return {
    identity: { installations, installer },
    client(team = '') {
      const client = clients.get(team) ?? clientOf(team, installations, settings);
      clients.set(team, client);
      return client;
    },
    probe: { auth: { test: () => noPerson.api.test() } },
  };
}

const SLACK_API = 'https://slack.com/api/';

/** Reads the token at each call: the app may be reinstalled or removed at any time. */
function clientOf(team: string, installations: Installations, settings: WebClientSettings): webApi.WebClient {
  const api = new URL(settings.slackApiUrl ?? SLACK_API);
  return createDeliveryClient(undefined, {
    ...settings,
    async fetch(input, init) {
      const request = new Request(input, init);
      // Uploads go to another address, which is itself secret.
      if (!request.url.startsWith(api.href)) return await fetch(request);
      const found = await installations.find({ team });
      if (!found) return Response.json({ ok: false, error: 'not_installed' });
      request.headers.set('authorization', `Bearer ${found.botToken}`);
      return await fetch(request);
    },
  });
}

interface AllowedOptions {
  /** Ids of workspaces and organisations; `*` allows all. */
  readonly teams: readonly string[];
  readonly logger: Log;
}

/** Limits installations to allowed workspaces: others are not stored, and stored ones are ignored. */
function allowedInstallations(
  installations: Installations,
  { teams, logger }: AllowedOptions,
): Installations {
  const isAllowed = (...ids: readonly (string | undefined)[]): boolean =>
    teams.includes('*') || ids.some((id) => id !== undefined && teams.includes(id));
  return {
    ...installations,
    async storeInstallation(installation) {
      const { team, enterprise } = installation;
      if (isAllowed(team?.id, enterprise?.id)) return await installations.storeInstallation(installation);
      const workspace = team?.id ?? enterprise?.id;
      logger.warn({ workspace }, 'an installation was refused: the workspace is not in SLACK_ALLOWED_TEAMS');
      throw new Error('this workspace may not install the app');
    },
    async find(place) {
      const found = await installations.find(place);
      return found && isAllowed(found.teamId, found.enterpriseId) ? found : undefined;
    },
  };
}
