import { setTimeout as sleep } from 'node:timers/promises';
import type { webApi } from '@slack/bolt';
import { InstallProvider } from '@slack/oauth';
import type { Dependencies } from '../../platform/dependencies.ts';
import { sha256 } from '../../platform/store/sha256.ts';
import {
  createInstallationStore,
  type Installations,
  type InstalledWorkspace,
  type TextStore,
} from './installation-store.ts';
import { boltLogger, type Log } from './logger.ts';
import { BOT_SCOPES } from './manifest.ts';
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

export type SlackIdentity =
  | { readonly botToken: string }
  /** For several workspaces with a stored token each. `installer` serves `/slack/install`. */
  | { readonly installations: Installations; readonly installer?: Installer };

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
  const kept = createInstallationStore({ texts, key: Buffer.from(sealKey, 'hex'), teams, logger });
  // Not Bolt's own installer, which requires Bolt's way to authorise.
  const installer = new InstallProvider({
    ...more,
    installationStore: kept,
    directInstall: true,
    clientOptions: slackApiUrl === undefined ? {} : { slackApiUrl },
    logger: settings.logger,
  });
  const installations = renewTokens(kept, { installer, texts, logger, now: Date.now });
  const clients = new Map<string, webApi.WebClient>();
  const noPerson = createDeliveryClient(undefined, settings);
  return {
    identity: { installations, installer },
    client(team = '') {
      const client = clients.get(team) ?? createClient(team, installations, settings);
      clients.set(team, client);
      return client;
    },
    probe: { auth: { test: () => noPerson.api.test() } },
  };
}

const SLACK_API = 'https://slack.com/api/';

/** Reads the token at each call: the app may be reinstalled or removed at any time. */
function createClient(
  team: string,
  installations: Installations,
  settings: WebClientSettings,
): webApi.WebClient {
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

interface RenewOptions extends Pick<Dependencies, 'now'>, Pick<WorkspacesOptions, 'texts' | 'logger'> {
  readonly installer: Pick<Installer, 'authorize'>;
}

/** Same limit as Bolt's installer, which renews only tokens that expire sooner. */
const RENEW_BEFORE_MS = 2 * 3_600_000;
/** Delay after a failure before any process tries again. */
const RETRY_DELAY_MS = 30_000;
const OTHER_PROCESS_TIMEOUT_MS = 5000;
/** A valid token need not wait for its successor: Bolt's installer tries for half an hour. */
const WAIT_MS = 1000;
const POLL_INTERVAL_MS = 250;

/**
 * Renews tokens that expire (Slack's token rotation). A refresh token can be used once, so only one process renews;
 * the others use the old token, which is valid for two more hours.
 */
export function renewTokens(installations: Installations, options: RenewOptions): Installations {
  const { installer, texts, logger, now } = options;
  const renewals = new Map<string, Promise<void>>();

  async function renew({ teamId, enterpriseId, isEnterpriseInstall }: InstalledWorkspace): Promise<void> {
    try {
      await installer.authorize({ teamId, enterpriseId, isEnterpriseInstall });
    } catch (error) {
      logger.error({ err: error, team: teamId ?? enterpriseId }, 'a token could not be renewed');
    }
  }

  /** Runs once at a time per process. */
  function renewOnce(workspace: InstalledWorkspace): Promise<void> {
    const token = sha256(workspace.botToken, 16);
    const renewal = renewals.get(token) ?? renew(workspace).finally(() => renewals.delete(token));
    renewals.set(token, renewal);
    return renewal;
  }

  return {
    ...installations,
    async find(place) {
      const found = await installations.find(place);
      const expiresAt = found?.expiresAt;
      if (found === undefined || expiresAt === undefined || expiresAt > now() + RENEW_BEFORE_MS) return found;
      if (await texts.claim(`slack-token-renewal:${sha256(found.botToken, 16)}`, RETRY_DELAY_MS)) {
        const timeoutMs = expiresAt > now() ? WAIT_MS : OTHER_PROCESS_TIMEOUT_MS;
        await Promise.race([renewOnce(found), sleep(timeoutMs, undefined, { ref: false })]);
        return await installations.find(place);
      }
      if (expiresAt > now()) return found;
      for (let waited = 0; waited < OTHER_PROCESS_TIMEOUT_MS; waited += POLL_INTERVAL_MS) {
        await sleep(POLL_INTERVAL_MS);
        const latest = await installations.find(place);
        if (latest?.botToken !== found.botToken) return latest;
      }
      return found;
    },
  };
}

/** Values of the app's "Basic Information"; `stateSecret` is this program's own and protects the OAuth state. */
export interface InstallOptions {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly stateSecret: string;
}

export type Installer = InstallProvider;

export const INSTALL_SCOPES = Object.keys(BOT_SCOPES);
