export interface Timestamp {
  readonly stamp: string;
  /** Seconds since the Unix epoch, read as if it were UTC: the log names no zone. */
  readonly at: number;
}

const LENGTH = 19;

/** Cache of the last result: many lines have the same second. */
let latest: Timestamp | undefined;

/**
 * The prefix that `diagnose debug console timestamp enable` adds to a line. Some daemons of newer releases, for
 * example ike, print microseconds (KB304205), which are dropped.
 */
export function readTimestamp(text: string): Timestamp | undefined {
  if (text.charCodeAt(4) !== DASH || text.charCodeAt(13) !== COLON) return undefined;
  const next = text.charCodeAt(LENGTH);
  if (
    text.length > LENGTH &&
    next !== BLANK &&
    next !== TAB &&
    !(next === DOT && FRACTION.test(text.slice(LENGTH, LENGTH + FRACTION_REACH)))
  ) {
    return undefined;
  }
  if (latest && text.startsWith(latest.stamp)) return latest;
  const read = parse(text.slice(0, LENGTH));
  if (read) latest = read;
  return read;
}

/** The text after the time stamp. */
export function afterTimestamp(text: string): string {
  return text.slice(text.charCodeAt(LENGTH) === DOT ? text.indexOf(' ', LENGTH) + 1 : LENGTH + 1);
}

/**
 * What may follow a time with microseconds in debug. The sniffer prints such times too, before an interface; they
 * belong to its own format.
 */
const FRACTION = /^\.\d{1,6} (?:\[|ike |EAP|_{0,2}samld_|SSL: |Connect(?:ing|ion: )|User-Agent: |\{"|id=\d)/;
const FRACTION_REACH = 24;
const DOT = 0x2e;
const DASH = 0x2d;
const COLON = 0x3a;
const BLANK = 0x20;
/** Some terminals save a log in columns. */
const TAB = 0x09;
const STAMP = /^(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)$/;

function parse(stamp: string): Timestamp | undefined {
  const match = STAMP.exec(stamp);
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
  return { stamp, at: Date.UTC(year, month - 1, day, hour, minute, second) / 1000 };
}
