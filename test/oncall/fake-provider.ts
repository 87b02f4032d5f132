import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly body: unknown;
}

export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Hangs up without an answer. */
  readonly drop?: boolean;
  /** Never answers. */
  readonly hang?: boolean;
}

export interface FakeProvider extends AsyncDisposable {
  readonly url: string;
  readonly received: readonly Received[];
  /** What the next requests get instead of the usual answer, in order. */
  next(...replies: readonly Reply[]): void;
  /** What every request gets from now on; without an argument the usual answer again. */
  always(reply?: Reply): void;
}

/** A provider on this machine: `answer` is its contract. */
export async function startFakeProvider(answer: (request: Received) => Reply): Promise<FakeProvider> {
  const received: Received[] = [];
  const replies: Reply[] = [];
  let standing: Reply | undefined;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8');
      const one = {
        method: request.method ?? '',
        path: request.url ?? '',
        headers: request.headers,
        text,
        body: parse(text),
      };
      received.push(one);
      const reply = replies.shift() ?? standing ?? answer(one);
      if (reply.hang) return;
      if (reply.drop) {
        request.socket.destroy();
        return;
      }
      response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers });
      response.end(JSON.stringify(reply.body ?? {}));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    next: (...more) => void replies.push(...more),
    always(reply) {
      standing = reply;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
