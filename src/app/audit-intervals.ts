import type { AuditTrail } from '../platform/audit/audit-trail.ts';
import type { Logger } from '../platform/observe/logger.ts';
import type { Records } from '../platform/store/records.ts';
import { createHeadExchange } from './exchange-audit-heads.ts';

/** The log is stored elsewhere than the trail, so an anchor in it later shows that the trail was not cut before it. */
const ANCHOR_INTERVAL_MS = 60_000;
/** If the trail goes to standard output, the last lines of a process could be removed unnoticed for this long. */
const HEADS_INTERVAL_MS = 10_000;

export interface AuditIntervalsOptions {
  readonly audit: AuditTrail;
  readonly records: Records;
  readonly logger: Logger;
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
  /** Calls `work` periodically, first after `ms`; returns a function that stops it. */
  readonly repeat: (work: () => void, ms: number) => () => void;
}

/**
 * Logs anchors of the audit trail and links it with those of other processes: periodically, and at the end of the
 * process.
 */
export function startAuditIntervals(options: AuditIntervalsOptions): AsyncDisposable {
  const heads = createHeadExchange(options);
  const logAnchor = createAnchorLog(options.audit, options.logger);
  const stopLinking = options.repeat(() => void heads.exchange(), HEADS_INTERVAL_MS);
  const stopAnchors = options.repeat(logAnchor, ANCHOR_INTERVAL_MS);
  return {
    async [Symbol.asyncDispose]() {
      stopAnchors();
      stopLinking();
      logAnchor();
      await heads.exchange();
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
