import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from './random.ts';

/** How Slack behaves: every call of the Web API, every reply to an address of its own and every file draws one of these. */
export type SlackState = 'healthy' | 'failing' | 'away' | 'hanging' | 'slow';

type Fault = 'none' | 'rate-limited' | 'error' | 'hangs' | 'drops-response' | 'slow';

export interface SlackProxy extends AsyncDisposable {
  readonly url: string;
  state: SlackState;
  /** How often each fault struck. */
  readonly struck: ReadonlyMap<string, number>;
}

const FAULTS: Record<SlackState, readonly (readonly [Fault, number])[]> = {
  healthy: [['none', 1]],
  failing: [
    ['none', 50],
    ['rate-limited', 15],
    ['error', 12],
    ['drops-response', 12],
    ['slow', 8],
    ['hangs', 3],
  ],
  away: [['error', 1]],
  hanging: [['hangs', 1]],
  slow: [['slow', 1]],
};

/** Stands between the bot and the local Slack, and is as bad as Slack can be. */
export async function startSlackProxy(target: string, random: Random): Promise<SlackProxy> {
  const struck = new Map<string, number>();
  const hanging = new Set<ServerResponse>();

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const fault = random.weighted(FAULTS[proxy.state]);
    if (fault !== 'none') struck.set(fault, (struck.get(fault) ?? 0) + 1);
    if (fault === 'rate-limited') {
      response.writeHead(429, { 'retry-after': '1' }).end('{"ok":false,"error":"ratelimited"}');
      return;
    }
    if (fault === 'error') {
      response.writeHead(random.pick([500, 502, 503])).end('upstream trouble');
      return;
    }
    if (fault === 'hangs') {
      hanging.add(response);
      return;
    }
    if (fault === 'slow') await sleep(random.between(300, 2500));
    const { authorization = '', 'content-type': contentType = '' } = request.headers;
    const body = new Uint8Array(Buffer.concat(chunks));
    const passed = await fetch(new URL(request.url ?? '/', target), {
      method: request.method ?? 'POST',
      headers: { authorization, 'content-type': contentType },
      ...(request.method === 'GET' ? {} : { body }),
    });
    const answered = Buffer.from(await passed.arrayBuffer());
    if (fault === 'drops-response') {
      request.socket.destroy();
      return;
    }
    const type = passed.headers.get('content-type') ?? 'application/json';
    response.writeHead(passed.status, { 'content-type': type }).end(answered);
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const proxy: SlackProxy = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    state: 'healthy',
    struck,
    async [Symbol.asyncDispose]() {
      for (const response of hanging) response.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return proxy;
}
