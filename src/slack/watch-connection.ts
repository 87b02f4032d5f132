import type { Log } from './logger.ts';

export interface ConnectionWatch {
  /** Rejects while Slack has not answered for a while. */
  state(): Promise<string>;
  stop(): void;
}

export interface ConnectionWatchOptions {
  readonly client: { readonly auth: { test(): Promise<unknown> } };
  readonly logger: Log;
  readonly onState: (connected: boolean) => void;
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
  readonly everyMs?: number;
}

const INTERVAL_MS = 60_000;
/** A single lost request is not an outage. */
const MAX_MISSES = 3;

/** Asks Slack from time to time whether it knows us: that shows a revoked token, a closed egress and an outage alike. */
export function watchConnection(options: ConnectionWatchOptions): ConnectionWatch {
  const { client, logger, onState, everyMs = INTERVAL_MS } = options;
  let missed = 0;
  let why: string | undefined = 'Slack has not answered yet.';
  const timer = setInterval(() => void ask(), everyMs);
  timer.unref();
  void ask();

  async function ask(): Promise<void> {
    try {
      await client.auth.test();
      if (missed > 0) logger.info({}, 'Slack answers again');
      missed = 0;
      why = undefined;
      onState(true);
    } catch (error) {
      missed += 1;
      logger.warn({ err: error, missed }, 'Slack does not answer');
      if (missed < MAX_MISSES && why === undefined) return;
      why = 'Slack does not answer, or refuses the token.';
      onState(false);
    }
  }

  return {
    async state() {
      if (why !== undefined) throw new Error(why);
      return 'connected';
    },
    stop: () => clearInterval(timer),
  };
}
