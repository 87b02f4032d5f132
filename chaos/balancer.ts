import { createServer, type IncomingMessage, request as requestTo, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Balancer extends AsyncDisposable {
  /** For Slack, in HTTP mode. */
  readonly url: string;
  /** For those who send alerts, in both modes. */
  readonly hooks: string;
  add(port: number): void;
  remove(port: number): void;
}

/**
 * The load balancer before the bots. A port without a listener is passed over for the next one; a request that a bot
 * began to read is not repeated, because it may have been taken.
 */
export async function startBalancer(): Promise<Balancer> {
  let ports: readonly number[] = [];
  let turn = 0;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    turn += 1;
    const order = ports.map((_, index) => ports[(index + turn) % ports.length] ?? 0);
    for (const port of order) {
      if (await passOn(port, request, body, response)) return;
    }
    response.writeHead(503).end();
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `${origin}/slack/events`,
    hooks: `${origin}/hooks`,
    add(port) {
      ports = [...ports, port];
    },
    remove(port) {
      ports = ports.filter((each) => each !== port);
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** False where no process listens. */
function passOn(
  port: number,
  { url = '/', headers }: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
): Promise<boolean> {
  return new Promise((resolve) => {
    const passed = requestTo({ host: '127.0.0.1', port, path: url, method: 'POST', headers, agent: false });
    passed.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
      answer.on('error', () => response.destroy());
      resolve(true);
    });
    passed.on('error', (error) => {
      if ('code' in error && error.code === 'ECONNREFUSED') return resolve(false);
      response.destroy();
      resolve(true);
    });
    passed.end(body);
  });
}
