/** The part of a logger that the device layer needs; pino fits. It never receives secrets or output, only events. */
export interface DeviceLogger {
  readonly debug: (fields: object, message: string) => void;
}

export const SILENT: DeviceLogger = { debug: () => {} };
