import { readFile } from 'node:fs/promises';
import { withPassword } from '../bot/http/guard.ts';
import {
  DASHBOARD_PATH,
  type HealthCheck,
  type InternalServer,
  type InternalServerOptions,
  startInternalServer,
} from '../bot/http/internal-server.ts';
import { createPastePage } from '../bot/http/paste-page.ts';
import { watchConnection } from '../bot/slack/watch-connection.ts';
import { recordOrLog } from '../platform/audit/record-or-log.ts';
import type { CurrentInventory } from '../platform/config/current-inventory.ts';
import type { Inventory } from '../platform/config/inventory-types.ts';
import { missingSecrets } from '../platform/config/new-secrets.ts';
import { watchInventory } from '../platform/config/watch-inventory.ts';
import type { Dependencies } from '../platform/dependencies.ts';
import { readVersion } from '../platform/observe/version.ts';
import { sha256 } from '../platform/store/sha256.ts';
import type { AppParts } from './app-parts.ts';

export interface OperationsOptions extends AppParts {
  readonly current: CurrentInventory;
  /** In addition to the checks in this file. */
  readonly healthChecks: readonly HealthCheck[];
  readonly onInventory?: (inventory: Inventory) => void;
}

/** Health checks, metrics and inventory reload of a running process. */
export type Operations = Awaited<ReturnType<typeof startOperations>>;

const INVENTORY_INTERVAL_MS = 5_000;

export async function startOperations(options: OperationsOptions) {
  const { config, current, audit, metrics, logger, host } = options;
  await using started = new AsyncDisposableStack();
  metrics.set('inventory_devices', current.inventory.devices.size);
  const inventory = reloadInventory(options);
  started.defer(() => inventory.stop());
  const slack = watchConnection({
    client: options.workspaces.probe,
    logger,
    onState: (connection) => metrics.set('slack_connected', connection ? 1 : 0),
  });
  started.defer(() => slack.stop());
  started.use(startAuditIntervals({ audit, logger }));

  const checks: readonly HealthCheck[] = [
    { name: 'queue', check: () => options.queue.ready().then(() => 'reachable, persistent') },
    { name: 'slack', check: () => slack.state() },
    { name: 'inventory', check: async () => inventory.state() },
    ...options.healthChecks,
  ];
  let server: InternalServer | undefined;
  if (config.internalPort !== undefined) {
    server = await startInternalServer({
      port: config.internalPort,
      host: host || undefined,
      checks,
      metrics,
      ...(await openDashboard(options)),
      ...(await openPastePage(options)),
    });
    started.defer(() => server?.close());
  }
  const all = started.move();
  return {
    internalPort: server?.port,
    reload: () => inventory.checkNow(),
    stop: () => all.disposeAsync(),
  };
}

function reloadInventory(options: OperationsOptions) {
  const { config, role, env, current, inventoryText, audit, metrics, logger, onInventory } = options;
  let rejected: string | undefined;
  const hadPaging = current.inventory.escalation !== undefined;
  const watch = watchInventory({
    path: config.inventoryPath,
    loaded: inventoryText,
    rules: { teams: config.slack.install?.teams },
    intervalMs: INVENTORY_INTERVAL_MS,
    async check(next) {
      const missing = await missingSecrets({ next, current: current.inventory, role, env });
      if (missing) throw missing;
    },
    onChange(inventory, text) {
      rejected = undefined;
      current.replace(inventory);
      const devices = inventory.devices.size;
      metrics.set('inventory_devices', devices);
      metrics.count('inventory_reloads_total', { result: 'taken' });
      recordOrLog(audit, { event: 'inventory.changed', sha256: sha256(text), devices }, logger);
      logger.info({ devices }, 'changed inventory loaded');
      onInventory?.(inventory);
      if (inventory.escalation !== undefined && !hadPaging)
        logger.warn({}, 'the inventory now has `escalation`: restart to enable it');
    },
    onRejected(error) {
      rejected = 'a changed file was rejected, see the log';
      metrics.count('inventory_reloads_total', { result: 'rejected' });
      logger.error({ err: error }, 'inventory rejected: the previous one stays in force');
    },
  });
  return {
    ...watch,
    // Not a reason to stop: the previous inventory stays in use.
    state: () => [`${current.inventory.devices.size} device(s)`, ...(rejected ? [rejected] : [])].join('; '),
  };
}

/** The code of the dashboard is loaded only if a password is set. */
async function openDashboard(options: OperationsOptions): Promise<Pick<InternalServerOptions, 'dashboard'>> {
  const { config, backend, logger } = options;
  const { dashboardPassword: password } = config;
  if (password === undefined) return {};
  const board = await backend.openBoard?.(DASHBOARD_PATH);
  if (!board) {
    logger.warn({}, 'no queue dashboard: jobs are kept in memory only');
    return {};
  }
  const show: InternalServerOptions['dashboard'] = (request, response) => board.show(request, response);
  return { dashboard: withPassword(show, { password, logger, now: Date.now }) };
}

/** Runs only in the bot process. In a checkout the page is built from the sources, which takes some seconds. */
async function openPastePage({
  config,
  role,
}: OperationsOptions): Promise<Pick<InternalServerOptions, 'pastePage'>> {
  if (!config.pastePage || role === 'worker') return {};
  return { pastePage: createPastePage(await readPage(readVersion())) };
}

/** The log is stored elsewhere than the trail, so an anchor in it later shows that the trail was not cut before it. */
const ANCHOR_INTERVAL_MS = 60_000;

/** Logs anchors of the audit trail: periodically and at the end of the process, if something was recorded since. */
export function startAuditIntervals({ audit, logger }: Pick<Dependencies, 'audit' | 'logger'>): Disposable {
  let logged: string | undefined;
  function logAnchor(): void {
    const head = audit.head();
    if (head === undefined || head.hash === logged) return;
    logged = head.hash;
    logger.info({ anchor: `${head.chain}:${head.seq}:${head.hash}` }, 'audit trail anchor');
  }
  const timer = setInterval(logAnchor, ANCHOR_INTERVAL_MS).unref();
  return {
    [Symbol.dispose]() {
      clearInterval(timer);
      logAnchor();
    },
  };
}

/** Of the published package, which `npm run build` writes. */
const BUILT = new URL('../cli/page/ftm-check.html', import.meta.url);
/** Of a checkout, which has the bundler. */
const BUILDER = new URL('../../scripts/build-page.ts', import.meta.url);

let built: Promise<string> | undefined;

/** The page as one HTML file: the built one, or built once from the sources of this checkout, which takes some seconds. */
export async function readPage(version: string): Promise<string> {
  if (import.meta.url.endsWith('.js')) return await readFile(BUILT, 'utf8');
  built ??= buildPage(version);
  return await built;
}

async function buildPage(version: string): Promise<string> {
  const builder: { buildPage: typeof buildPage } = await import(BUILDER.href);
  return await builder.buildPage(version);
}
