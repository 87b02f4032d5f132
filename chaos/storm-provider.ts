import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** How it answers: by turns. */
export const PROVIDER_TURNS = ['limits', 'hangs', 'healthy'] as const;

export interface Page {
  readonly texts: readonly string[];
  readonly device: string;
  readonly cause: string;
  /** Of the first call about it, whatever the provider answered. */
  readonly calledAt: number;
}

export interface Provider extends AsyncDisposable {
  readonly url: string;
  state: (typeof PROVIDER_TURNS)[number];
  /** Pages that it took. */
  pages(): readonly Page[];
}

/** Takes pages by webhook. */
export async function startProvider(): Promise<Provider> {
  const called = new Map<string, number>();
  const taken = new Map<string, Page>();
  const texts = new Map<string, string[]>();
  const hanging = new Set<ServerResponse>();

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const { key, action, device, cause } = JSON.parse(body) as Readonly<
      Record<'key' | 'action' | 'device' | 'cause', string>
    >;
    const calledAt = called.get(key) ?? Date.now();
    called.set(key, calledAt);
    if (provider.state === 'limits') return void response.writeHead(429, { 'retry-after': '2' }).end();
    if (provider.state === 'hangs') return void hanging.add(response);
    const said = texts.get(key) ?? [];
    said.push(body);
    texts.set(key, said);
    if (action === 'trigger') taken.set(key, { device, cause, calledAt, texts: said });
    response.writeHead(200).end();
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const provider: Provider = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    state: 'healthy',
    pages: () => [...taken.values()],
    async [Symbol.asyncDispose]() {
      for (const response of hanging) response.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return provider;
}
