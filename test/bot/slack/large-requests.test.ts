import { type ClientRequest, IncomingMessage, request } from 'node:http';
import { Socket } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createBodyReader } from '../../../src/bot/slack/read-bounded-body.ts';
import type { LocalSlack } from '../../../src/stand-ins/slack/local-slack.ts';
import { signedHeaders } from '../../../src/stand-ins/slack/signature.ts';
import { until } from '../../support/until.ts';
import { type HttpApp, startHttpApp } from './http-app.ts';

const MB = 1024 * 1024;
const CHALLENGE = JSON.stringify({ type: 'url_verification', challenge: 'c' });

let http: HttpApp;
let slack: LocalSlack;
let port: number;
let open: ClientRequest[];

beforeEach(async () => {
  open = [];
  http = await startHttpApp();
  ({ slack, port } = http);
});
afterEach(async () => {
  for (const each of open) each.destroy();
  await http[Symbol.asyncDispose]();
});

interface Sent {
  status?: number;
}

/** Sends a body of the announced length, or only its beginning. */
function send(body: string | Buffer, headers: Readonly<Record<string, string>>, announced?: number): Sent {
  const sent: Sent = {};
  const length = String(announced ?? Buffer.byteLength(body));
  const posted = request(
    {
      host: '127.0.0.1',
      port,
      path: '/slack/events',
      method: 'POST',
      headers: { ...headers, 'content-length': length },
    },
    (response) => {
      sent.status = response.statusCode ?? 0;
      response.resume();
    },
  );
  posted.on('error', () => {});
  open.push(posted);
  if (announced === undefined) posted.end(body);
  else posted.write(body);
  return sent;
}

const JSON_TYPE = { 'content-type': 'application/json' };
const signed = (body: string) => ({
  ...JSON_TYPE,
  ...signedHeaders(body, slack.signingSecret, Math.floor(Date.now() / 1000)),
});

it('holds no more than 16 MB of bodies that never end, and goes on to answer Slack', async () => {
  const piece = Buffer.alloc(1.9 * MB, ' ');
  const held = Array.from({ length: 30 }, () => send(piece, JSON_TYPE, 2 * MB));
  const isRefused = ({ status }: Sent) => status === 503;
  // 57 MB were sent: of 16 MB, eight bodies are left at most.
  await until(() => held.filter(isRefused).length >= 22, 'the others are refused', 30_000);
  const genuine = send(CHALLENGE, signed(CHALLENGE));
  await until(() => genuine.status !== undefined, 'Slack is answered', 30_000);
  expect(genuine.status).toBe(200);
});

it('refuses a body that is larger than any of Slack', async () => {
  const large = send(Buffer.alloc(2 * MB + 1, ' '), JSON_TYPE);
  await until(() => large.status !== undefined, 'it is refused', 30_000);
  expect(large.status).toBe(413);
});

it('does not parse what Slack did not sign', async () => {
  const forged = send('null', { ...signed('null'), 'x-slack-signature': 'v0=00' });
  await until(() => forged.status !== undefined, 'it is refused', 30_000);
  // 400 would say that the body was looked at.
  expect(forged.status).toBe(401);
});

it('refuses a body that does not come to its end in time', async () => {
  const read = createBodyReader({ timeoutMs: 50 });
  expect(await read(new IncomingMessage(new Socket()), MB)).toMatchObject({ kind: 'refused', status: 408 });
});
