import { describe, expect, it } from 'vitest';
import { createAlertmanagerRoute } from '../../src/oncall/routes/alertmanager.ts';
import { createJsmRoute } from '../../src/oncall/routes/jsm.ts';
import type { PagerMessage, PagerRoute } from '../../src/oncall/routes/pager-route.ts';
import { createPagerDutyRoute } from '../../src/oncall/routes/pagerduty.ts';
import { createGetJson, createSendJson, joinUrl, retryAfterMs } from '../../src/oncall/routes/send-json.ts';
import {
  DELIVERY_HEADER,
  SIGNATURE_HEADER,
  signBody,
  TIMESTAMP_HEADER,
} from '../../src/oncall/routes/signature.ts';
import { createWebhookRoute } from '../../src/oncall/routes/webhook.ts';
import { ROUTING_KEY, startFakePagerDuty } from './fake-pagerduty.ts';
import { type Received, type Reply, startFakeProvider } from './fake-provider.ts';
import { jsmAction, jsmAlert } from './provider-schemas.ts';

const NOW = Date.parse('2026-11-25T09:00:00Z');
const send = createSendJson({ now: () => NOW });
const sendInTime = createSendJson({ timeoutMs: 300, now: () => NOW });

const PAGE: PagerMessage = {
  key: 'ftm-check/fgt-branch-07/push-disabled',
  escalationId: 'esc-1',
  summary: 'fgt-branch-07: no push is sent',
  details: 'Push is disabled.\n\nThread: https://slack.com/archives/C0SUPPORT/p1',
  severity: 'high',
  device: 'fgt-branch-07',
  cause: 'push-disabled',
  link: 'https://slack.com/archives/C0SUPPORT/p1',
  thread: { channel: 'C0SUPPORT', ts: '1.1' },
  openedAt: NOW,
};

const OF_CUSTOMER = { ...PAGE, customer: 'Wren', site: 'Lyon' };

it.each([
  [
    'PagerDuty',
    (url: string) => createPagerDutyRoute({ name: 'pd', url, routingKey: async () => ROUTING_KEY, send }),
    { payload: { custom_details: { customer: 'Wren', site: 'Lyon' } } },
  ],
  [
    'JSM',
    (url: string) => createJsmRoute({ name: 'jsm', url, apiKey: async () => 'k', send }),
    { details: { customer: 'Wren', site: 'Lyon' } },
  ],
  [
    'Alertmanager',
    (url: string) => createAlertmanagerRoute({ name: 'am', url, labels: {}, send, now: () => NOW }),
    [{ labels: { customer: 'Wren', site: 'Lyon' } }],
  ],
  [
    'a webhook',
    (url: string) => createWebhookRoute({ name: 'hook', url, secret: async () => 's', send, now: () => NOW }),
    { customer: 'Wren', site: 'Lyon' },
  ],
])('%s gets customer and site in fields of their own', async (_, create, expected) => {
  await using provider = await startFakeProvider(() => ({ status: 202 }));
  expect(await create(provider.url).trigger(OF_CUSTOMER)).toEqual({ kind: 'accepted' });
  expect(provider.received[0]?.body).toMatchObject(expected);
  await create(provider.url).trigger(PAGE);
  expect(JSON.stringify(provider.received[1]?.body)).not.toContain('customer');
});

/** Larger than any provider takes. */
const HUGE: PagerMessage = {
  ...PAGE,
  summary: '🔥'.repeat(3000),
  details: 'd'.repeat(40_000),
  device: 'x'.repeat(600),
};

function pagerDutyRoute(url: string, key = ROUTING_KEY): PagerRoute {
  return createPagerDutyRoute({ name: 'pd', url, routingKey: async () => key, send });
}

describe('PagerDuty, Events API v2', () => {
  it('opens one incident per key, acknowledges it, adds to it, resolves it, and leaves a change', async () => {
    await using provider = await startFakePagerDuty();
    const route = pagerDutyRoute(provider.url);
    const steps = [
      await route.trigger(PAGE),
      await route.trigger(PAGE),
      await route.note(PAGE, 'seen again'),
      await route.acknowledge(PAGE, 'Ana'),
    ];
    expect(provider.incidents).toMatchObject([{ triggers: 3, status: 'acknowledged', severity: 'error' }]);
    steps.push(await route.resolve(PAGE, 'Ana'), await route.acknowledge(PAGE, 'Ana'));
    expect(steps.map(({ kind }) => kind)).toEqual(Array(6).fill('accepted'));
    expect(provider.incidents).toMatchObject([{ status: 'resolved' }]);
    expect(provider.changes).toEqual(['Repaired by Ana: fgt-branch-07: no push is sent']);
  });

  it.each(['critical', 'high', 'medium', 'low'] as const)(
    'keeps all limits at severity %s',
    async (severity) => {
      await using provider = await startFakePagerDuty();
      expect(await pagerDutyRoute(provider.url).trigger({ ...HUGE, severity })).toEqual({ kind: 'accepted' });
      const { summary = '' } = provider.incidents[0] ?? {};
      // Whole characters of two UTF-16 units each, and the sign of the cut.
      expect(summary.length).toBe(1023);
      expect(summary.isWellFormed()).toBe(true);
    },
  );

  it.each([
    ['a key that is too long', { ...PAGE, key: 'k'.repeat(256) }, ROUTING_KEY, 1],
    ['a routing key of another length', PAGE, 'short-key', 1],
    ['more than 512 KB, which is not sent', { ...PAGE, details: 'd'.repeat(600_000) }, ROUTING_KEY, 0],
  ])('is refused with %s, and the routing key is not told', async (_, page, key, requests) => {
    await using provider = await startFakePagerDuty();
    const result = await pagerDutyRoute(provider.url, key).trigger(page);
    expect(result.kind).toBe('refused');
    expect(JSON.stringify(result)).not.toContain(key);
    expect(provider.received).toHaveLength(requests);
  });

  it('is told no by a 400, with its words', async () => {
    await using provider = await startFakePagerDuty();
    const result = await pagerDutyRoute(provider.url, 'f'.repeat(32)).trigger(PAGE);
    expect(result).toMatchObject({ kind: 'refused', reason: expect.stringContaining('Invalid routing key') });
  });
});

describe('what every provider may answer', () => {
  it.each<readonly [string, Reply, object]>([
    [
      '429 with seconds',
      { status: 429, headers: { 'retry-after': '120' } },
      { kind: 'later', retryAfterMs: 120_000 },
    ],
    [
      '429 with a date',
      { status: 429, headers: { 'retry-after': 'Wed, 25 Nov 2026 09:01:00 GMT' } },
      { kind: 'later', retryAfterMs: 60_000 },
    ],
    ['429 alone', { status: 429 }, { kind: 'later' }],
    ['500', { status: 500 }, { kind: 'later' }],
    ['503', { status: 503, headers: { 'retry-after': '7' } }, { kind: 'later', retryAfterMs: 7000 }],
    ['a broken connection', { status: 200, drop: true }, { kind: 'later' }],
    ['401', { status: 401 }, { kind: 'refused' }],
    ['404', { status: 404 }, { kind: 'refused' }],
    [
      'a redirect elsewhere',
      { status: 307, headers: { location: 'http://203.0.113.9/' } },
      { kind: 'later' },
    ],
  ])('%s', async (_, reply, expected) => {
    await using provider = await startFakeProvider(() => reply);
    expect(await pagerDutyRoute(provider.url).trigger(PAGE)).toMatchObject(expected);
    expect(provider.received).toHaveLength(1);
  });

  it('a redirect to another server, which hears nothing', async () => {
    await using other = await startFakeProvider(() => ({ status: 200 }));
    await using provider = await startFakeProvider(() => ({
      status: 307,
      headers: { location: other.url },
    }));
    expect(await pagerDutyRoute(provider.url).trigger(PAGE)).toMatchObject({ kind: 'later' });
    const get = createGetJson({ now: () => NOW });
    expect(await get({ url: provider.url, provider: 'PagerDuty' })).toMatchObject({ kind: 'later' });
    expect(provider.received).toHaveLength(2);
    expect(other.received).toEqual([]);
  });

  it('more than 5 MB, which is not read, and its own request, of which no secret is shown', async () => {
    await using provider = await startFakeProvider(() => ({ status: 200, body: 'a'.repeat(6_000_000) }));
    const get = createGetJson({ now: () => NOW });
    const reason = expect.stringContaining('without end');
    expect(await get({ url: provider.url, provider: 'The pager' })).toMatchObject({ kind: 'later', reason });
    expect(await pagerDutyRoute(provider.url).trigger(PAGE)).toMatchObject({ kind: 'later', reason });
    await using echo = await startFakeProvider(({ headers, body }) => ({
      status: 403,
      body: { headers, body },
    }));
    const key = 'key-of-the-pager-4711';
    const told = await createJsmRoute({ name: 'j', url: echo.url, apiKey: async () => key, send }).trigger(
      PAGE,
    );
    expect(told).toMatchObject({ kind: 'refused', reason: expect.stringContaining('403') });
    expect(JSON.stringify(told)).not.toContain(key);
  });

  it('nothing in time', async () => {
    await using provider = await startFakeProvider(() => ({ status: 200, hang: true }));
    const route = createPagerDutyRoute({
      name: 'pd',
      url: provider.url,
      routingKey: async () => ROUTING_KEY,
      send: sendInTime,
    });
    expect(await route.trigger(PAGE)).toMatchObject({
      kind: 'later',
      reason: expect.stringContaining('0.3 s'),
    });
    expect(provider.received).toHaveLength(1);
  });

  it('reads Retry-After in both spellings', () => {
    expect(['5', ' 5 ', 'soon', '', '-1', '1e9'].map((text) => retryAfterMs(text, NOW))).toEqual([
      5000,
      5000,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(retryAfterMs('Wed, 25 Nov 2026 08:00:00 GMT', NOW)).toBe(0);
  });
});

/** Built from the published page of the integration events API: fields, identifierType, 202, 422. */
function jsm({ path, body, headers }: Received): Reply {
  if (headers.authorization !== 'GenieKey jsm-api-key') return { status: 401 };
  const action = /^\/v2\/alerts\/([^/?]+)\/(acknowledge|close|notes)\?identifierType=alias$/.exec(path);
  const isValid =
    path === '/v2/alerts' ? jsmAlert.safeParse(body).success : action && jsmAction.safeParse(body).success;
  if (!isValid) return { status: 422, body: { message: 'Request body is not processable.' } };
  return { status: 202, body: { result: 'Request will be processed', took: 0.1, requestId: 'r' } };
}

describe('JSM Operations', () => {
  const routeTo = (url: string, key = 'jsm-api-key') =>
    createJsmRoute({ name: 'jsm', url, apiKey: async () => key, send });

  it('opens, notes, acknowledges and closes by alias', async () => {
    await using provider = await startFakeProvider(jsm);
    const route = routeTo(provider.url);
    const results = [
      await route.trigger(PAGE),
      await route.note(PAGE, 'seen again'),
      await route.acknowledge(PAGE, 'Ana'),
      await route.resolve(PAGE, 'Ana'),
    ];
    expect(results.map(({ kind }) => kind)).toEqual(Array(4).fill('accepted'));
    const alias = encodeURIComponent(PAGE.key);
    expect(provider.received.map(({ path }) => path)).toEqual([
      '/v2/alerts',
      `/v2/alerts/${alias}/notes?identifierType=alias`,
      `/v2/alerts/${alias}/acknowledge?identifierType=alias`,
      `/v2/alerts/${alias}/close?identifierType=alias`,
    ]);
  });

  it('keeps all limits', async () => {
    await using provider = await startFakeProvider(jsm);
    const route = routeTo(provider.url);
    expect(await route.trigger(HUGE)).toEqual({ kind: 'accepted' });
    expect(await route.note(HUGE, 'n'.repeat(30_000))).toEqual({ kind: 'accepted' });
    expect(await route.acknowledge(HUGE, 'u'.repeat(300))).toEqual({ kind: 'accepted' });
  });

  it('never shows its key', async () => {
    await using provider = await startFakeProvider(jsm);
    const result = await routeTo(provider.url, 'wrong-key').trigger(PAGE);
    expect(result.kind).toBe('refused');
    expect(JSON.stringify(result)).not.toContain('wrong-key');
  });
});

describe('a signed webhook', () => {
  it('can be checked by its receiver, and told from the same sent again', async () => {
    await using provider = await startFakeProvider(() => ({ status: 204 }));
    const route = createWebhookRoute({
      name: 'hook',
      url: provider.url,
      secret: async () => 'hook-secret',
      send,
      now: () => NOW,
    });
    await route.trigger(PAGE);
    await route.trigger(PAGE);
    await route.note(PAGE, 'one');
    await route.note(PAGE, 'two');
    for (const { headers, text } of provider.received) {
      const seconds = Number(headers[TIMESTAMP_HEADER]);
      expect(seconds).toBe(NOW / 1000);
      expect(headers[SIGNATURE_HEADER]).toBe(signBody('hook-secret', seconds, text));
    }
    const ids = provider.received.map(({ headers }) => headers[DELIVERY_HEADER]);
    expect(ids[0]).toBe(ids[1]);
    expect(new Set(ids).size).toBe(3);
    expect(provider.received[0]?.body).toMatchObject({
      action: 'trigger',
      origin: 'ftm-check',
      key: PAGE.key,
    });
  });
});

it.each([
  ['https://events.pagerduty.com', '/v2/enqueue', 'https://events.pagerduty.com/v2/enqueue'],
  ['https://proxy.example.com/pd', '/v2/enqueue', 'https://proxy.example.com/pd/v2/enqueue'],
  ['https://proxy.example.com/pd/', 'api/v2/alerts', 'https://proxy.example.com/pd/api/v2/alerts'],
])('the path of %s stays before %s', (base, path, expected) => {
  expect(joinUrl(base, path)).toBe(expected);
});
