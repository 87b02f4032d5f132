import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Metrics } from '../../platform/observe/metrics.ts';
import { listen } from './listen.ts';
import { PASTE_PATH } from './paste-page.ts';

export interface InternalServerOptions {
  /** 0 picks a free port. */
  readonly port: number;
  /** All addresses by default, because metrics are scraped from other machines. */
  readonly host?: string;
  readonly checks: readonly HealthCheck[];
  readonly metrics: Pick<Metrics, 'text' | 'contentType'>;
  /** Handles requests below `/queues`, access control included. Absent by default. */
  readonly dashboard?: (request: IncomingMessage, response: ServerResponse) => void;
  /** Handles requests for `/paste`. Absent by default. */
  readonly pastePage?: (request: IncomingMessage, response: ServerResponse) => void;
}

export const DASHBOARD_PATH = '/queues';

export interface InternalServer {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Serves `/healthz`, `/readyz`, `/metrics`, the dashboard and the paste page on their own port, which no Ingress exposes. `/healthz`
 * only says that this process answers: a restart repairs neither Redis nor Slack.
 */
export async function startInternalServer(options: InternalServerOptions): Promise<InternalServer> {
  const server = createServer((request, response) => {
    answer(request, response, options).catch(() => {
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  server.requestTimeout = 10_000;
  return {
    port: await listen(server, options.port, options.host),
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
  { checks, metrics, dashboard, pastePage }: InternalServerOptions,
): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return void response.writeHead(405, { allow: 'GET' }).end();
  const path = request.url?.split('?')[0] ?? '';
  if (dashboard && (path === DASHBOARD_PATH || path.startsWith(`${DASHBOARD_PATH}/`))) {
    request.url = request.url?.slice(DASHBOARD_PATH.length).replace(/^(?!\/)/, '/') ?? '/';
    return dashboard(request, response);
  }
  if (pastePage && path === PASTE_PATH) return pastePage(request, response);
  const asked = path === '/readyz' ? checks : checks.filter(({ name }) => path === `/readyz/${name}`);
  if (asked.length > 0) {
    const health = await runChecks(asked);
    return send(response, health.ready ? 200 : 503, 'application/json', `${JSON.stringify(health)}\n`);
  }
  if (path === '/healthz') return send(response, 200, 'text/plain', 'ok\n');
  if (path === '/metrics') return send(response, 200, metrics.contentType, await metrics.text());
  send(response, 404, 'text/plain', 'not found\n');
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
}

export interface HealthCheck {
  readonly name: string;
  /** Resolves with a short status; rejects with an error whose message says what is wrong and holds no secrets. */
  readonly check: () => Promise<string>;
  /** The result is reported, but does not take this process out of service. */
  readonly isAdvice?: boolean;
}

export interface Health {
  readonly ready: boolean;
  readonly checks: readonly { readonly name: string; readonly ok: boolean; readonly detail: string }[];
}

const TIMEOUT_MS = 3_000;

/** Runs all checks at once; one that exceeds the time limit counts as failed. Never rejects. */
export async function runChecks(checks: readonly HealthCheck[]): Promise<Health> {
  const results = await Promise.all(
    checks.map(async ({ name, check }) => {
      try {
        return { name, ok: true, detail: await Promise.race([check(), failLate()]) };
      } catch (error) {
        return { name, ok: false, detail: error instanceof Error ? error.message : 'it failed' };
      }
    }),
  );
  const needed = results.filter((_, index) => checks[index]?.isAdvice !== true);
  return { ready: needed.every(({ ok }) => ok), checks: results };
}

async function failLate(): Promise<never> {
  await sleep(TIMEOUT_MS, undefined, { ref: false });
  throw new Error('no answer in time');
}
