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

export const silentLogger: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  child: () => silentLogger,
};
