import { type DestinationStream, destination, pino } from 'pino';
import { escapeJson } from '../../engine/text/escape-json.ts';
import { hideSecretsInFields } from './hide-secrets.ts';
import type { Logger, LogLevel } from './logger.ts';

export interface LoggerOptions {
  readonly level: LogLevel;
  /** Destination of the JSON lines; stderr by default. Never stdout, which is for data. */
  readonly to?: DestinationStream;
}

/**
 * Writes JSON lines with ISO times. All fields pass through `hideSecretsInFields`, and no control character is written:
 * people read logs in terminals.
 */
export function createLogger({ level, to = destination({ dest: 2, sync: true }) }: LoggerOptions): Logger {
  const escaped: DestinationStream = { write: (line) => to.write(escapeJson(line)) };
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: (value: unknown) => value },
      formatters: { level: (label) => ({ level: label }), log: hideSecretsInFields },
    },
    escaped,
  );
}
