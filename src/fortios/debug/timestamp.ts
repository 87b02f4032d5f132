export interface Timestamp {
  readonly stamp: string;
  /** Seconds since the Unix epoch, read as if it were UTC: the log names no zone. */
  readonly at: number;
}

const STAMP = /^(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)(?= |$)/;

/** The prefix that `diagnose debug console timestamp enable` puts before a line. */
export function readTimestamp(text: string): Timestamp | undefined {
  const match = STAMP.exec(text);
  if (!match) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 60) {
    return undefined;
  }
  return { stamp: match[0], at: Date.UTC(year, month - 1, day, hour, minute, second) / 1000 };
}
