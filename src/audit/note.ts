import type { AuditTrail } from './audit-trail.ts';
import type { AuditEvent } from './events.ts';

/**
 * Records what has happened already: where that fails, undoing is not possible and failing helps nobody. Whoever runs
 * ftm-check hears of it, and no further device is connected to (`AuditTrail.record` throws there).
 */
export function note(
  audit: AuditTrail,
  event: AuditEvent,
  logger: { error(fields: object, message: string): void },
): void {
  try {
    audit.record(event);
  } catch (error) {
    logger.error({ err: error, event: event.event }, 'not recorded in the audit trail');
  }
}
