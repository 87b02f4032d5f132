import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type InternalServer, startInternalServer } from '../../../src/bot/http/internal-server.ts';
import { Metrics } from '../../../src/platform/observe/metrics.ts';

let server: InternalServer;
let queue: () => Promise<string>;
beforeEach(async () => {
  queue = async () => 'reachable';
  server = await startInternalServer({
    port: 0,
    host: '127.0.0.1',
    checks: [
      { name: 'queue', check: () => queue() },
      { name: 'slack', check: async () => 'connected' },
    ],
    metrics: new Metrics(),
  });
});
afterEach(() => server.close());

const get = (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${server.port}${path}`, init);

describe('the internal server', () => {
  it('is ready when every check is well', async () => {
    const response = await get('/readyz');
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      ready: true,
      checks: [
        { name: 'queue', ok: true, detail: 'reachable' },
        { name: 'slack', ok: true, detail: 'connected' },
      ],
    });
  });

  it.each([
    [
      'fails',
      async () => Promise.reject(new Error('Redis may throw work away')),
      'Redis may throw work away',
    ],
    ['throws what is no error', async () => Promise.reject('secret'), 'it failed'],
    ['does not settle', () => new Promise<never>(() => {}), 'no answer in time'],
  ])('is not ready when a check %s, says which, and still lives', async (_, check, detail) => {
    queue = check;
    const response = await get('/readyz');
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({
      ready: false,
      checks: [{ name: 'queue', ok: false, detail }, { ok: true }],
    });
    expect((await get('/healthz')).status).toBe(200);
  });

  it('tells of one check alone, so that a probe can choose', async () => {
    queue = async () => Promise.reject(new Error('Redis is not reachable'));
    expect((await get('/readyz')).status).toBe(503);
    const { status, body } = await get('/readyz/slack').then(async (response) => ({
      status: response.status,
      body: (await response.json()) as object,
    }));
    expect({ status, body }).toEqual({
      status: 200,
      body: { ready: true, checks: [{ name: 'slack', ok: true, detail: 'connected' }] },
    });
    expect((await get('/readyz/queue')).status).toBe(503);
    expect((await get('/readyz/')).status).toBe(404);
    expect((await get('/readyz/nothing')).status).toBe(404);
  });

  it('serves metrics as Prometheus reads them', async () => {
    const response = await get('/metrics?name=x');
    expect(response.headers.get('content-type')).toContain('text/plain; version=0.0.4');
    expect(await response.text()).toContain('# TYPE ftm_check_runs_total counter');
  });

  it.each([
    ['/', 'GET', 404],
    ['/metrics/../secret', 'GET', 404],
    ['/readyz', 'POST', 405],
    ['/metrics', 'DELETE', 405],
  ])('has nothing else: %s %s', async (path, method, status) => {
    expect((await get(path, { method })).status).toBe(status);
  });

  it('outlives a client that talks nonsense', async () => {
    const socket = connect(server.port, '127.0.0.1');
    socket.end('nonsense\r\n\r\n');
    expect(await text(socket)).toContain('400');
    expect((await get('/healthz')).status).toBe(200);
  });
});
