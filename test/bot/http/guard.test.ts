import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withPassword } from '../../../src/bot/http/guard.ts';

const PASSWORD = 'correct:horse-battery-staple';

let server: Server;
let now: number;
let logged: string[];
let shown: number;
beforeEach(async () => {
  now = 0;
  logged = [];
  shown = 0;
  const logger = {
    warn: (fields: object, message: string) => logged.push(JSON.stringify([message, fields])),
  };
  const show = withPassword(
    (_request, response) => {
      shown += 1;
      response.end('the queue');
    },
    { password: PASSWORD, logger, now: () => now },
  );
  server = createServer(show).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => {
  server.close();
  server.closeAllConnections();
});

const basic = (password: string, user = 'ana') =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

function ask(authorization?: string) {
  const { port } = server.address() as AddressInfo;
  return fetch(
    `http://127.0.0.1:${port}/`,
    authorization === undefined ? {} : { headers: { authorization } },
  );
}

describe('a guarded page', () => {
  it.each(['ana', '', 'somebody else'])('accepts the password with any user name: "%s"', async (user) => {
    const response = await ask(basic(PASSWORD, user));
    expect([response.status, await response.text()]).toEqual([200, 'the queue']);
    expect(logged).toEqual([]);
  });

  it.each([
    ['nothing', undefined],
    ['another password', basic('wrong')],
    ['a part of it', basic(PASSWORD.slice(0, -1))],
    ['more than it', basic(`${PASSWORD}x`)],
    ['none', basic('')],
    ['another scheme', `Bearer ${PASSWORD}`],
    ['no base64', 'Basic %%%'],
    ['no colon', `Basic ${Buffer.from(PASSWORD.replace(':', '')).toString('base64')}`],
    ['the password by itself', PASSWORD],
  ])('stays shut to %s', async (_, authorization) => {
    const response = await ask(authorization);
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toMatch(/^Basic realm=/);
    expect(await response.text()).not.toContain('queue');
    expect(shown).toBe(0);
  });

  it.each([
    ['open', basic(PASSWORD)],
    ['shut', undefined],
  ])('is neither kept, framed nor fed from elsewhere, %s', async (_, authorization) => {
    const { headers } = await ask(authorization);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toMatch(/script-src 'self';/);
    expect(policy).not.toMatch(/https?:/);
  });

  it('tells of each wrong password, and never which it was', async () => {
    await ask();
    expect(logged).toEqual([]);
    await ask(basic('hunter2'));
    expect(logged).toEqual(['["a wrong password for the queue dashboard",{"address":"127.0.0.1"}]']);
  });

  it('lets nobody guess on: ten in a minute, and then not even the right one', async () => {
    for (let guess = 0; guess < 10; guess += 1) {
      now = guess * 1000;
      expect((await ask(basic(`guess ${guess}`))).status).toBe(401);
    }
    now = 10_000;
    const refused = await ask(basic(PASSWORD));
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '60']);
    expect(shown).toBe(0);
    expect(logged).toHaveLength(10);
    now = 60_000;
    expect((await ask(basic(PASSWORD))).status).toBe(200);
  });
});
