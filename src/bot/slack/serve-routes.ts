import { createServer, type Server } from 'node:http';
import type { CustomRoute } from '@slack/bolt';
import { listen } from '../http/listen.ts';

/** Longer than proxies keep idle connections (a minute), so that a reused connection is not just being closed. */
const KEEP_ALIVE_MS = 75_000;
/** Slack and browsers send their headers at once. Node looks every 30 s for connections that took longer, and closes them. */
const HEADERS_MS = 20_000;
/** Also of a request that was answered before its body had arrived. */
const REQUEST_MS = 40_000;

export function limitConnections(server: Server): void {
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.headersTimeout = HEADERS_MS;
  server.requestTimeout = REQUEST_MS;
}

/**
 * Serves alerts and installation beside Socket Mode. Bolt's Socket Mode receiver can serve routes too, but it listens
 * on all addresses, does not report its port, and a port in use ends the process.
 */
export function createRouteServer(routes: readonly CustomRoute[]) {
  const server: Server = createServer((request, response) => {
    // Not `new URL`, which throws on some malformed paths; an error here would end the process.
    const [pathname] = (request.url ?? '/').split('?');
    const route = routes.find(
      ({ path, method }) =>
        path === pathname && [method].flat().some((each) => each.toUpperCase() === request.method),
    );
    if (route) route.handler(Object.assign(request, { params: {} }), response);
    else response.writeHead(404).end();
  });
  limitConnections(server);

  return {
    /** Rejects if the port is in use. */
    listen: (port: number, host: string | undefined) => listen(server, port, host),
    async close() {
      if (!server.listening) return;
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
