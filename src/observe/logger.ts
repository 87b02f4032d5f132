import { type DestinationStream, destination, pino } from 'pino';
import { escapeJson } from '../text/escape-json.ts';
import { hideSecretsInFields } from './hide-secrets.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

/** The logger of the program. Fields come first, as in pino. */
export interface Logger {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
  /** A logger that adds these fields to each of its lines, such as `{ run: id }`. */
  child(fields: Readonly<Record<string, string | number>>): Logger;
}

export interface LoggerOptions {
  readonly level: LogLevel;
  /** Destination of the JSON lines; stderr by default. Never stdout, which is for data. */
  readonly to?: DestinationStream;
}

/**
 * Writes JSON lines with ISO times. All fields pass through `hideSecretsInFields`, and no control character is written:
 * people read logs in terminals.
 */
export function createLogger(options: LoggerOptions): Logger {
  const to = options.to ?? destination({ dest: 2, sync: true });
  const escaped: DestinationStream = { write: (line) => to.write(escapeJson(line)) };
  return pino(
    {
      level: options.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: (value: unknown) => value },
      formatters: {
        level: (label) => ({ level: label }),
        log: hideSecretsInFields,
      },
    },
    escaped,
  );
}

export const silentLogger: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  child: () => silentLogger,
};
