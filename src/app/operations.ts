import { withPassword } from '../bot/http/guard.ts';
import type { HealthCheck } from '../bot/http/health.ts';
import {
  DASHBOARD_PATH,
  type InternalServer,
  type InternalServerOptions,
  startInternalServer,
} from '../bot/http/internal-server.ts';
import { createPastePage } from '../bot/http/paste-page.ts';
import { type ConnectionWatchOptions, watchConnection } from '../bot/slack/watch-connection.ts';
import { sha256 } from '../platform/audit/audit-line.ts';
import type { AuditTrail } from '../platform/audit/audit-trail.ts';
import { recordOrLog } from '../platform/audit/record-or-log.ts';
import type { Config, Role } from '../platform/config/config.ts';
import type { CurrentInventory } from '../platform/config/current-inventory.ts';
import type { Environment } from '../platform/config/environment.ts';
import type { Inventory } from '../platform/config/inventory-types.ts';
import { missingSecrets } from '../platform/config/new-secrets.ts';
import { type InventoryWatch, watchInventory } from '../platform/config/watch-inventory.ts';
import type { Logger } from '../platform/observe/logger.ts';
import type { Metrics } from '../platform/observe/metrics.ts';
import { readVersion } from '../platform/observe/version.ts';
import type { Backend } from '../platform/queue/open-backend.ts';
import { repeatUntilStopped, startAuditIntervals } from './audit-intervals.ts';
import { readPage } from './read-page.ts';

export interface OperationsOptions {
  readonly config: Config;
  readonly role: Role;
  /** Environment in which `{ env: NAME }` secrets are looked up. */
  readonly env: Environment;
  readonly current: CurrentInventory;
  /** Of which `current` was made. */
  readonly inventoryText?: string | undefined;
  readonly audit: AuditTrail;
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly client: ConnectionWatchOptions['client'];
  /** Resolves if the queue is usable. */
  readonly ready: () => Promise<void>;
  /** Beside those of this file. */
  readonly healthChecks: readonly HealthCheck[];
  readonly backend: Pick<Backend, 'openBoard' | 'records'>;
  readonly host?: string;
  /** Called with each changed inventory. */
  readonly onInventory?: (inventory: Inventory) => void;
}

/** Health checks, metrics and inventory reload of a running process. */
export interface Operations {
  readonly internalPort?: number;
  /** Reloads the inventory now. */
  reload(): Promise<void>;
  stop(): Promise<void>;
}

const INVENTORY_INTERVAL_MS = 5_000;

export async function startOperations(options: OperationsOptions): Promise<Operations> {
  const { config, current, audit, metrics, logger, host } = options;
  await using started = new AsyncDisposableStack();
  metrics.inventory(current.inventory.devices.size);
  const inventory = reloadInventory(options);
  started.defer(() => inventory.stop());
  const slack = watchConnection({
    client: options.client,
    logger,
    onState: (connection) => metrics.slackConnected(connection),
    now: Date.now,
  });
  started.defer(() => slack.stop());
  started.use(startAuditIntervals({ audit, logger, repeat: repeatUntilStopped }));

  const checks: readonly HealthCheck[] = [
    { name: 'queue', check: () => options.ready().then(() => 'reachable, persistent') },
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

function reloadInventory({
  config,
  role,
  env,
  current,
  inventoryText,
  audit,
  metrics,
  logger,
  onInventory,
}: OperationsOptions): InventoryWatch & { state(): string } {
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
      metrics.inventory(devices);
      metrics.inventoryReload('taken');
      recordOrLog(audit, { event: 'inventory.changed', sha256: sha256(text), devices }, logger);
      logger.info({ devices }, 'changed inventory loaded');
      onInventory?.(inventory);
      if (inventory.escalation !== undefined && !hadPaging)
        logger.warn({}, 'the inventory now has `escalation`: restart to enable it');
    },
    onRejected(error) {
      rejected = 'a changed file was rejected, see the log';
      metrics.inventoryReload('rejected');
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
async function openDashboard({
  config,
  backend,
  logger,
}: OperationsOptions): Promise<Pick<InternalServerOptions, 'dashboard'>> {
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

/** Of bots only. In a checkout the page is built from the sources, which takes some seconds. */
async function openPastePage({
  config,
  role,
}: OperationsOptions): Promise<Pick<InternalServerOptions, 'pastePage'>> {
  if (!config.pastePage || role === 'worker') return {};
  return { pastePage: createPastePage(await readPage(readVersion())) };
}
