import type { AuditTrail } from '../audit/audit-trail.ts';
import type { Logger } from '../observe/logger.ts';
import type { Metrics } from '../observe/metrics.ts';

export interface InstrumentOptions {
  readonly audit: AuditTrail;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
}
