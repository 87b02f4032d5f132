import type { AuditTrail } from '../platform/audit/audit-trail.ts';
import type { Logger } from '../platform/observe/logger.ts';

/** The log is stored elsewhere than the trail, so an anchor in it later shows that the trail was not cut before it. */
const ANCHOR_INTERVAL_MS = 60_000;
export interface AuditIntervalsOptions {
  readonly audit: AuditTrail;
  readonly logger: Logger;
  /** Calls `work` periodically, first after `ms`; returns a function that stops it. */
  readonly repeat: (work: () => void, ms: number) => () => void;
}

/** Logs anchors of the audit trail: periodically, and at the end of the process. */
export function startAuditIntervals(options: AuditIntervalsOptions): Disposable {
  const logAnchor = createAnchorLog(options.audit, options.logger);
  const stop = options.repeat(logAnchor, ANCHOR_INTERVAL_MS);
  return {
    [Symbol.dispose]() {
      stop();
      logAnchor();
    },
  };
}

/** Does not keep the process alive. */
export function repeatUntilStopped(work: () => void, ms: number): () => void {
  const timer = setInterval(work, ms);
  timer.unref();
  return () => clearInterval(timer);
}

/** Logs an anchor only if something was recorded since the last one. */
function createAnchorLog(audit: AuditTrail, logger: Logger): () => void {
  let logged: string | undefined;
  return () => {
    const head = audit.head();
    if (head === undefined || head.hash === logged) return;
    logged = head.hash;
    logger.info({ anchor: `${head.chain}:${head.seq}:${head.hash}` }, 'audit trail anchor');
  };
}
