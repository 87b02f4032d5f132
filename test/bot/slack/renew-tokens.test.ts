import { expect, it } from 'vitest';
import type { Installations, InstalledWorkspace } from '../../../src/bot/slack/installation-store.ts';
import { type Installer, renewTokens } from '../../../src/bot/slack/workspaces.ts';
import { silentLogger } from '../../../src/platform/observe/logger.ts';
import { createMemoryRecords } from '../../../src/platform/store/memory-records.ts';

const MINUTE = 60_000;

it.concurrent.each([
  ['is good for another hour', 60],
  ['has ended', -1],
])(
  'is not held up by a renewal that Slack does not answer, nor begins another: a token that %s',
  async (_, minutes) => {
    let at = 1_000 * MINUTE;
    const now = () => at;
    const workspace: InstalledWorkspace = {
      botToken: 'xoxe.xoxb-old',
      botId: 'B1',
      botUserId: 'U1',
      teamId: 'T1',
      isEnterpriseInstall: false,
      expiresAt: at + minutes * MINUTE,
    };
    let asked = 0;
    const installer = {
      authorize: () => {
        asked += 1;
        return new Promise<never>(() => undefined);
      },
    } satisfies Pick<Installer, 'authorize'>;
    const kept = { find: async () => workspace } as unknown as Installations;
    const renewing = renewTokens(kept, {
      installer,
      texts: createMemoryRecords(now),
      logger: silentLogger,
      now,
    });
    expect(await renewing.find({ team: 'T1' })).toBe(workspace);
    // By then another process may try, and this one is still at it.
    at += MINUTE;
    expect(await renewing.find({ team: 'T1' })).toBe(workspace);
    expect(asked).toBe(1);
  },
);
