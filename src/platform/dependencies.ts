import type { AuditTrail } from './audit/audit-trail.ts';
import type { Inventory } from './config/inventory-types.ts';
import type { Logger } from './observe/logger.ts';
import type { Metrics } from './observe/metrics.ts';
import type { RunQueue } from './queue/run-queue.ts';
import type { Records } from './store/records.ts';
import type { RunStore } from './store/run-store.ts';

/** What a process has once and hands to its parts; each part names those that it uses. */
export interface Dependencies {
  readonly inventory: Inventory;
  readonly queue: RunQueue;
  readonly runs: RunStore;
  readonly records: Records;
  readonly audit: AuditTrail;
  readonly metrics: Metrics;
  readonly logger: Logger;
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
}
