import type { AuditTrail } from '../../platform/audit/audit-trail.ts';
import type { Logger } from '../../platform/observe/logger.ts';
import type { Metrics } from '../../platform/observe/metrics.ts';

export interface InstrumentOptions {
  readonly audit: AuditTrail;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
}
