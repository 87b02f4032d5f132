/** Least severity of a finding with which checks of alerts and sweeps page somebody. */
export type PageThreshold = 'critical' | 'high' | 'never';

export const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Day = (typeof DAYS)[number];

/** Local times of day `HH:MM`; past midnight if `until` is not later than `from`. */
export interface DailyWindow {
  readonly from: string;
  readonly until: string;
  /** Days on which it begins; absent: every day. */
  readonly days?: readonly Day[] | undefined;
}

/** Local times `YYYY-MM-DDTHH:MM`. */
export interface DatedWindow {
  readonly start: string;
  readonly end: string;
}

export type MaintenanceWindow = (DailyWindow | DatedWindow) & {
  /** As in `listsDevice`. */
  readonly devices: readonly string[];
};

/** Checks a group periodically, and posts what changed. */
export interface Sweep {
  readonly name: string;
  /** A name as in `listsDevice`. */
  readonly group: string;
  readonly cron: string;
  /** Time zone of all times of the sweep. */
  readonly timeZone: string;
  readonly channel: string;
  /** Workspace of the channel, if several can install the app. */
  readonly team?: string | undefined;
  /** Nothing is posted in these hours: the result waits for their end. */
  readonly quietHours: readonly DailyWindow[];
  /** Devices that are not read in these hours. */
  readonly maintenance: readonly MaintenanceWindow[];
  /** Least severity of a new finding with which a device pages somebody. */
  readonly pages: PageThreshold;
}
