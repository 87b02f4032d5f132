import { type Logger as BoltLogger, LogLevel } from '@slack/bolt';

/** What this room and delivery need of a logger; pino's fits. */
export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/**
 * Bolt's logger on ours. Debug lines are dropped: the SDK prints whole requests there, and they hold what people wrote.
 * Of an error only name, message and code go on, because its properties may hold the request too.
 */
export function boltLogger(log: Log): BoltLogger {
  return {
    debug() {},
    info: (...parts: readonly unknown[]) => log.info({}, join(parts)),
    warn: (...parts: readonly unknown[]) => log.warn({}, join(parts)),
    error: (...parts: readonly unknown[]) => log.error({}, join(parts)),
    setLevel() {},
    getLevel: () => LogLevel.INFO,
    setName() {},
  };
}

function join(parts: readonly unknown[]): string {
  return `slack: ${parts.map(describe).join(' ')}`;
}

function describe(part: unknown): string {
  if (typeof part === 'string') return part;
  if (part instanceof Error) {
    const code = 'code' in part && typeof part.code === 'string' ? ` (${part.code})` : '';
    return `${part.name}: ${part.message}${code}`;
  }
  return typeof part;
}
