import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalSlack, startLocalSlack } from '../../../src/stand-ins/slack/local-slack.ts';
import { openTestRedis } from '../../support/redis.ts';
import { ftmCheck } from '../test-io.ts';

const redis = await openTestRedis();

const GOOD = `
defaults: { username: u, password: { env: FGT_PASSWORD } }
devices:
  fgt-hq: { address: 192.0.2.1, hostKeys: ["SHA256:${'A'.repeat(43)}"] }
access: [{ users: [U012AB3CD], devices: ["*"] }]
`;

let folder: string;
let slack: LocalSlack;
let good: Record<string, string>;
beforeAll(async () => {
  slack = await startLocalSlack({ userGroups: { S0NETWORK: ['U0ANA'] } });
  folder = await mkdtemp(join(tmpdir(), 'ftm-check-test-'));
  await writeFile(join(folder, 'inventory.yaml'), GOOD);
  await writeFile(join(folder, 'unpinned.yaml'), GOOD.replace(/, hostKeys: \[.*?\]/, ''));
  const grants =
    'access: [{ userGroups: [S0NETWORK], devices: [fgt-hq] }, { userGroups: [S0GONE], devices: [fgt-hq] }]';
  await writeFile(join(folder, 'groups.yaml'), GOOD.replace(/^access.*$/m, grants));
  await writeFile(
    join(folder, 'live.yaml'),
    GOOD.replace('address: 192.0.2.1', 'address: 192.0.2.1, live: { max: 2m }, ping: true'),
  );
  await writeFile(join(folder, 'closed.yaml'), GOOD.replace(/^access.*$/m, ''));
  good = {
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    FTM_CHECK_INVENTORY: join(folder, 'inventory.yaml'),
    FGT_PASSWORD: 'hunter2',
    REDIS_URL: redis?.url ?? '',
  };
});
afterAll(async () => {
  await slack.close();
  await redis?.stop();
  await rm(folder, { recursive: true });
});

describe.skipIf(redis === undefined)('doctor', () => {
  it('finds nothing wrong with a good set-up, and shows no secret', async () => {
    const ran = await ftmCheck(['doctor'], { env: good });
    expect(ran).toMatchObject({ status: 0, stderr: 'All checks passed.\n' });
    expect(ran.stdout).toContain('Socket Mode');
    expect(ran.stdout).toMatch(/live +not allowed on any device/);
    expect(ran.stdout).toMatch(/ping +not allowed on any device/);
    expect(ran.stdout).toMatch(/inventory +\S+: 1 device$/m);
    expect(ran.stdout).toMatch(/access +1 grant$/m);
    expect(ran.stdout).not.toMatch(/✗|hunter2|xoxb-local/);
  });

  it('says where debug may be switched on', async () => {
    const env = { ...good, FTM_CHECK_INVENTORY: join(folder, 'live.yaml') };
    const ran = await ftmCheck(['doctor'], { env });
    expect(ran.status).toBe(0);
    expect(ran.stdout).toMatch(/live +allowed on fgt-hq \(120 s\)/);
    expect(ran.stdout).toMatch(/ping +allowed on fgt-hq/);
  });

  it.each([
    ['no tokens', { SLACK_BOT_TOKEN: '' }, 2, /✗ settings +SLACK_BOT_TOKEN is not set/],
    [
      'no inventory',
      { FTM_CHECK_INVENTORY: '/nowhere.yaml' },
      2,
      /✗ inventory +There is no inventory at \/nowhere\.yaml/,
    ],
    ['a missing password', { FGT_PASSWORD: '' }, 2, /✗ secret +.*FGT_PASSWORD is empty\. Needed for fgt-hq/],
    [
      'an unpinned host key',
      { FTM_CHECK_INVENTORY: '$/unpinned.yaml' },
      2,
      /✗ host keys +not pinned.*fgt-hq/,
    ],
    ['nobody who may ask', { FTM_CHECK_INVENTORY: '$/closed.yaml' }, 2, /✗ access +no grants/],
    [
      'a revoked bot token',
      { SLACK_BOT_TOKEN: 'xoxb-other' },
      2,
      /✗ bot token +Slack refuses it \(invalid_auth\)/,
    ],
    [
      'a wrong app token',
      { SLACK_APP_TOKEN: 'xapp-other' },
      2,
      /✗ app token +Slack refuses it \(not_allowed_token_type\)/,
    ],
    ['no Slack', { SLACK_API_URL: 'http://127.0.0.1:1/' }, 4, /✗ bot token +Slack cannot be reached/],
    [
      'the verification token for a signing secret',
      { SLACK_APP_TOKEN: '', SLACK_SIGNING_SECRET: 'notThirtyTwoHexDigits' },
      2,
      /✗ signing +SLACK_SIGNING_SECRET is not 32 hexadecimal/,
    ],
    [
      'a user group that is gone',
      { FTM_CHECK_INVENTORY: '$/groups.yaml' },
      2,
      /✓ user group +S0NETWORK: 1 member[\s\S]*✗ user group +Slack does not return the members of S0GONE/,
    ],
    [
      'an audit trail nowhere',
      { FTM_CHECK_AUDIT: '/nowhere/at/all' },
      2,
      /✗ audit trail +.*cannot be written/,
    ],
    ['no Redis', { REDIS_URL: '' }, 2, /✗ queue +REDIS_URL is not set[\s\S]*loses them/],
    ['a queue that is away', { REDIS_URL: 'redis://127.0.0.1:1' }, 4, /✗ queue +/],
  ])('%s', async (_, change, status, expected) => {
    const changed = Object.fromEntries(
      Object.entries(change).map(([name, value]) => [name, value.replace('$', folder)]),
    );
    const ran = await ftmCheck(['doctor'], { env: { ...good, ...changed } });
    expect(ran.status).toBe(status);
    expect(ran.stdout).toMatch(expected);
    expect(ran.stderr).toMatch(/need attention/);
  });

  it('names the scopes that are missing, and what each is for', async () => {
    const narrow = await startLocalSlack();
    narrow.revoke('files:read');
    const env = { ...good, SLACK_API_URL: narrow.apiUrl };
    const ran = await ftmCheck(['doctor'], { env });
    await narrow.close();
    expect(ran.status).toBe(2);
    expect(ran.stdout).toMatch(/✗ scopes +missing:\n +files:read: logs pasted as snippets/);
    expect(ran.stdout).not.toMatch(/files:write: /);
  });
});
