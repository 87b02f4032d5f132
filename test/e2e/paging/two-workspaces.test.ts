import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp, type FtmCheckApp } from '../../../src/app/create-app.ts';
import { signBody } from '../../../src/oncall/routes/signature.ts';
import { parseInventory } from '../../../src/platform/config/inventory.ts';
import { readConfig } from '../../../src/platform/config/load-config.ts';
import { silentLogger } from '../../../src/platform/observe/logger.ts';
import { type Backend, openBackend } from '../../../src/platform/queue/open-backend.ts';
import { sampleConfig } from '../../../src/stand-ins/fortigate/samples.ts';
import {
  SIMULATED_USER,
  type Simulator,
  startSimulator,
} from '../../../src/stand-ins/fortigate/start-simulator.ts';
import { type LocalSlack, startLocalSlack } from '../../../src/stand-ins/slack/local-slack.ts';
import { ANA, BEN, SUPPORT } from '../test-system.ts';
import { startWorkspaceRouter, type WorkspaceRouter } from './workspace-router.ts';

/** The same ids in both workspaces, so that a message in the wrong one is not refused but seen. */
const OPS = 'C0OPSOPS';
const GROUP = 'S0ONCALL';
const HOME = 'T0HOME';
const OTHER = 'T0OTHER';
const SECRET = 'hook-secret';

const ESCALATION = `
  routes: { team: { kind: slack, levels: [{ schedule: primary }], every: 90m } }
  schedules:
    primary:
      timeZone: UTC
      rotations: [{ people: [${BEN}], starts: "2020-01-06T08:00" }]
      userGroup: { id: ${GROUP}, team: ${OTHER} }
  correlation: { devices: 2, channel: ${SUPPORT}, team: ${OTHER} }
  handover: { channel: ${SUPPORT}, times: ["08:00"], timeZone: UTC, team: ${OTHER} }
  alerts:
    channels: [{ devices: [fgt-one, fgt-two], channel: ${SUPPORT}, team: ${OTHER} }]
    generic: { secret: { env: HOOK }, pages: high }`;

describe('two workspaces', () => {
  let home: LocalSlack;
  let other: LocalSlack;
  let router: WorkspaceRouter;
  let simulator: Simulator;
  let backend: Backend;
  let app: FtmCheckApp;
  let address: string;

  const inventoryOf = (escalation: string) => {
    const keys = simulator.fingerprints.map((each) => `"${each}"`).join(', ');
    return parseInventory(
      `
defaults: { username: ${SIMULATED_USER.name}, password: { env: DEVICE } }
devices:
${['fgt-one', 'fgt-two', 'fgt-unmapped'].map((alias) => `  ${alias}: { address: 127.0.0.1, port: ${simulator.port}, hostKeys: [${keys}] }`).join('\n')}
access: [{ channels: ["*"], teams: [${HOME}, ${OTHER}], devices: ["*"] }]
escalation: ${escalation}`,
      'inventory.yaml',
      { teams: [HOME, OTHER] },
    );
  };

  beforeAll(async () => {
    const shared = {
      channels: [
        { id: SUPPORT, name: 'support' },
        { id: OPS, name: 'ops' },
      ],
      userGroups: { [GROUP]: [BEN] },
    };
    home = await startLocalSlack({ ...shared, team: HOME, botToken: 'xoxb-home' });
    other = await startLocalSlack({ ...shared, team: OTHER, botToken: 'xoxb-other' });
    router = await startWorkspaceRouter([home, other]);
    simulator = await startSimulator({ configText: sampleConfig('branch-07') });
    const read = readConfig({
      SLACK_CLIENT_ID: '1.2',
      SLACK_CLIENT_SECRET: 'client-secret',
      SLACK_STATE_SECRET: 'a-long-state-secret',
      FTM_CHECK_SEAL_KEY: 'ab'.repeat(32),
      SLACK_ALLOWED_TEAMS: `${HOME},${OTHER}`,
      SLACK_SIGNING_SECRET: home.signingSecret,
      SLACK_API_URL: router.apiUrl,
      FTM_CHECK_OPS_CHANNEL: OPS,
      FTM_CHECK_OPS_TEAM: OTHER,
      PORT: '0',
    });
    if (!('config' in read)) throw new Error(JSON.stringify(read.problems));
    backend = await openBackend({ log: silentLogger });
    app = createApp({
      config: read.config,
      role: 'all',
      inventory: inventoryOf(ESCALATION),
      backend,
      logger: silentLogger,
      env: { HOOK: SECRET, DEVICE: SIMULATED_USER.password },
      host: '127.0.0.1',
    });
    const { port } = await app.start();
    address = `http://127.0.0.1:${port}`;
    for (const each of [home, other]) {
      each.connect(`${address}/slack/events`);
      router.installing(each);
      const begin = await fetch(`${address}/slack/install`, { redirect: 'manual' });
      const cookie = begin.headers.get('set-cookie')?.split(';')[0] ?? '';
      const state = new URL(begin.headers.get('location') ?? '').searchParams.get('state') ?? '';
      const callback = `${address}/slack/oauth_redirect?code=local-code&state=${encodeURIComponent(state)}`;
      expect((await fetch(callback, { headers: { cookie } })).status).toBe(200);
    }
  });
  afterAll(async () => {
    await app.stop(1000);
    await simulator.close();
    await router.close();
    await home.close();
    await other.close();
  });

  async function alert(device: string): Promise<number> {
    const body = JSON.stringify({ id: `a-${device}`, title: 'VPN logins fail', device });
    const seconds = Math.floor(Date.now() / 1000);
    const headers = {
      'x-ftm-check-timestamp': String(seconds),
      'x-ftm-check-signature': signBody(SECRET, seconds, body),
    };
    return (await fetch(`${address}/hooks/generic`, { method: 'POST', body, headers })).status;
  }

  it('have answers, pages, correlation, user group and notices to operations in the one that the settings name', async () => {
    expect([await alert('fgt-one'), await alert('fgt-two'), await alert('fgt-unmapped')]).toEqual([
      200, 200, 200,
    ]);
    const said = (text: string, channel = SUPPORT) =>
      other.until(() => other.messages(channel).find((message) => message.text.includes(text)));
    await said('2 devices do not get the phone’s answer');
    await said('no channel is mapped for fgt-unmapped', OPS);
    const { id: direct } = other.workspace.directMessage(BEN);
    await other.until(() => other.messages(direct).length > 0);
    expect(home.messages(SUPPORT)).toEqual([]);
    expect(home.messages(OPS)).toEqual([]);
    expect(home.messages(home.workspace.directMessage(BEN).id)).toEqual([]);
    expect(home.calls().filter(({ method }) => method.startsWith('chat.'))).toEqual([]);
    for (const each of [home, other]) {
      expect(each.calls().filter(({ failure }) => failure === 'invalid_auth')).toEqual([]);
    }
  });

  it('have the user group of a schedule changed in the one that the settings name', async () => {
    const words = { command: '/ftm-check', text: 'oncall take 2h', user: ANA, channel: SUPPORT };
    expect((await other.slash(words)).status).toBe(200);
    await other.until(() =>
      other
        .calls('usergroups.users.update')
        .some(({ args, failure }) => failure === undefined && args.users === ANA && args.usergroup === GROUP),
    );
    expect(home.calls('usergroups.users.update')).toEqual([]);
  });

  it.each([
    [
      'alerts',
      /alerts\.channels\.0/,
      `fgt-two], channel: ${SUPPORT}, team: ${OTHER}`,
      `fgt-two], channel: ${SUPPORT}`,
    ],
    [
      'correlation',
      /correlation/,
      `correlation: { devices: 2, channel: ${SUPPORT}, team: ${OTHER}`,
      `correlation: { devices: 2, channel: ${SUPPORT}`,
    ],
    ['handover', /handover/, `timeZone: UTC, team: ${OTHER}`, 'timeZone: UTC'],
    ['a user group', /userGroup/, `id: ${GROUP}, team: ${OTHER}`, `id: ${GROUP}`],
  ])(
    'refuse settings of %s without a team, and with one that may not install the app',
    (_, path, line, without) => {
      expect(ESCALATION).toContain(line);
      expect(() => inventoryOf(ESCALATION.replace(line, without))).toThrow(path);
      expect(() => inventoryOf(ESCALATION.replace(line, without))).toThrow(
        /does not say in which workspace it is, and several can install the app; add team: T0HOME or T0OTHER/,
      );
      expect(() => inventoryOf(ESCALATION.replace(line, line.replace(OTHER, 'T0THIRD')))).toThrow(
        /T0THIRD is not in SLACK_ALLOWED_TEAMS/,
      );
    },
  );
});
