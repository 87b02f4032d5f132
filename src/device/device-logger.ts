/** What the device room needs of a logger; pino fits. Never given secrets or output, only what happened. */
export interface DeviceLogger {
  readonly debug: (fields: object, message: string) => void;
}

export const SILENT: DeviceLogger = { debug: () => {} };
