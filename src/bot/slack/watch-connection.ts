import type { Log } from './logger.ts';

export interface ConnectionWatchOptions {
  readonly client: { readonly auth: { test(): Promise<unknown> } };
  readonly logger: Log;
  readonly onState: (connected: boolean) => void;
  readonly intervalMs?: number;
}

const INTERVAL_MS = 60_000;
/** A single lost request is not an outage. */
const MAX_MISSES = 3;

/** Calls Slack periodically with the token: that detects a revoked token, blocked egress and an outage alike. */
export function watchConnection(options: ConnectionWatchOptions) {
  const { client, logger, onState, intervalMs = INTERVAL_MS } = options;
  let missed = 0;
  let reason: string | undefined = 'Slack has not answered yet.';
  const timer = setInterval(() => void probe(), intervalMs).unref();
  void probe();

  async function probe(): Promise<void> {
    try {
      await client.auth.test();
      if (missed > 0) logger.info({}, 'Slack answers again');
      missed = 0;
      reason = undefined;
      onState(true);
    } catch (error) {
      missed += 1;
      logger.warn({ err: error, missed }, 'Slack does not answer');
      if (missed < MAX_MISSES && reason === undefined) return;
      reason = 'Slack does not answer, or refuses the token.';
      onState(false);
    }
  }

  return {
    /** Rejects while Slack has not answered for a while. */
    async state() {
      if (reason !== undefined) throw new Error(reason);
      return 'connected';
    },
    stop: () => clearInterval(timer),
  };
}
