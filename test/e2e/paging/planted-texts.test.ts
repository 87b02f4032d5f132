import { afterAll, expect, it } from 'vitest';
import { SIGNATURE_HEADER, signBody, TIMESTAMP_HEADER } from '../../../src/oncall/routes/signature.ts';
import { NO_AUDIT } from '../../../src/platform/audit/audit-trail.ts';
import { recordWrites } from '../../support/record-writes.ts';
import { openTestRedis } from '../../support/redis.ts';
import { buttonIn } from '../button-in.ts';
import { ANA, BEN, SUPPORT } from '../test-system.ts';
import { incidentEvent, PD_SECRET, usePaging } from './paging-system.ts';

const redis = await openTestRedis();
afterAll(() => redis?.stop());

const paging = usePaging();
const SEED = 'Kx8vTqLm';
let planted = 0;

function withSecret(text: string): string {
  planted += 1;
  return `${text} password=${SEED}${planted}wR`;
}

/** Values that decide how a delivery is read: they are compared, not kept. */
const COMPARED = /^(?:status|startsAt|endsAt|occurred_at|event_type|type|version|device)$/;

const NONE = /^$/;

/** The body with a secret in each of its texts, but for those with these names. */
function withSecrets(body: unknown, spared: RegExp, name = ''): unknown {
  if (typeof body === 'string') return spared.test(name) ? body : withSecret(body);
  if (Array.isArray(body)) return body.map((each) => withSecrets(each, spared, name));
  if (typeof body !== 'object' || body === null) return body;
  return Object.fromEntries(
    Object.entries(body).map(([key, value]) => [key, withSecrets(value, spared, key)]),
  );
}

const ALERTMANAGER = {
  version: '4',
  groupKey: '{}:{}',
  status: 'firing',
  receiver: 'ftm-check',
  groupLabels: { alertname: 'VpnLogins' },
  commonAnnotations: { summary: 'VPN logins fail' },
  externalURL: 'http://alerts/',
  alerts: [
    {
      status: 'firing',
      labels: { device: 'fgt-branch-07', alertname: 'VpnLogins', site: 'branch' },
      annotations: { summary: 'VPN logins fail', description: 'push never arrives', runbook: 'vpn' },
      startsAt: '2026-11-25T08:59:00Z',
      endsAt: '0001-01-01T00:00:00Z',
      generatorURL: 'http://prometheus/',
      fingerprint: 'c0ffee',
    },
  ],
};
const GENERIC = {
  id: 'a-7',
  title: 'fgt-branch-07: logins fail',
  device: 'fgt-branch-07',
  incident: 'INC-4',
  by: 'tess',
};
const PAGERDUTY = incidentEvent('incident.triggered', {
  title: 'VPN logins fail on fgt-branch-07',
  incident_key: 'theirs',
  service: { summary: 'vpn' },
});

it('a secret in any text that arrives reaches neither Redis, nor the disk, nor the log, nor Slack', async ({
  skip,
}) => {
  if (!redis) {
    skip();
    return;
  }
  using written = await recordWrites(redis.url);
  const audited: unknown[] = [];
  await paging.open(
    '    generic: { secret: { env: PD_HOOK } }\n    alertmanager: { token: { env: PD_HOOK } }',
    {
      redis,
      audit: { ...NO_AUDIT, record: (event) => void audited.push(event) },
    },
  );
  const { slack, url } = paging.system;
  async function send(source: string, body: unknown): Promise<number> {
    const text = JSON.stringify(body);
    const seconds = Math.floor(Date.now() / 1000);
    const headers = {
      authorization: `Bearer ${PD_SECRET}`,
      [TIMESTAMP_HEADER]: String(seconds),
      [SIGNATURE_HEADER]: signBody(PD_SECRET, seconds, text),
    };
    return (await fetch(`${url}/hooks/${source}`, { method: 'POST', body: text, headers })).status;
  }
  expect(await send('alertmanager', withSecrets(ALERTMANAGER, COMPARED))).toBe(200);
  expect(await send('generic', withSecrets(GENERIC, COMPARED))).toBe(200);
  expect(await paging.tellHook(withSecrets(PAGERDUTY, COMPARED) as object)).toBe(200);
  // Names no device, or cannot be read: refused, and nothing of it is kept either.
  for (const spared of [NONE, /^(?:status|startsAt|endsAt)$/, /^device$/]) {
    await send('alertmanager', withSecrets(ALERTMANAGER, spared));
    await send('generic', withSecrets(GENERIC, spared));
    await paging.tellHook(withSecrets(PAGERDUTY, spared) as object);
  }

  const { message } = await slack.message({
    user: ANA,
    channel: SUPPORT,
    text: 'Look, please',
    files: [
      {
        name: `${withSecret('debug')}.log`,
        content: 'FGT-01 # get system status\nVersion: FortiGate-60F v7.4.8',
      },
    ],
  });
  await paging.system.answered({ thread: message.ts });
  await slack.slash({
    command: '/ftm-check',
    text: `silence fgt-branch-07 1h ${withSecret('rack')}`,
    user: ANA,
    channel: SUPPORT,
  });

  const { answer, root } = await paging.answeredThread();
  await paging.press(answer, 'Escalate');
  await paging.sendForm(withSecret('nobody gets in'));
  const status = await paging.said(root, 'Paged');
  const page = buttonIn(status, 'Resolved').value;
  const shown = slack.views().length;
  const menu = {
    type: 'overflow',
    action_id: 'ftm_pager_more',
    selected_option: { value: `note:${page}` },
  };
  await slack.action({ user: BEN, channel: SUPPORT, ts: status.ts, action: menu });
  const { id: viewId } = await slack.until(() => slack.views()[shown]);
  const values = { note: { text: { type: 'plain_text_input', value: withSecret('ISP') } } };
  await slack.submit({ user: BEN, viewId, values });
  await paging.said(root, `Resolved by <@${BEN}>`);

  const stored = written.soFar();
  expect(stored).toContain('fgt-branch-07');
  expect(planted).toBeGreaterThan(15);
  const said = slack.messages(SUPPORT).filter(({ user }) => user !== ANA && user !== BEN);
  expect(stored, 'in Redis').not.toContain(SEED);
  expect(JSON.stringify(audited), 'on the trail').not.toContain(SEED);
  expect(paging.system.log.join(''), 'in the log').not.toContain(SEED);
  expect(JSON.stringify([said, slack.calls().map(({ args }) => args)]), 'in Slack').not.toContain(SEED);
  expect(JSON.stringify(paging.pagerDuty.received), 'at the provider').not.toContain(SEED);
});
