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

/** As Bolt's installer, which does the work: it renews nothing that lasts for longer. */
const RENEW_BEFORE_MS = 2 * 3_600_000;
/** After a failure another process, or this one, may try again. */
const RETRY_DELAY_MS = 30_000;
const WAIT_FOR_OTHERS_MS = 5000;
/** A token that is still good need not wait for its successor: Bolt's installer tries for half an hour. */
const WAIT_MS = 1000;
const POLL_INTERVAL_MS = 250;

/**
 * The same installations, with tokens that end (Slack's token rotation) renewed in time. A refresh token is good for
 * once, so of all processes one renews; the others go on with the old token, which is good for two more hours.
 */
export function renewTokens(installations: Installations, options: RenewOptions): Installations {
  const { installer, texts, logger, now } = options;
  const underWay = new Map<string, Promise<void>>();

  async function renew({ teamId, enterpriseId, isEnterpriseInstall }: InstalledWorkspace): Promise<void> {
    try {
      await installer.authorize({ teamId, enterpriseId, isEnterpriseInstall });
    } catch (error) {
      logger.error({ err: error, team: teamId ?? enterpriseId }, 'a token could not be renewed');
    }
  }

  /** Of this process once at a time, however long it takes. */
  function renewOnce(workspace: InstalledWorkspace): Promise<void> {
    const token = digest(workspace.botToken);
    const renewal = underWay.get(token) ?? renew(workspace).finally(() => underWay.delete(token));
    underWay.set(token, renewal);
    return renewal;
  }

  return {
    ...installations,
    async find(place) {
      const found = await installations.find(place);
      const expiresAt = found?.expiresAt;
      if (found === undefined || expiresAt === undefined || expiresAt > now() + RENEW_BEFORE_MS) return found;
      if (await texts.claim(`slack-token-renewal:${digest(found.botToken)}`, RETRY_DELAY_MS)) {
        const patienceMs = expiresAt > now() ? WAIT_MS : WAIT_FOR_OTHERS_MS;
        await Promise.race([renewOnce(found), sleep(patienceMs, undefined, { ref: false })]);
        return await installations.find(place);
      }
      if (expiresAt > now()) return found;
      for (let waited = 0; waited < WAIT_FOR_OTHERS_MS; waited += POLL_INTERVAL_MS) {
        await sleep(POLL_INTERVAL_MS);
        const again = await installations.find(place);
        if (again?.botToken !== found.botToken) return again;
      }
      return found;
    },
  };
}

/** Names a token without giving it away. */
function digest(token: string): string {
  return createHash('sha256').update(token).digest('hex').slice(0, 16);
}
