import type { AuditTrail } from './audit-trail.ts';
import type { AuditEvent } from './events.ts';

/**
 * Records an action that has already happened: if recording fails, the action cannot be undone, and failing would
 * help no one. The error is logged, and no further device is connected to (`AuditTrail.record` throws there).
 */
export function recordOrLog(
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
