import { afterAll, describe, expect, it } from 'vitest';
import { ftmCheck } from '../../cli/test-io.ts';
import { openTestRedis } from '../../support/redis.ts';
import { until } from '../../support/until.ts';
import { prepareServing } from './serve-fixture.ts';

const redis = await openTestRedis();
afterAll(() => redis?.stop());

const { serve, ready, check, answers } = prepareServing();

describe('pages of serve', () => {
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
});
