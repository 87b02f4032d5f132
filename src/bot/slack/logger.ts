import { type Logger as BoltLogger, LogLevel } from '@slack/bolt';
import type { Logger } from '../../platform/observe/logger.ts';

/** The logger methods that this layer and delivery need. */
export type Log = Pick<Logger, 'info' | 'warn' | 'error'>;

/**
 * Adapts the program's logger to Bolt. Debug lines are dropped: the SDK prints whole requests there, with what people
 * wrote. Only name, message and code of an error are logged, because its properties may hold the request too.
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
