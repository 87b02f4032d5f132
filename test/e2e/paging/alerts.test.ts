import { afterAll, describe, expect, it } from 'vitest';
import { SIGNATURE_HEADER, signBody, TIMESTAMP_HEADER } from '../../../src/oncall/routes/signature.ts';
import { recordWrites } from '../../support/record-writes.ts';
import { openTestRedis } from '../../support/redis.ts';
import { until } from '../../support/until.ts';
import { LOCKED, SUPPORT } from '../test-system.ts';
import { incidentEvent, PD_SECRET, usePaging } from './paging-system.ts';

const redis = await openTestRedis();
afterAll(() => redis?.stop());

const paging = usePaging();

describe('an alert', () => {
  it('starts a check before a person wakes, and the findings go back as a note', async () => {
    await paging.open();
    const event = incidentEvent('incident.triggered', {
      title: 'VPN logins fail on fgt-branch-07',
      incident_key: 'theirs',
    });
    expect(await paging.tellHook(event)).toBe(200);
    await paging.system.answered({ alias: 'fgt-branch-07' });
    const [run] = await paging.system.answered({ alias: 'fgt-branch-07' });
    const [root] = paging.system.slack.thread(SUPPORT, run?.rootTs ?? '');
    expect(root?.text).toContain('PagerDuty');
    await until(() => paging.pagerDuty.notes.has('PINC1'), 'the note is there');
    expect(paging.pagerDuty.notes.get('PINC1')?.[0]).toContain('ftm-check on fgt-branch-07:');
    expect(await paging.tellHook(event)).toBe(200);
    expect(await paging.system.backend.runs.byDevice('fgt-branch-07', 10)).toHaveLength(1);
    expect(paging.pagerDuty.incidents).toEqual([]);
  });

  it('keeps no secret of its title, its incident or its sender', async ({ skip }) => {
    if (!redis) {
      skip();
      return;
    }
    const secret = 'qT7zWm4xRk9Lp2';
    using written = await recordWrites(redis.url);
    await paging.open('', { redis });
    const event = incidentEvent('incident.triggered', {
      title: `VPN logins fail on fgt-branch-07, password: ${secret}`,
      incident_key: `psksecret=${secret}`,
      service: { summary: `api_key=${secret}` },
    });
    expect(await paging.tellHook(event)).toBe(200);
    const [run] = await paging.system.answered({ alias: 'fgt-branch-07' });
    await until(() => paging.pagerDuty.notes.has('PINC1'), 'the note is there');
    const stored = written.soFar();
    expect(stored).toContain('VPN logins fail on fgt-branch-07');
    const said = JSON.stringify([
      paging.system.slack.thread(SUPPORT, run?.rootTs ?? ''),
      paging.system.slack.calls().map(({ args }) => args),
    ]);
    expect(said).toContain('VPN logins fail on fgt-branch-07');
    for (const kept of [
      said,
      stored,
      JSON.stringify(run),
      paging.system.log.join(''),
      JSON.stringify([...paging.pagerDuty.notes]),
    ]) {
      expect(kept).not.toContain(secret);
    }
  });

  it('keeps no secret in the incident that a script names', async ({ skip }) => {
    if (!redis) {
      skip();
      return;
    }
    const secret = 'qT7zWm4xRk9Lp2';
    using written = await recordWrites(redis.url);
    await paging.open('    generic: { secret: { env: PD_HOOK } }', { redis });
    const seconds = Math.floor(Date.now() / 1000);
    const body = JSON.stringify({ id: 'a-1', title: 'fgt-branch-07', incident: `INC-7 password=${secret}` });
    const headers = {
      [TIMESTAMP_HEADER]: String(seconds),
      [SIGNATURE_HEADER]: signBody(PD_SECRET, seconds, body),
    };
    const { status } = await fetch(`${paging.system.url}/hooks/generic`, { method: 'POST', body, headers });
    expect(status).toBe(200);
    await paging.system.answered({ alias: 'fgt-branch-07' });
    const stored = written.soFar();
    expect(stored).toContain('INC-7 password=');
    expect(stored).not.toContain(secret);
    expect(paging.system.log.join('')).not.toContain(secret);
  });

  it.each([
    ['not_in_channel', { member: false }],
    ['is_archived', { archived: true }],
  ])(
    'that cannot be answered in its channel (%s) ends at once as a note in its incident',
    async (_, change) => {
      await paging.open('', { opsChannel: LOCKED });
      const { workspace } = paging.system.slack;
      const channel = workspace.channel(SUPPORT);
      if (channel !== undefined) workspace.setChannel({ ...channel, ...change });
      const event = incidentEvent('incident.triggered', { title: 'VPN logins fail on fgt-branch-07' });
      expect(await paging.tellHook(event)).toBe(200);
      await until(() => paging.pagerDuty.notes.has('PINC1'), 'the note is there');
      expect(paging.pagerDuty.notes.get('PINC1')).toEqual([
        expect.stringContaining('The answer is not in Slack: ftm-check cannot post in the channel'),
      ]);
      const [run] = await paging.system.answered({ alias: 'fgt-branch-07' });
      expect(run).toMatchObject({ outcome: { kind: 'diagnosed' } });
      await paging.system.slack.until(() =>
        paging.system.slack
          .messages(LOCKED)
          .some(({ text }) => text.includes('about `fgt-branch-07` got no answer in Slack')),
      );
      const channels = paging.system.slack.calls('chat.postMessage').map(({ args }) => args.channel);
      expect(channels).not.toContain('alert:pagerduty');
    },
  );

  it('without a right signature starts nothing', async () => {
    await paging.open();
    const response = await fetch(`${paging.system.url}/hooks/pagerduty`, {
      method: 'POST',
      body: JSON.stringify(incidentEvent('incident.triggered', { title: 'fgt-branch-07' })),
    });
    expect(response.status).toBe(401);
    expect((await fetch(`${paging.system.url}/hooks/generic`, { method: 'POST' })).status).toBe(404);
    expect(await paging.system.backend.runs.byDevice('fgt-branch-07', 10)).toEqual([]);
  });
});
