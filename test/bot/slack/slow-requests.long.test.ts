import { connect, type Socket } from 'node:net';
import { expect, it } from 'vitest';
import { signedHeaders } from '../../../src/stand-ins/slack/signature.ts';
import { until } from '../../support/until.ts';
import { startHttpApp } from './http-app.ts';

const CONNECTIONS = 300;
const CHALLENGE = JSON.stringify({ type: 'url_verification', challenge: 'c' });
/** Node looks every 30 s for headers that took longer than 20. */
const CLOSED_WITHIN_MS = 58_000;

it('answers Slack beside 300 requests whose headers never end, and closes those', async () => {
  await using http = await startHttpApp();
  const open = new Set<Socket>();
  const sockets = Array.from({ length: CONNECTIONS }, () => {
    const socket = connect(http.port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.on('connect', () => open.add(socket));
    socket.on('close', () => open.delete(socket));
    socket.write('POST /slack/events HTTP/1.1\r\nhost: ftm-check\r\n');
    return socket;
  });
  const dribble = setInterval(() => {
    for (const socket of open) socket.write('x-slow: a\r\n');
  }, 1000);
  try {
    await until(() => open.size === CONNECTIONS, 'all are connected', 30_000);
    const headers = {
      'content-type': 'application/json',
      ...signedHeaders(CHALLENGE, http.slack.signingSecret, Math.floor(Date.now() / 1000)),
    };
    const url = `http://127.0.0.1:${http.port}/slack/events`;
    expect((await fetch(url, { method: 'POST', headers, body: CHALLENGE })).status).toBe(200);
    await until(() => open.size === 0, 'the slow ones are closed', CLOSED_WITHIN_MS);
  } finally {
    clearInterval(dribble);
    for (const socket of sockets) socket.destroy();
  }
});
