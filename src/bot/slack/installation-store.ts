import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Authorize, Installation, InstallationQuery, InstallationStore } from '@slack/bolt';
import { type Records, updateRecord } from '../../platform/store/records.ts';
import type { Log } from './logger.ts';

/** Texts by key, shared by all processes. */
export type TextStore = Pick<Records, 'get' | 'put' | 'claim'>;

export interface InstallationStoreOptions {
  readonly texts: TextStore;
  /** 32 bytes. Tokens are encrypted with it, so that the store alone does not reveal them. */
  readonly key: Buffer;
  /** Ids of workspaces and organisations: others are not stored, and stored ones are not found. `*` allows all. */
  readonly teams?: readonly string[];
  readonly logger: Log;
  /** Milliseconds since the Unix epoch. */
  readonly now?: () => number;
}

export interface InstalledWorkspace {
  readonly botToken: string;
  readonly botId: string;
  readonly botUserId: string;
  readonly teamId?: string;
  readonly enterpriseId?: string;
  readonly isEnterpriseInstall: boolean;
  /** Expiry of its token, in milliseconds since the Unix epoch. */
  readonly expiresAt?: number;
}

type Kept = Installation & {
  /** Milliseconds since the Unix epoch. */
  readonly keptAt?: number;
};

export interface Installations extends InstallationStore {
  /** Undefined if the app is not installed, or the key changed. */
  find(place: {
    readonly team?: string;
    readonly enterprise?: string;
  }): Promise<InstalledWorkspace | undefined>;
  /**
   * Deletes the installation if the app was removed, or its token revoked, at `at` (milliseconds since the Unix
   * epoch). A newer installation stays, because Slack repeats the event for minutes.
   */
  remove(query: Partial<InstallationQuery<boolean>>, at: number): Promise<void>;
}

const RETENTION_MS = 10 * 365 * 24 * 3_600_000;
const REMOVED = '';
const REMOVED_RETENTION_MS = 60_000;

export function createInstallationStore(options: InstallationStoreOptions): Installations {
  const { texts, key, teams = ['*'], logger, now = Date.now } = options;
  const isAllowed = (...ids: readonly (string | undefined)[]): boolean =>
    teams.includes('*') || ids.some((id) => id !== undefined && teams.includes(id));

  async function read(name: string): Promise<Kept | undefined> {
    return open(name, (await texts.get(name))?.text);
  }

  function open(name: string, text = REMOVED): Kept | undefined {
    if (text === REMOVED) return undefined;
    const opened = decrypt(text, name, key);
    if (opened === undefined)
      logger.error({ installation: name }, 'an installation is encrypted with another key');
    return opened === undefined ? undefined : (JSON.parse(opened) as Kept);
  }

  async function remove(query: Partial<InstallationQuery<boolean>>, at: number): Promise<void> {
    const name = workspaceKey(query.isEnterpriseInstall ? undefined : query.teamId, query.enterpriseId);
    const isRemoved = await updateRecord(texts, name, REMOVED_RETENTION_MS, (text) =>
      // Slack reports the time in whole seconds.
      (open(name, text)?.keptAt ?? 0) >= at + 1000 ? undefined : REMOVED,
    );
    if (isRemoved) logger.info({ installation: name }, 'removed from a workspace');
  }

  return {
    async storeInstallation(installation) {
      const { team, enterprise } = installation;
      if (!isAllowed(team?.id, enterprise?.id)) {
        const workspace = team?.id ?? enterprise?.id;
        logger.warn(
          { workspace },
          'an installation was refused: the workspace is not in SLACK_ALLOWED_TEAMS',
        );
        throw new Error('this workspace may not install the app');
      }
      const name = workspaceKey(team?.id, enterprise?.id);
      const current: Kept = { ...installation, keptAt: now() };
      await updateRecord(texts, name, RETENTION_MS, () => encrypt(JSON.stringify(current), name, key));
      logger.info({ installation: name }, 'installed in a workspace');
    },
    async fetchInstallation(query) {
      const { teamId, enterpriseId } = query;
      const found = await read(workspaceKey(query.isEnterpriseInstall ? undefined : teamId, enterpriseId));
      if (found) return found;
      throw new Error('the app is not installed there');
    },
    deleteInstallation: (query: InstallationQuery<boolean>) => remove(query, Infinity),
    remove,
    async find({ team, enterprise }) {
      const ofTeam = team === undefined ? undefined : await read(workspaceKey(team, enterprise));
      const found =
        ofTeam ?? (enterprise === undefined ? undefined : await read(workspaceKey(undefined, enterprise)));
      const workspace = found && toWorkspace(found);
      return workspace && isAllowed(workspace.teamId, workspace.enterpriseId) ? workspace : undefined;
    },
  };
}

/** `authorize` for Bolt: uses the token of the event's workspace. */
export function authorizeFromInstallations(installations: Installations): Authorize<boolean> {
  return async ({ teamId, enterpriseId }) => {
    const place = { team: teamId, enterprise: enterpriseId };
    const found = await installations.find(place);
    if (!found) throw new Error(`the app is not installed in ${teamId ?? enterpriseId ?? 'that workspace'}`);
    const { expiresAt: _, ...result } = found;
    return result;
  };
}

function workspaceKey(team: string | undefined, enterprise: string | undefined): string {
  return `slack-installation:${team === undefined ? `organisation:${enterprise ?? ''}` : team}`;
}

function toWorkspace(kept: Kept): InstalledWorkspace | undefined {
  const { bot, team, enterprise, isEnterpriseInstall = false } = kept;
  if (!bot) return undefined;
  return {
    isEnterpriseInstall,
    botToken: bot.token,
    botId: bot.id,
    botUserId: bot.userId,
    teamId: team?.id,
    enterpriseId: enterprise?.id,
    expiresAt: bot.refreshToken === undefined ? undefined : bot.expiresAt && bot.expiresAt * 1000,
  };
}

/** AES-256-GCM. The name is authenticated, so that two workspaces' tokens cannot be swapped. */
function encrypt(text: string, name: string, key: Buffer): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(name));
  const encrypted = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), encrypted]).toString('base64');
}

function decrypt(text: string, name: string, key: Buffer): string | undefined {
  try {
    const bytes = Buffer.from(text, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12), { authTagLength: 16 });
    decipher.setAAD(Buffer.from(name)).setAuthTag(bytes.subarray(12, 28));
    return `${decipher.update(bytes.subarray(28), undefined, 'utf8')}${decipher.final('utf8')}`;
  } catch {
    return undefined;
  }
}
