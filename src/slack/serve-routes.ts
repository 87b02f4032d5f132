import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { CustomRoute } from '@slack/bolt';

export interface RouteServer {
  /** Rejects when the port is taken. */
  listen(port: number, host: string | undefined): Promise<number>;
  close(): Promise<void>;
}

/** Longer than the minute for which proxies keep a connection: one that they use again must not just be closing. */
export const KEEP_ALIVE_MS = 75_000;

/**
 * Health and installation beside a socket. Bolt's Socket Mode receiver can serve routes too, but it listens on every
 * address, tells nobody where, and a port that is taken ends the process.
 */
export function createRouteServer(routes: readonly CustomRoute[]): RouteServer {
  const server: Server = createServer((request, response) => {
    // Not `new URL`: it throws on some of what strangers send, and an error here ends the process.
    const [pathname] = (request.url ?? '/').split('?');
    const route = routes.find(({ path, method }) => path === pathname && takes(method, request));
    if (route) answer(route, request, response);
    else response.writeHead(404).end();
  });
  server.keepAliveTimeout = KEEP_ALIVE_MS;

  return {
    async listen(port, host) {
      server.listen(port, host);
      await once(server, 'listening');
      const address = server.address();
      return typeof address === 'object' && address !== null ? address.port : port;
    },
    async close() {
      if (!server.listening) return;
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function takes(method: CustomRoute['method'], request: IncomingMessage): boolean {
  return [method].flat().some((each) => each.toUpperCase() === request.method);
}

function answer({ handler }: CustomRoute, request: IncomingMessage, response: ServerResponse): void {
  handler(Object.assign(request, { params: {} }), response);
}
