import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSlackProbe } from '../../../src/bot/slack/probe-slack.ts';
import { warnEscalation } from '../../../src/oncall/checks/check-escalation.ts';
import { parseInventory } from '../../../src/platform/config/inventory.ts';
import { silentLogger } from '../../../src/platform/observe/logger.ts';
import { type LocalSlack, startLocalSlack } from '../../../src/stand-ins/slack/local-slack.ts';
import { openTestRedis } from '../../support/redis.ts';
import { ftmCheck } from '../test-io.ts';

const redis = await openTestRedis();

const provider = createServer((_, response) => void response.writeHead(404).end());
let folder: string;
let slack: LocalSlack;
let url: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ftm-check-test-'));
  slack = await startLocalSlack({
    users: [
      { id: 'U0ANA', name: 'Ana Ruiz' },
      { id: 'U0BEN', name: 'Ben Okafor' },
      { id: 'U0LEFT', name: 'Lee Moran', deleted: true },
    ],
    userGroups: { S0ONCALL: ['U0ANA'], S0EMPTY: [] },
  });
  await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await redis?.stop();
  await slack.close();
  await rm(folder, { recursive: true });
  await new Promise((resolve) => provider.close(resolve));
});

const SCHEDULE =
  'primary: { timeZone: Europe/Madrid, rotations: [{ people: [U0ANA], starts: "2020-01-06T08:00" }] }';

function good(): string {
  return `
defaults: { username: u, password: { env: FGT_PASSWORD } }
devices:
  fgt-hq: { address: 192.0.2.1, hostKeys: ["SHA256:${'A'.repeat(43)}"] }
access: [{ channels: [C0SUPPORT], devices: ["*"] }]
escalation:
  routes:
    pd: { kind: pagerduty, routingKey: { env: PD_KEY }, url: "${url}" }
    team: { kind: slack, levels: [{ schedule: primary }, { userGroup: S0ONCALL }, { user: U0BEN }] }
  schedules:
    ${SCHEDULE}
  handover: { channel: G0PRIVATE, times: ["08:00"], timeZone: UTC }
  correlation: { channel: C0SUPPORT }
  alerts:
    channels: [{ devices: ["*"], channel: C0SUPPORT }]
    generic: { secret: { env: HOOK } }
`;
}

async function doctor(inventory: string, env: Record<string, string> = {}) {
  const path = join(folder, 'inventory.yaml');
  await writeFile(path, inventory);
  return await ftmCheck(['doctor'], {
    env: {
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_APP_TOKEN: slack.appToken,
      SLACK_API_URL: slack.apiUrl,
      FTM_CHECK_INVENTORY: path,
      FTM_CHECK_OPS_CHANNEL: 'C0SUPPORT',
      FGT_PASSWORD: 'hunter2',
      REDIS_URL: redis?.url ?? '',
      PD_KEY: 'routing-key-secret',
      HOOK: 'hook-secret',
      ...env,
    },
  });
}

describe.skipIf(redis === undefined)('doctor about paging and alerts', () => {
  it('finds nothing wrong with settings that work, pages nobody and shows no secret', async () => {
    const ran = await doctor(good());
    expect(ran).toMatchObject({ status: 0, stderr: 'All checks passed.\n' });
    expect(ran.stdout).toMatch(
      /✓ channel +C0SUPPORT \(alerts, correlation, the operations channel\): the bot is a member/,
    );
    expect(ran.stdout).toMatch(/✓ channel +G0PRIVATE \(handover\)/);
    expect(ran.stdout).toMatch(/✓ route +pd: http/);
    expect(ran.stdout).toMatch(/✓ on call +2 people found in Slack/);
    expect(ran.stdout).not.toMatch(/✗|routing-key-secret|hook-secret/);
    expect(slack.calls('chat.postMessage')).toEqual([]);
  });

  it.each<readonly [string, (text: string) => string, Record<string, string>, number, RegExp]>([
    [
      'a routing key',
      (text) => text,
      { PD_KEY: '' },
      2,
      /✗ secret +.*PD_KEY is empty\. Needed for the route pd/,
    ],
    [
      'a hook secret',
      (text) => text,
      { HOOK: '' },
      2,
      /✗ secret +.*HOOK is empty\. Needed for alerts, notes on alerts/,
    ],
    [
      'a provider that does not answer',
      (text) => text.replace(/url: "[^"]*"/, 'url: "http://127.0.0.1:1"'),
      {},
      4,
      /✗ route +pd: http:\/\/127\.0\.0\.1:1 does not answer/,
    ],
    [
      'a channel that does not exist',
      (text) => text.replace('correlation: { channel: C0SUPPORT', 'correlation: { channel: C0GONE'),
      {},
      2,
      /✗ channel +C0GONE \(correlation\): Slack does not show it to the bot \(channel_not_found\)/,
    ],
    [
      'a channel without the bot',
      (text) => text.replace('G0PRIVATE', 'C0OUTSIDE'),
      {},
      2,
      /✗ channel +C0OUTSIDE \(handover\): the bot is not a member\. Invite it/,
    ],
    [
      'an archived channel',
      (text) => text,
      { FTM_CHECK_OPS_CHANNEL: 'C0ARCHIVE' },
      2,
      /✗ channel +C0ARCHIVE \(the operations channel\) is archived/,
    ],
    [
      'a sweep of a group without a device',
      (text) =>
        `${text}\ngroups: { core: {} }\nsweeps: [{ name: nightly, group: core, cron: "0 3 * * *", channel: C0SUPPORT }]\n`,
      {},
      2,
      /✗ sweep +nightly: the group core has no device/,
    ],
    [
      'a channel of a sweep without the bot',
      (text) => `${text}\nsweeps: [{ name: nightly, cron: "0 3 * * *", channel: C0OUTSIDE }]\n`,
      {},
      2,
      /✗ channel +C0OUTSIDE \(sweeps\): the bot is not a member/,
    ],
    [
      'a mapped channel without a grant',
      (text) => text.replace('channels: [C0SUPPORT]', 'channels: [G0PRIVATE]'),
      {},
      2,
      /✗ alerts +C0SUPPORT has no grant under `access` for fgt-hq/,
    ],
    [
      'a person who is gone',
      (text) => text.replace('U0BEN', 'U0GONE'),
      {},
      2,
      /✗ on call +U0GONE: .*user_not_found/,
    ],
    [
      'a person who is deactivated',
      (text) => text.replace('U0BEN', 'U0LEFT'),
      {},
      2,
      /✗ on call +U0LEFT is deactivated in Slack/,
    ],
    [
      'a person of an override who is gone',
      (text) =>
        text.replace(
          'starts: "2020-01-06T08:00" }]',
          'starts: "2020-01-06T08:00" }], overrides: [{ user: U0GONE, from: "2026-01-05T08:00", until: "2026-01-06T08:00" }]',
        ),
      {},
      2,
      /✗ on call +U0GONE: .*user_not_found/,
    ],
    [
      'a mapped channel that does not exist',
      (text) => text.replaceAll(/channels: \[(.*)C0SUPPORT/g, 'channels: [$1C0GONE'),
      {},
      2,
      /✗ channel +C0GONE \(alerts\): Slack does not show it to the bot/,
    ],
    ['an empty group', (text) => text.replace('S0ONCALL', 'S0EMPTY'), {}, 2, /✗ on call +S0EMPTY is empty/],
    [
      'a group that is gone',
      (text) => text.replace('S0ONCALL', 'S0GONE'),
      {},
      2,
      /✗ on call +S0GONE: .*no_such_subteam/,
    ],
    [
      'hours in which nobody is on call',
      (text) =>
        text
          .replace('starts: "2020-01-06T08:00"', 'starts: "2020-01-06T08:00", from: "08:00", until: "20:00"')
          .replace(', { userGroup: S0ONCALL }, { user: U0BEN }', ''),
      {},
      2,
      /✗ schedule +primary: nobody is on call in 336 hours .*Then the route team reaches nobody/,
    ],
  ])('%s', async (_, change, env, status, expected) => {
    const ran = await doctor(change(good()), env);
    expect(ran.stdout).toMatch(expected);
    expect(ran.status).toBe(status);
  });

  it('says so where an optional scope is missing, and checks channels all the same', async () => {
    slack.revoke('users:read');
    slack.revoke('channels:read');
    try {
      const ran = await doctor(good().replace('G0PRIVATE', 'C0OUTSIDE'));
      expect(ran.stdout).toMatch(/✓ on call +the people were not checked: .*users:read/);
      expect(ran.stdout).toMatch(/✓ channel +C0SUPPORT/);
      expect(ran.stdout).toMatch(/✗ channel +C0OUTSIDE \(handover\): the bot is not a member/);
    } finally {
      slack.restore();
    }
  });

  it('notes a device whose alerts have no channel', async () => {
    const device = `fgt-b: { address: 192.0.2.2, hostKeys: ["SHA256:${'B'.repeat(43)}"] }`;
    const text = good()
      .replace('  fgt-hq:', `  ${device}\n  fgt-hq:`)
      .replace('{ devices: ["*"], channel:', '{ devices: [fgt-hq], channel:');
    const ran = await doctor(text);
    expect(ran.stdout).toMatch(/✓ alerts +fgt-b: their alerts start no check/);
    expect(ran.status).toBe(0);
  });

  it('notes a gap that the next level covers', async () => {
    const text = good().replace('"2020-01-06T08:00"', '"2090-01-02T08:00"');
    const ran = await doctor(text);
    expect(ran.status).toBe(0);
    expect(ran.stdout).toMatch(
      /✓ schedule +primary: nobody is on call in 672 hours .*the next level is called then/,
    );
  });
});

it('serve warns by the same list', async () => {
  const warnings: string[] = [];
  const env = { PD_KEY: 'routing-key-secret' };
  await warnEscalation({
    inventory: parseInventory(good().replace('U0BEN', 'U0GONE'), 'inventory.yaml'),
    opsPlace: { channel: 'C0OUTSIDE' },
    role: 'all',
    env,
    slack: { probe: () => createSlackProbe(slack.botToken, slack.apiUrl) },
    now: Date.now(),
    logger: { ...silentLogger, warn: (_: object, text: string) => void warnings.push(text) },
  });
  expect(warnings.join('\n')).toMatch(/HOOK is not set[\s\S]*C0OUTSIDE[\s\S]*U0GONE/);
  expect(warnings).toHaveLength(3);
});

it('serve does not start where no route can page anybody, and says why', async () => {
  const path = join(folder, 'no-route.yaml');
  await writeFile(path, good().replace(/^ {4}team: .*\n/m, ''));
  const env = {
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    FTM_CHECK_INVENTORY: path,
    FGT_PASSWORD: 'hunter2',
    HOOK: 'hook-secret',
    FTM_CHECK_DATA: join(folder, 'data'),
  };
  const ran = await ftmCheck(['serve'], { env });
  expect(ran.status).toBe(2);
  expect(ran.stderr).toMatch(
    /no route can page anybody\.[\s\S]*pd: The environment variable PD_KEY is not set/,
  );
});
