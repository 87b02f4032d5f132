import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { createSlackApp } from '../../../src/bot/slack/create-slack-app.ts';
import { silentLogger } from '../../../src/platform/observe/logger.ts';
import type { LocalSlack } from '../../../src/stand-ins/slack/local-slack.ts';
import { signedHeaders } from '../../../src/stand-ins/slack/signature.ts';
import { until } from '../../support/until.ts';
import { type HttpApp, startHttpApp } from './http-app.ts';

let http: HttpApp;
let slack: LocalSlack;
let port: number;
const rejections: unknown[] = [];
const note = (error: unknown) => void rejections.push(error);

beforeEach(async () => {
  rejections.length = 0;
  process.on('unhandledRejection', note);
  http = await startHttpApp();
  ({ slack, port } = http);
});
afterEach(async () => {
  process.off('unhandledRejection', note);
  await http[Symbol.asyncDispose]();
});

const JSON_TYPE = 'application/json';
const FORM = 'application/x-www-form-urlencoded';
const now = () => Math.floor(Date.now() / 1000);

/** Not `fetch`, which would clean the path. */
async function post(
  body: string,
  type: string,
  { at = now(), path = '/slack/events' } = {},
): Promise<number> {
  const headers = { 'content-type': type, ...signedHeaders(body, slack.signingSecret, at) };
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const sent = request({ host: '127.0.0.1', port, path, method: 'POST', headers }, (response) => {
    response.resume();
    resolve(response.statusCode ?? 0);
  });
  // Without the defence no answer comes at all.
  sent.setTimeout(20_000, () => sent.destroy(new Error('no answer')));
  sent.on('error', reject);
  sent.end(body);
  return await promise;
}

const CHALLENGE = JSON.stringify({ type: 'url_verification', challenge: 'c' });

it.each([
  ['null', JSON_TYPE],
  ['"text"', JSON_TYPE],
  ['5', JSON_TYPE],
  ['[]', JSON_TYPE],
  ['[null]', JSON_TYPE],
  ['{', JSON_TYPE],
  ['payload=null', FORM],
  ['payload=5', FORM],
  ['payload=%7B', FORM],
])('a signed body %s (%s) is refused, and the bot lives on', async (body, type) => {
  expect(await post(body, type)).toBe(400);
  expect(await post(body, type, { path: '/slack/x/../events' })).toBe(400);
  expect(await post(CHALLENGE, JSON_TYPE)).toBe(200);
  expect(rejections).toEqual([]);
});

it.each([
  '{}',
  '{"event":null}',
  '{"type":"event_callback","event":null,"authorizations":[null]}',
  '{"type":"event_callback","event":{"type":"app_mention","user":null,"channel":null}}',
  '{"type":"block_actions","actions":null}',
  '{"type":"block_actions","actions":[null],"user":null,"team":null}',
  '{"type":"view_submission","view":null,"user":null}',
  '{"command":"/ftm-check"}',
])('a signed object %s does not end the bot', async (body) => {
  await Promise.all([post(body, JSON_TYPE), post(`payload=${encodeURIComponent(body)}`, FORM)]);
  expect(await post(CHALLENGE, JSON_TYPE)).toBe(200);
  expect(rejections).toEqual([]);
});

it.each([
  ['now', 0, 200],
  ['four minutes behind', -240, 200],
  ['four minutes ahead', 240, 200],
  ['six minutes behind', -360, 401],
  ['six minutes ahead', 360, 401],
  ['a day ahead', 86_400, 401],
])('a request signed with a time %s', async (_, offset, status) => {
  expect(await post(CHALLENGE, JSON_TYPE, { at: now() + offset })).toBe(status);
});

it('a socket that sends anything does not end the bot', async () => {
  const sockets = new WebSocketServer({ noServer: true });
  const api = createServer((_, response) => {
    const url = `ws://127.0.0.1:${(api.address() as AddressInfo).port}/link`;
    response.setHeader('content-type', JSON_TYPE);
    response.end(JSON.stringify({ ok: true, url, team_id: 'T1', user_id: 'U0BOT', bot_id: 'B1' }));
  });
  api.on('upgrade', (upgrade, socket, head) =>
    sockets.handleUpgrade(upgrade, socket, head, (open) => sockets.emit('connection', open)),
  );
  await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
  const acknowledged: string[] = [];
  sockets.on('connection', (socket) => {
    socket.on('message', (data: Buffer) => void acknowledged.push(data.toString('utf8')));
    socket.send('{"type":"hello"}');
    for (const text of ['null', '5', '{', '[]', '{"type":"events_api"}']) socket.send(text);
    for (const type of ['events_api', 'slash_commands', 'interactive']) {
      for (const payload of [null, 5, {}, { event: null }]) socket.send(JSON.stringify({ type, payload }));
    }
    const payload = { type: 'event_callback', event: { type: 'app_mention', user: 'U1', channel: 'C1' } };
    socket.send(JSON.stringify({ type: 'events_api', envelope_id: 'the last', payload }));
  });
  const listening = createSlackApp({
    mode: 'socket',
    appToken: slack.appToken,
    botToken: slack.botToken,
    slackApiUrl: `http://127.0.0.1:${(api.address() as AddressInfo).port}/api/`,
    logger: silentLogger,
  });
  await listening.start();
  await until(() => acknowledged.some((text) => text.includes('the last')), 'the last one is acknowledged');
  await listening.stop();
  api.close();
  sockets.close();
  expect(rejections).toEqual([]);
});
