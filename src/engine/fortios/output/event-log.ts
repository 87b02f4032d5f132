/** Logins that failed: SSL VPN, XAUTH. */
const FAILED = /\blogid="?0101(?:039426|037121)\b/;
/** `user="wren"` of SSL VPN, `xauthuser="wren"` of IPsec. */
const USER = /\b(?:xauthuser|user)="?(?!N\/A)([^"\s]+)/g;
const TIME = /\bdate=(\d{4}-\d\d-\d\d) time=(\d\d:\d\d:\d\d)\b/;
/** `logid="0100022113" … msg="Authentication failed 9 times in the last 5 minutes (…, LDAP conn failures: 9)"` */
const DIRECTORY = /\blogid="?0100022113\b/;
const HOUR_MS = 3_600_000;

/**
 * Of `execute log display`, within `hours` before `now`: connections to LDAP servers that failed, and logins that failed
 * and after which their user did not get in. What got in earlier says nothing about today. Times without a zone are read as UTC, as `parseClock` does.
 *
 * Sample: `1: date=2026-03-02 time=09:12:40 logid="0101039426" … user="wren" … reason="sslvpn_login_unknown_user"`
 */
export function openFailures(lines: readonly string[], now: number, hours = 24): readonly string[] {
  const events = lines.flatMap((line) => {
    const [, date, time] = TIME.exec(line) ?? [];
    const at = Date.parse(`${date}T${time}Z`);
    return Number.isNaN(at) || now - at > hours * HOUR_MS
      ? []
      : [{ line, at, users: findUsers(line), failed: FAILED.test(line) }];
  });
  const cameIn = new Map<string, number>();
  for (const { users, at, failed } of events) {
    for (const user of failed ? [] : users) cameIn.set(user, Math.max(at, cameIn.get(user) ?? 0));
  }
  return events
    .filter(
      ({ line, failed, users, at }) =>
        DIRECTORY.test(line) || (failed && users.some((user) => at > (cameIn.get(user) ?? 0))),
    )
    .map(({ line }) => line);
}

function findUsers(line: string): readonly string[] {
  return [...line.matchAll(USER)].flatMap(([, user]) => user ?? []);
}

/** The lines about connections to LDAP servers alone, for a sweep, which asks about no login. */
export function directoryFailures(lines: readonly string[], now: number): readonly string[] {
  return openFailures(lines, now).filter((line) => DIRECTORY.test(line));
}
