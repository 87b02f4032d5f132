import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Installations, InstalledWorkspace, TextStore } from './installation-store.ts';
import type { Installer } from './installer.ts';
import type { Log } from './logger.ts';

export interface RenewOptions {
  readonly installer: Pick<Installer, 'authorize'>;
  readonly texts: TextStore;
  readonly logger: Log;
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
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
    const token = digest(workspace.botToken);
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
      if (await texts.claim(`slack-token-renewal:${digest(found.botToken)}`, RETRY_DELAY_MS)) {
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

/** Identifies a token without revealing it. */
function digest(token: string): string {
  return createHash('sha256').update(token).digest('hex').slice(0, 16);
}
