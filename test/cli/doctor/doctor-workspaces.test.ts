import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createInstallationStore } from '../../../src/bot/slack/installation-store.ts';
import { silentLogger } from '../../../src/platform/observe/logger.ts';
import { openBackend } from '../../../src/platform/queue/open-backend.ts';
import { type LocalSlack, startLocalSlack } from '../../../src/stand-ins/slack/local-slack.ts';
import { startWorkspaceRouter, type WorkspaceRouter } from '../../e2e/paging/workspace-router.ts';
import { openTestRedis } from '../../support/redis.ts';
import { ftmCheck } from '../test-io.ts';

const HOME = 'T0HOME';
const OTHER = 'T0OTHER';
const SEAL_KEY = 'ab'.repeat(32);
const redis = await openTestRedis();

let folder: string;
let home: LocalSlack;
let other: LocalSlack;
let router: WorkspaceRouter;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ftm-check-test-'));
  home = await startLocalSlack({
    team: HOME,
    botToken: 'xoxb-home',
    users: [{ id: 'U0BOTH', name: 'Both' }],
    channels: [{ id: 'C0ALERTS', name: 'alerts' }],
    userGroups: { S0GROUP: ['U0BOTH'] },
  });
  other = await startLocalSlack({
    team: OTHER,
    botToken: 'xoxb-other',
    users: [
      { id: 'U0BOTH', name: 'Both' },
      { id: 'U0OTHER', name: 'Other' },
    ],
    channels: [
      { id: 'C0ALERTS', name: 'alerts', member: false },
      { id: 'C0OPSOPS', name: 'ops' },
    ],
    userGroups: { S0GROUP: [] },
  });
  router = await startWorkspaceRouter([home, other]);
});
afterAll(async () => {
  await router.close();
  await home.close();
  await other.close();
  await redis?.stop();
  await rm(folder, { recursive: true });
});

async function install(team: string, token: string): Promise<void> {
  const backend = await openBackend({ redis: { url: redis?.url ?? '' }, log: silentLogger });
  const store = createInstallationStore({
    texts: backend.records,
    key: Buffer.from(SEAL_KEY, 'hex'),
    logger: silentLogger,
  });
  await store.storeInstallation({
    team: { id: team },
    enterprise: undefined,
    isEnterpriseInstall: false,
    user: { id: 'U1', token: undefined, scopes: undefined },
    bot: { token, id: 'B1', userId: 'U2', scopes: [] },
  });
  await backend.close(0);
}

async function doctor(channel: string, env: Record<string, string> = {}) {
  const path = join(folder, 'inventory.yaml');
  await writeFile(
    path,
    `
defaults: { username: u, password: { env: FGT_PASSWORD } }
devices:
  fgt-hq: { address: 192.0.2.1, hostKeys: ["SHA256:${'A'.repeat(43)}"] }
access: [{ channels: ["*"], teams: [${HOME}, ${OTHER}], devices: ["*"] }]
escalation:
  routes: { team: { kind: slack, levels: [{ userGroup: S0GROUP }, { user: U0BOTH }, { user: U0OTHER }] } }
  alerts:
    channels: [{ devices: ["*"], ${channel} }]
    generic: { secret: { env: HOOK } }
`,
  );
  return await ftmCheck(['doctor'], {
    env: {
      SLACK_CLIENT_ID: '1.2',
      SLACK_CLIENT_SECRET: 'client-secret',
      SLACK_STATE_SECRET: 'a-long-state-secret',
      FTM_CHECK_SEAL_KEY: SEAL_KEY,
      SLACK_ALLOWED_TEAMS: `${HOME},${OTHER}`,
      SLACK_SIGNING_SECRET: home.signingSecret,
      SLACK_API_URL: router.apiUrl,
      FTM_CHECK_INVENTORY: path,
      FTM_CHECK_OPS_CHANNEL: 'C0OPSOPS',
      FTM_CHECK_OPS_TEAM: OTHER,
      FGT_PASSWORD: 'hunter2',
      HOOK: 'hook-secret',
      REDIS_URL: redis?.url ?? '',
      ...env,
    },
  });
}

describe('doctor with several workspaces', () => {
  it('asks each workspace about its own channels, and all about the people', async ({ skip }) => {
    if (redis === undefined) {
      skip('needs valkey-server or redis-server');
      return;
    }
    await install(HOME, 'xoxb-home');
    const first = await doctor(`channel: C0ALERTS, team: ${HOME}`);
    expect(first.stdout).toMatch(/✗ workspace +T0OTHER: the app is not installed there/);
    expect(first.stdout).toMatch(/✓ channel +C0ALERTS in T0HOME \(alerts\): the bot is a member/);
    expect(first.status).toBe(2);

    await install(OTHER, 'xoxb-other');
    const second = await doctor(`channel: C0ALERTS, team: ${OTHER}`);
    expect(second.stdout).toMatch(/✗ channel +C0ALERTS in T0OTHER \(alerts\): the bot is not a member/);
    expect(second.stdout).toMatch(/✓ channel +C0OPSOPS in T0OTHER \(the operations channel\)/);
    expect(second.stdout).toMatch(/✓ on call +S0GROUP in T0HOME: 1 member/);
    expect(second.stdout).toMatch(/✗ on call +S0GROUP in T0OTHER is empty/);
    expect(second.stdout).toMatch(/✗ on call +U0OTHER in T0HOME: .*user_not_found/);
    expect(second.stdout).toMatch(/✓ on call +2 people found in Slack in T0OTHER/);
    expect(second.stdout).not.toMatch(/xoxb-|U0BOTH in|C0(?:ALERTS|OPSOPS) in T0HOME/);
  });

  it('says what it did not check where the tokens cannot be read', async () => {
    const ran = await doctor(`channel: C0ALERTS, team: ${HOME}`, { REDIS_URL: '' });
    expect(ran.stdout).toMatch(
      /✓ workspaces +channels, people and groups were not checked: REDIS_URL is not set/,
    );
  });

  it('fails where Redis is away', async () => {
    const ran = await doctor(`channel: C0ALERTS, team: ${HOME}`, { REDIS_URL: 'redis://127.0.0.1:1' });
    expect(ran.stdout).toMatch(/✗ workspaces/);
    expect(ran.status).not.toBe(0);
  });
});
