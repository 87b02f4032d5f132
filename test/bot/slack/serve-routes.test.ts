import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createRouteServer } from '../../../src/bot/slack/serve-routes.ts';

let server: ReturnType<typeof createRouteServer>;
let port: number;
beforeEach(async () => {
  server = createRouteServer([
    { path: '/healthz', method: 'GET', handler: (_, response) => response.end('ok') },
    { path: '/hooks/generic', method: ['POST'], handler: (_, response) => response.end('taken') },
  ]);
  port = await server.listen(0, '127.0.0.1');
});
afterEach(() => server.close());

async function ask(line: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.end(`${line} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
  return text(socket);
}

it.each([
  ['GET /healthz', /200 OK[\s\S]*ok/],
  ['GET /healthz?from=probe', /200 OK[\s\S]*ok/],
  ['POST /hooks/generic', /200 OK[\s\S]*taken/],
  ['GET /hooks/generic', / 404 /],
  ['GET /', / 404 /],
  ['GET //', / 404 /],
  ['GET http://[', / 404 /],
  ['GET /%', / 404 /],
  ['OPTIONS *', / 404 /],
])('answers %s, and lives on', async (line, expected) => {
  expect(await ask(line)).toMatch(expected);
  expect(await ask('GET /healthz')).toContain('ok');
});
