import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Metrics } from '../observe/metrics.ts';
import { examine, type HealthCheck } from './health.ts';

export interface InternalServerOptions {
  /** 0 takes a free one. */
  readonly port: number;
  /** Every address by default: whoever scrapes is another machine. */
  readonly host?: string;
  readonly checks: readonly HealthCheck[];
  readonly metrics: Pick<Metrics, 'text' | 'contentType'>;
  /** Answers below `/queues`, and sees to it who may look. Not there by default. */
  readonly dashboard?: (request: IncomingMessage, response: ServerResponse) => void;
}

export const DASHBOARD_PATH = '/queues';

export interface InternalServer {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * `/healthz`, `/readyz`, `/metrics` and the dashboard on a port of their own, which no Ingress leads to. Health is "this process
 * answers", and says nothing of others: restarting us mends neither Redis nor Slack.
 */
export async function startInternalServer(options: InternalServerOptions): Promise<InternalServer> {
  const server = createServer((request, response) => {
    answer(request, response, options).catch(() => {
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  server.requestTimeout = 10_000;
  server.listen(options.port, options.host);
  await once(server, 'listening');
  return {
    port: portOf(server),
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { checks, metrics, dashboard }: InternalServerOptions,
): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { allow: 'GET' }).end();
    return;
  }
  const path = request.url?.split('?')[0] ?? '';
  if (dashboard && (path === DASHBOARD_PATH || path.startsWith(`${DASHBOARD_PATH}/`))) {
    request.url = request.url?.slice(DASHBOARD_PATH.length).replace(/^(?!\/)/, '/') ?? '/';
    dashboard(request, response);
    return;
  }
  const asked = askedChecks(path, checks);
  if (asked.length > 0) {
    const health = await examine(asked);
    send(response, health.ready ? 200 : 503, 'application/json', `${JSON.stringify(health)}\n`);
    return;
  }
  switch (path) {
    case '/healthz':
      send(response, 200, 'text/plain', 'ok\n');
      return;
    case '/metrics':
      send(response, 200, metrics.contentType, await metrics.text());
      return;
    default:
      send(response, 404, 'text/plain', 'not found\n');
  }
}

/** All of them for `/readyz`, one for `/readyz/NAME`, none for another path. */
function askedChecks(path: string, checks: readonly HealthCheck[]): readonly HealthCheck[] {
  return path === '/readyz' ? checks : checks.filter(({ name }) => path === `/readyz/${name}`);
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
