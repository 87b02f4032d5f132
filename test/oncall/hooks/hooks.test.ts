import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FtmError } from '../../../src/engine/ftm-error.ts';
import { createHookRoutes, type HookOptions } from '../../../src/oncall/hooks/hook-routes.ts';
import type { IncomingAlert } from '../../../src/oncall/intake/alert.ts';
import type { EscalationEvent } from '../../../src/oncall/jobs.ts';
import { SIGNATURE_HEADER, signBody, TIMESTAMP_HEADER } from '../../../src/oncall/routes/signature.ts';
import { silentLogger } from '../../../src/platform/observe/logger.ts';
import { createMemoryRecords } from '../../../src/platform/store/memory-records.ts';

const NOW = Date.parse('2026-11-25T09:00:00Z');
const TOKENS: Readonly<Record<string, string>> = { AM: 'am-token', PD: 'pd-secret', HOOK: 'hook-secret' };
const OWN = 'ftm-check/fgt-branch-07/push-disabled';

let server: Server;
let url: string;
let alerts: IncomingAlert[];
let overs: IncomingAlert[];
let news: { key: string; event: EscalationEvent; id: string }[];
let failing: FtmError | undefined;
let isRefused: boolean;

beforeEach(async () => {
  alerts = [];
  overs = [];
  news = [];
  failing = undefined;
  isRefused = false;
  const options: HookOptions = {
    settings: () => ({
      channels: [{ devices: ['*'], channel: 'C0SUPPORT' }],
      names: {},
      alertmanager: { token: { env: 'AM' }, pages: 'never' },
      pagerduty: { secret: { env: 'PD' }, pages: 'never' },
      generic: { secret: { env: 'HOOK' }, pages: 'never' },
    }),
    readSecret: async (ref) => TOKENS['env' in ref ? ref.env : ''] ?? '',
    async takeAlert(alert) {
      if (failing) throw failing;
      alerts.push(alert);
      if (isRefused) return { kind: 'ignored', reason: 'no channel is mapped for fgt-branch-07' };
      return { kind: 'started', alias: 'fgt-branch-07', runId: 'r' };
    },
    async takeEndedAlert(alert) {
      overs.push(alert);
      return { kind: 'started', alias: 'fgt-branch-07', runId: 'r-over' };
    },
    mayTell: () => true,
    async receiveEvent(key, event, id) {
      news.push({ key, event, id });
    },
    records: createMemoryRecords(() => NOW),
    logger: silentLogger,
    now: () => NOW,
  };
  const routes = createHookRoutes(options);
  server = createServer((request, response) => {
    const route = routes.find(({ path }) => path === request.url);
    if (route) route.handler(request, response);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

async function post(path: string, body: unknown, headers: Record<string, string>) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(`${url}${path}`, { method: 'POST', body: text, headers });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

function signed(body: unknown, { secret = 'hook-secret', at = NOW } = {}): Record<string, string> {
  const seconds = Math.floor(at / 1000);
  return {
    [TIMESTAMP_HEADER]: String(seconds),
    [SIGNATURE_HEADER]: signBody(secret, seconds, JSON.stringify(body)),
  };
}

function pagerDutySigned(body: unknown, secret = 'pd-secret'): Record<string, string> {
  const hmac = (key: string) => createHmac('sha256', key).update(JSON.stringify(body)).digest('hex');
  return { 'x-pagerduty-signature': `v1=${hmac('an older secret')},v1=${hmac(secret)}` };
}

const am = { authorization: 'Bearer am-token' };

function amBody(labels: Record<string, string>, status = 'firing') {
  return {
    version: '4',
    groupKey: '{}:{}',
    status,
    receiver: 'ftm-check',
    alerts: [
      {
        status,
        labels,
        annotations: { summary: 'VPN logins fail' },
        startsAt: '2026-11-25T08:59:00Z',
        endsAt: '0001-01-01T00:00:00Z',
        generatorURL: 'http://prometheus/',
        fingerprint: 'c0ffee',
      },
    ],
  };
}

function pdBody(type: string, data: Record<string, unknown>, occurredAt = '2026-11-25T08:59:59Z') {
  return {
    event: {
      id: `event-${type}`,
      event_type: type,
      resource_type: 'incident',
      occurred_at: occurredAt,
      agent: { id: 'PLH1HKV', summary: 'Tess Engineer', type: 'user_reference' },
      client: null,
      data: { id: 'PGR0VU2', type: 'incident', title: 'fgt-branch-07: nobody gets in', ...data },
    },
  };
}

const SECRET = 'qT7zWm4xRk9Lp2Vx';

/** The body once for each of its texts, with a secret in it. */
function withSecretInEach(body: unknown): readonly { readonly path: string; readonly body: unknown }[] {
  if (typeof body === 'string') return [{ path: '', body: `${body} password=${SECRET}` }];
  if (typeof body !== 'object' || body === null) return [];
  return Object.entries(body).flatMap(([key, value]) =>
    withSecretInEach(value).map((one) => ({
      path: `${key}.${one.path}`,
      body: Array.isArray(body)
        ? body.map((each, index) => (String(index) === key ? one.body : each))
        : { ...body, [key]: one.body },
    })),
  );
}

const FIRING = {
  id: 'a-7',
  title: 'VPN logins fail',
  device: 'fgt-branch-07',
  incident: 'INC-4',
  by: 'tess',
};
const BODIES = {
  alertmanager: [
    amBody({ device: 'fgt-branch-07', alertname: 'VpnLogins' }),
    amBody({ host: 'x' }, 'resolved'),
  ],
  pagerduty: [
    pdBody('incident.triggered', { service: { summary: 'vpn' } }),
    pdBody('incident.resolved', {}),
    pdBody('incident.acknowledged', { incident_key: OWN }),
  ],
  generic: [FIRING, { ...FIRING, status: 'resolved' }, { ...FIRING, status: 'acknowledged', key: OWN }],
};

describe('a secret in any text of a delivery', () => {
  const each = Object.entries(BODIES).flatMap(([source, bodies]) =>
    bodies.flatMap((body, at) =>
      withSecretInEach(body).map((one) => ({ source, name: `${source} ${at} ${one.path}`, body: one.body })),
    ),
  );

  it.each(each)('goes nowhere: $name', async ({ source, body }) => {
    const headers =
      source === 'alertmanager' ? am : source === 'pagerduty' ? pagerDutySigned(body) : signed(body);
    const { status, body: answer } = await post(`/hooks/${source}`, body, headers);
    expect(status).not.toBe(401);
    // Names are words that are looked up: they are not kept.
    const kept = [...alerts, ...overs].map((alert) => ({
      ...alert,
      device: undefined,
      names: [],
      words: [],
    }));
    const events = news.map(({ event, id }) => ({ event, id }));
    expect(JSON.stringify([kept, events, answer])).not.toContain(SECRET);
  });
});

describe('Alertmanager', () => {
  it('is heard again with the same bytes if its alert was refused, for example before a channel was mapped', async () => {
    isRefused = true;
    await post('/hooks/alertmanager', amBody({ device: 'fgt-branch-07' }), am);
    isRefused = false;
    const again = () => post('/hooks/alertmanager', amBody({ device: 'fgt-branch-07' }), am);
    expect((await again()).body.results).toMatchObject([{ kind: 'started' }]);
    expect((await again()).body).toEqual({ duplicate: true });
  });

  it('is heard to the last of hundreds of alerts, and told of those that it left out', async () => {
    const [alert] = amBody({ device: 'fgt-branch-07' }).alerts;
    const many = Array.from({ length: 700 }, (_, index) => ({ ...alert, fingerprint: `f${index}` }));
    const taken = await post('/hooks/alertmanager', { version: '4', truncatedAlerts: 3, alerts: many }, am);
    expect(alerts).toHaveLength(700);
    expect((taken.body.results as readonly object[]).at(-1)).toEqual({
      kind: 'ignored',
      reason: 'Alertmanager left out 3 alerts (max_alerts of the receiver)',
    });
  });

  it('is heard when it names a device', async () => {
    const taken = await post(
      '/hooks/alertmanager',
      amBody({ alertname: 'Vpn', instance: '192.0.2.7:9100' }),
      am,
    );
    expect(taken.status).toBe(200);
    expect(alerts).toMatchObject([
      { source: 'alertmanager', title: 'VPN logins fail', id: 'c0ffee 2026-11-25T08:59:00Z' },
    ]);
    expect(alerts[0]?.names[0]).toBe('192.0.2.7:9100');
  });

  it.each([
    ['no token', {}],
    ['another token', { authorization: 'Bearer other' }],
    ['another scheme', { authorization: 'Basic am-token' }],
  ])('is refused with %s', async (_, headers) => {
    const answer = await post('/hooks/alertmanager', amBody({ device: 'x' }), headers);
    expect(answer.status).toBe(401);
    expect(alerts).toEqual([]);
  });

  it('knows an alert that is over by the id with which it began', async () => {
    await post('/hooks/alertmanager', amBody({ device: 'fgt-branch-07' }), am);
    await post('/hooks/alertmanager', amBody({ device: 'fgt-branch-07' }, 'resolved'), am);
    expect(overs).toEqual(alerts);
    expect(overs).toHaveLength(1);
  });

  it('starts nothing for an alert of our own', async () => {
    await post('/hooks/alertmanager', amBody({ device: 'fgt-branch-07', ftm_check_key: OWN }), am);
    await post(
      '/hooks/alertmanager',
      amBody({ device: 'fgt-branch-07', ftm_check_key: OWN }, 'resolved'),
      am,
    );
    expect([alerts, overs]).toEqual([[], []]);
  });
});

describe('PagerDuty', () => {
  it('is heard when an incident is triggered, and names where findings go', async () => {
    const body = pdBody('incident.triggered', { incident_key: 'something else' });
    expect((await post('/hooks/pagerduty', body, pagerDutySigned(body))).status).toBe(200);
    expect(alerts).toMatchObject([{ source: 'pagerduty', incident: 'PGR0VU2' }]);
    expect(alerts[0]?.words).toContain('fgt-branch-07');
  });

  it.each(['..', '.', '', 'PGR0VU2/../..', '%2e%2e', 'PGR0VU2?x', 'x'.repeat(65)])(
    'is not heard with the id %j, which could be another path of its API',
    async (id) => {
      const body = pdBody('incident.triggered', { id });
      expect((await post('/hooks/pagerduty', body, pagerDutySigned(body))).status).toBe(200);
      expect(alerts).toEqual([]);
    },
  );

  it.each([
    ['incident.acknowledged', 'acknowledged'],
    ['incident.resolved', 'resolved'],
  ])('tells of our own page: %s', async (type, kind) => {
    const body = pdBody(type, { incident_key: OWN });
    await post('/hooks/pagerduty', body, pagerDutySigned(body));
    expect(news).toMatchObject([
      { key: OWN, event: { kind, by: { via: 'pagerduty', name: 'Tess Engineer' } }, id: `event-${type}` },
    ]);
    expect(alerts).toEqual([]);
  });

  it.each(['incident.triggered', 'incident.reopened', 'incident.annotated', 'incident.escalated'])(
    'never starts a check for our own page: %s',
    async (type) => {
      const body = pdBody(type, { incident_key: OWN });
      expect((await post('/hooks/pagerduty', body, pagerDutySigned(body))).status).toBe(200);
      expect(alerts).toEqual([]);
      expect(news).toEqual([]);
    },
  );

  it('is refused with another signature, or over another body', async () => {
    const body = pdBody('incident.triggered', {});
    expect((await post('/hooks/pagerduty', body, pagerDutySigned(body, 'guessed'))).status).toBe(401);
    expect(
      (await post('/hooks/pagerduty', pdBody('incident.resolved', {}), pagerDutySigned(body))).status,
    ).toBe(401);
    expect((await post('/hooks/pagerduty', body, {})).status).toBe(401);
    expect(alerts).toEqual([]);
  });

  it.each([
    ['yesterday, which may be a recording', '2026-11-24T08:00:00Z'],
    ['the future, which could be replayed later', '2026-11-25T09:06:00Z'],
  ])('starts nothing for an event of %s', async (_, occurredAt) => {
    const body = pdBody('incident.triggered', {}, occurredAt);
    await post('/hooks/pagerduty', body, pagerDutySigned(body));
    expect(alerts).toEqual([]);
  });
});

describe('a generic webhook', () => {
  const body = { id: 'a-1', title: 'push is dead', device: 'fgt-branch-07', incident: 'INC-7' };

  it('is processed once, however often it is delivered', async () => {
    expect((await post('/hooks/generic', body, signed(body))).status).toBe(200);
    const again = await post('/hooks/generic', body, signed(body, { at: NOW + 1000 }));
    expect(again).toEqual({ status: 200, body: { duplicate: true } });
    expect(alerts).toMatchObject([{ source: 'generic', id: 'a-1', incident: 'INC-7' }]);
  });

  it.each([
    ['another secret', { secret: 'guessed' }],
    ['a time long ago', { at: NOW - 301_000 }],
    ['a time far ahead', { at: NOW + 301_000 }],
  ])('is refused with %s', async (_, options) => {
    expect((await post('/hooks/generic', body, signed(body, options))).status).toBe(401);
    expect(alerts).toEqual([]);
  });

  it('is refused when the time was changed after it was signed', async () => {
    const headers = { ...signed(body, { at: NOW - 600_000 }), [TIMESTAMP_HEADER]: String(NOW / 1000) };
    expect((await post('/hooks/generic', body, headers)).status).toBe(401);
  });

  it('tells of our own page, and never starts a check for it', async () => {
    const ack = { key: OWN, status: 'acknowledged', by: 'Tess', at: '2026-11-25T08:59:00Z' };
    await post('/hooks/generic', ack, signed(ack));
    expect(news).toMatchObject([{ key: OWN, event: { kind: 'acknowledged', by: { name: 'Tess' } } }]);
    for (const own of [
      { ...body, key: OWN },
      { ...body, origin: 'ftm-check' },
    ]) {
      await post('/hooks/generic', own, signed(own));
    }
    expect(alerts).toEqual([]);
  });

  it('asks to send it again when the request could not be kept, and then takes it', async () => {
    failing = new FtmError('ftm_queue_unavailable', 'away', { retryable: true });
    expect((await post('/hooks/generic', body, signed(body))).status).toBe(503);
    failing = undefined;
    expect((await post('/hooks/generic', body, signed(body))).status).toBe(200);
    expect(alerts).toHaveLength(1);
  });
});

describe('what is no delivery at all', () => {
  it.each([
    ['not JSON', '{', 400],
    ['an empty body', '', 400],
    ['a number', '7', 400],
    ['another shape', '{"alerts":[{"labels":7}]}', 400],
    ['deep nesting', `${'['.repeat(50_000)}${']'.repeat(50_000)}`, 400],
    ['2 MB', 'x'.repeat(2 * 1024 * 1024), 413],
  ])('%s', async (_, body, status) => {
    expect((await post('/hooks/alertmanager', body, am)).status).toBe(status);
  });
});
