import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ftmCheck } from '../../cli/test-io.ts';
import { ANA, SUPPORT } from '../../e2e/test-system.ts';
import { until } from '../../support/until.ts';
import { PASSWORD, prepareServing } from './serve-fixture.ts';

const serving = prepareServing();
const { serve, ready, check, answers } = serving;

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
    const folder = join(serving.folder, '.ftm-check/audit');
    const [name = ''] = await readdir(folder);
    const path = join(folder, name);
    const { anchor = '' } = await served.line('audit trail anchor');
    const verified = await ftmCheck(['audit', 'verify', folder, '--anchor', anchor]);
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
    expect(sent.filter((text) => text.length > 1).map((text) => text.trimEnd())).toEqual(
      serving.simulator.commands,
    );
    for (const text of [...served.log, JSON.stringify(trail)]) expect(text).not.toContain(PASSWORD);
  });

  it('warns at its start, and when the inventory changes, of what doctor would find', async () => {
    const { simulator, put } = serving;
    const withPerson = (user: string) => `
devices:
  fgt-branch-07: { address: 127.0.0.1, port: ${simulator.port}, username: u, password: { env: HOOK } }
escalation:
  routes:
    team: { kind: slack, levels: [{ user: ${user} }] }
`;
    await put(withPerson('U0GONE'));
    await using served = serve({ HOOK: 'hook-secret' });
    await served.line('ready');
    const warned = (text: string) => until(() => served.log.some((line) => line.includes(text)), text);
    await warned('paging: U0GONE: Slack does not know this person');
    await put(withPerson('U0AWAY'));
    await warned('paging: U0AWAY: Slack does not know this person');
  });

  it('names what is wrong with its settings, and how a right one looks', async () => {
    await using served = serve({ FTM_CHECK_INTERNAL_PORT: 'http', FTM_CHECK_DRAIN_SECONDS: '-1' });
    await expect(served.line('ready')).rejects.toThrow(/FTM_CHECK_INTERNAL_PORT is not a whole number.*9464/);
  });
});
