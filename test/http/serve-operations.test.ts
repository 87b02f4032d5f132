import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LocalSlack, startLocalSlack } from '../../src/local-slack/local-slack.ts';
import { sampleConfig } from '../../src/simulator/samples.ts';
import { SIMULATED_USER, type Simulator, startSimulator } from '../../src/simulator/start-simulator.ts';
import { ftmCheck } from '../cli/test-io.ts';
import { ANA, SUPPORT } from '../e2e/test-system.ts';
import { openTestRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';
import { type Served, startServing } from './serve-process.ts';

const redis = await openTestRedis();
afterAll(() => redis?.stop());

const LAUNCHER = resolve(import.meta.dirname, '../../src/cli/launch.cjs');
const PASSWORD = SIMULATED_USER.password;

let folder: string;
let simulator: Simulator;
let slack: LocalSlack;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ftm-check-test-'));
  simulator = await startSimulator({ configText: sampleConfig('branch-07') });
  slack = await startLocalSlack();
  await writeInventory('fgt-branch-07');
  await writeFile(join(folder, 'password'), PASSWORD);
});
afterEach(async () => {
  await slack.close();
  await simulator.close();
  await rm(folder, { recursive: true });
});

function writeInventory(...aliases: readonly string[]) {
  return writeDevices(aliases, 'password');
}

/** In one step: the watcher may look at any moment. */
async function put(inventory: string): Promise<void> {
  await writeFile(join(folder, 'inventory.new'), inventory);
  await rename(join(folder, 'inventory.new'), join(folder, 'inventory.yaml'));
}

function writeDevices(aliases: readonly string[], secret: string) {
  const device = `
    address: 127.0.0.1
    port: ${simulator.port}
    username: ${SIMULATED_USER.name}
    password: { file: ${join(folder, secret)} }
    hostKeys: ["${simulator.fingerprints[0]}"]`;
  return put(
    `devices:${aliases.map((alias) => `\n  ${alias}:${device}`).join('')}\naccess: [{ channels: [${SUPPORT}], devices: ["*"] }]\n`,
  );
}

function serve(env: Record<string, string> = {}): Served {
  return startServing({
    entry: [process.execPath, LAUNCHER],
    cwd: folder,
    env: {
      PATH: dirname(process.execPath),
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_SIGNING_SECRET: slack.signingSecret,
      SLACK_API_URL: slack.apiUrl,
      PORT: '0',
      FTM_CHECK_INTERNAL_PORT: '0',
      ...env,
    },
  });
}

async function ready(served: Served) {
  const { port, internalPort } = await served.line('ready');
  slack.connect(`http://127.0.0.1:${port}/slack/events`);
  const base = `http://127.0.0.1:${internalPort}`;
  return {
    get: async (path: string, init?: RequestInit) => {
      const response = await fetch(`${base}${path}`, init);
      return { status: response.status, text: await response.text() };
    },
  };
}

const check = (text: string) => slack.slash({ command: '/ftm-check', text, user: ANA, channel: SUPPORT });
const answers = () =>
  slack
    .messages(SUPPORT)
    .filter(({ bot_id: id, text }) => id !== undefined && text.includes('have trusted hosts'));

describe('serve', () => {
  it('tells how it is, counts what it does, and keeps a record that holds', async () => {
    await using served = serve();
    const { get } = await ready(served);
    expect(await get('/healthz')).toEqual({ status: 200, text: 'ok\n' });
    await until(async () => (await get('/readyz')).status === 200, 'it is ready');
    await until(async () => /passed \d+ s ago, took/.test((await get('/readyz')).text), 'it checked itself');
    const health = JSON.parse((await get('/readyz')).text) as { checks: { name: string; ok: boolean }[] };
    expect(health.checks.map(({ name, ok }) => [name, ok])).toEqual(
      ['queue', 'slack', 'inventory', 'work', 'self-check', 'end-to-end'].map((name) => [name, true]),
    );

    await check('fgt-branch-07');
    await check('fgt-nowhere');
    await until(() => answers().length === 1, 'the answer stands');
    await until(async () => (await get('/metrics')).text.includes('ftm_check_runs_total{'), 'it is counted');
    const metrics = (await get('/metrics')).text;
    expect(metrics).toContain('ftm_check_runs_total{kind="check",verdict="broken"} 1');
    expect(metrics).toContain('ftm_check_findings_total{rule="admin-trusthost-blocks-callback"} 1');
    expect(metrics).toContain('ftm_check_refusals_total{reason="not-this-device"} 1');
    expect(metrics).toContain('ftm_check_self_check_ok 1');
    expect(metrics).toContain('ftm_check_slack_connected 1');
    expect(metrics).toContain('ftm_check_queue_up 1');
    for (const phase of ['waiting', 'device', 'delivery', 'total']) {
      expect(metrics).toContain(`ftm_check_phase_seconds_count{phase="${phase}"} 1`);
    }
    expect(metrics).not.toMatch(/fgt-|127\.0\.0\.1|U0ANA|C0SUPPORT|xoxb|simulated/);

    expect(await served.end()).toBe(0);
    const path = join(folder, '.ftm-check/audit.jsonl');
    const { anchor = '' } = await served.line('audit trail anchor');
    const verified = await ftmCheck(['audit', 'verify', path, '--anchor', anchor]);
    expect(verified).toMatchObject({ status: 0, stderr: '' });
    const trail = (await readFile(path, 'utf8'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    const actor = { user: ANA, channel: SUPPORT };
    expect(trail).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          event: 'request.accepted',
          actor: expect.objectContaining(actor) as object,
          device: 'fgt-branch-07',
        }),
        expect.objectContaining({
          event: 'request.refused',
          reason: 'not-this-device',
          device: 'fgt-nowhere',
        }),
        expect.objectContaining({ event: 'device.left', device: 'fgt-branch-07', outcome: 'read' }),
        expect.objectContaining({ event: 'run.answered', outcome: 'broken' }),
      ]),
    );
    const { sent } = trail.find((each) => 'sent' in each) as { sent: readonly string[] };
    expect(sent.filter((text) => text.length > 1).map((text) => text.trimEnd())).toEqual(simulator.commands);
    for (const text of [...served.log, JSON.stringify(trail)]) expect(text).not.toContain(PASSWORD);
  });

  it('takes a changed inventory over as a whole, and a faulty one not at all', async () => {
    await using served = serve({ FTM_CHECK_SELF_CHECK_MINUTES: '0', FTM_CHECK_AUDIT: 'off' });
    const { get } = await ready(served);
    await put('devices: { fgt-hq: { address: 192.0.2.1, nonsense: 1 } }\n');
    served.child.kill('SIGHUP');
    await served.line('inventory rejected: the previous one stays in force');
    expect((await get('/readyz')).text).toMatch(/1 device\(s\); a changed file was rejected/);
    // The watcher may have seen the file before the signal came.
    expect((await get('/metrics')).text).toMatch(
      /ftm_check_inventory_reloads_total\{result="rejected"\} [12]\b/,
    );

    await writeInventory('fgt-branch-07', 'fgt-branch-08');
    await writeFile(join(folder, 'password'), 'wrong');
    served.child.kill('SIGHUP');
    await served.line('changed inventory loaded');
    expect((await get('/metrics')).text).toContain('ftm_check_inventory_devices 2');
    await check('fgt-branch-08');
    const said = () => JSON.stringify(slack.messages(SUPPORT));
    await until(() => said().includes('did not accept'), 'the changed password is used');
    expect((await get('/metrics')).text).toContain(
      'ftm_check_device_errors_total{kind="ftm_device_auth_failed"} 1',
    );

    await writeFile(join(folder, 'password'), PASSWORD);
    await check('fgt-branch-08');
    await until(() => answers().length === 1, 'the right one is used again');
    expect(await served.end()).toBe(0);
  });

  it('takes no inventory over whose secrets are not there, and takes it once they are', async () => {
    await using served = serve({ FTM_CHECK_SELF_CHECK_MINUTES: '0' });
    const { get } = await ready(served);
    await writeDevices(['fgt-branch-07', 'fgt-branch-08'], 'new-password');
    served.child.kill('SIGHUP');
    const refused = await served.line('inventory rejected: the previous one stays in force');
    expect(JSON.stringify(refused)).toMatch(
      /new-password cannot be read\. Needed for fgt-branch-07, fgt-branch-08\./,
    );
    await check('fgt-branch-07');
    await until(() => answers().length === 1, 'the inventory before still works');
    await writeFile(join(folder, 'new-password'), PASSWORD);
    served.child.kill('SIGHUP');
    await served.line('changed inventory loaded');
    expect((await get('/readyz')).text).toMatch(/"2 device\(s\)"/);
    await check('fgt-branch-08');
    await until(() => answers().length === 2, 'the new one works');
    expect(await served.end()).toBe(0);
  });

  it.skipIf(redis === undefined)(
    'shows its queue to who knows the password, and lets nobody change it',
    async () => {
      const password = 'for-tests-only-1234';
      await using served = serve({
        FTM_CHECK_DASHBOARD_PASSWORD: password,
        FTM_CHECK_SELF_CHECK_MINUTES: '0',
        REDIS_URL: redis?.url ?? '',
      });
      const { get } = await ready(served);
      const headers = { authorization: `Basic ${Buffer.from(`ana:${password}`).toString('base64')}` };
      await check('fgt-branch-07');
      await until(() => answers().length === 1, 'the answer stands');
      expect(await get('/queues')).toEqual({ status: 401, text: 'a password is needed\n' });
      expect((await get('/queues/api/queues')).status).toBe(401);
      const page = await get('/queues', { headers });
      expect(page).toMatchObject({ status: 200, text: expect.stringContaining('ftm-check') as string });
      const [, script = 'none'] = /src="(static\/js\/main[^"]+)"/.exec(page.text) ?? [];
      expect((await get(`/queues/${script}`, { headers })).status).toBe(200);
      const list = () => get('/queues/api/queues?activeQueue=runs&page=1&jobsPerPage=5', { headers });
      // The answer stands a moment before its job has ended.
      await until(async () => (await list()).text.includes('"completed":1'), 'its job has ended');
      expect((await list()).text).toContain('"readOnlyMode":true');
      for (const method of ['PUT', 'POST', 'PATCH', 'DELETE']) {
        expect((await get('/queues/api/queues/runs/obliterate', { method, headers })).status).toBe(405);
      }
      expect((await get('/queues/api/queues', { headers })).text).toContain('"completed":1');
      for (const line of served.log) expect(line).not.toContain(password);
      expect(await served.end()).toBe(0);
    },
  );

  it('serves the page of `ftm-check page` where it is switched on', async () => {
    await using served = serve({ FTM_CHECK_PASTE_PAGE: 'on', FTM_CHECK_SELF_CHECK_MINUTES: '0' });
    const { internalPort } = await served.line('ready');
    const address = `http://127.0.0.1:${internalPort}/paste`;
    const response = await fetch(`${address}?from=runbook`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('content-encoding')).toBe('gzip');
    expect(response.headers.get('content-security-policy')).toBe("frame-ancestors 'none'");
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    const html = await response.text();
    const { stdout } = await ftmCheck(['page', '--output', '-']);
    expect(html.trimEnd()).toBe(stdout.trimEnd());
    const plain = await fetch(address, { headers: { 'accept-encoding': 'gzip;q=0, identity' } });
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(await plain.text()).toBe(html);
    const etag = response.headers.get('etag') ?? '';
    const again = await fetch(address, { headers: { 'if-none-match': etag } });
    expect([again.status, await again.text()]).toEqual([304, '']);
    const head = await fetch(address, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
    expect((await fetch(address, { method: 'POST', body: 'a log' })).status).toBe(405);
    expect((await fetch(`${address}/more`)).status).toBe(404);
    expect(await served.end()).toBe(0);
  });

  it('has no dashboard unless it is asked for', async () => {
    await using served = serve({ FTM_CHECK_SELF_CHECK_MINUTES: '0' });
    const { get } = await ready(served);
    expect((await get('/queues')).status).toBe(404);
    expect((await get('/paste')).status).toBe(404);
    expect((await get('/queues/api/queues')).status).toBe(404);
  });

  it('names what is wrong with its settings, and how a right one looks', async () => {
    await using served = serve({ FTM_CHECK_INTERNAL_PORT: 'http', FTM_CHECK_DRAIN_SECONDS: '-1' });
    await expect(served.line('ready')).rejects.toThrow(/FTM_CHECK_INTERNAL_PORT is not a whole number.*9464/);
  });
});
