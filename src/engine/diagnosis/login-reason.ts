import type { Attempt } from '../facts/attempt.ts';
import { findLoginFailure } from '../facts/attempts/login-failure.ts';
import type { SignName } from '../fortios/debug/login-signs.ts';
import { getRule } from '../rules/all-rules.ts';
import type { Finding } from './diagnosis.ts';
import { brokenBy, type Judged } from './judge.ts';

/** FortiOS’s reasons in the event log of a failed login. */
const EVENT_REASONS: Readonly<Record<string, string>> = {
  sslvpn_login_permission_denied: '“permission denied”',
  sslvpn_login_unknown_user: '“unknown user”',
  sslvpn_login_password_expired: 'local password expired',
};

/**
 * Why a login failed, in a few words. They come from the line that a finding of the same step explains, else from the
 * event log in FortiOS’s own words.
 */
export function loginReason(
  login: Attempt,
  findings: readonly Finding[],
  judged: readonly Judged[],
): string | undefined {
  const { outcome, hops, trace } = login;
  if (outcome === 'succeeded') return loggedSession(login)?.details || undefined;
  if (outcome === 'incomplete') return undefined;
  const broken = hops.find(({ status }) => status === 'broken')?.id;
  const explaining = findings.filter(({ confidence, hop }) => confidence !== 'possible' && hop === broken);
  for (const { rule } of explaining) {
    const reasons = [brokenBy(rule, judged)?.loginReasons, getRule(rule)?.loginReasons];
    for (const [sign, words] of reasons.flatMap((each) => Object.entries(each ?? {}))) {
      const seen = trace.signs[sign as SignName]?.at(-1);
      const reason = seen && (typeof words === 'string' ? words : words(seen, login));
      if (reason !== undefined) return reason;
    }
  }
  const { sign, seen } = findLoginFailure(trace.signs) ?? {};
  const said = seen?.fields.reason;
  if (sign === 'event-ike-failed' && said !== undefined) return `“${said}”`;
  return sign === 'event-login-failed' ? eventReason(said) : undefined;
}

/** A tunnel that the event log shows, from its first line to its last one. */
interface LoggedSession {
  /** `connected 07:40:21–09:10:22 (1 h 30 min)`; nothing for one whose end is not in the log. */
  readonly times?: string;
  /** `from 198.51.100.24 · tunnel address 10.212.134.17 · ended by the user` */
  readonly details: string;
}

export function loggedSession({ trace: { client, signs } }: Attempt): LoggedSession | undefined {
  const up = signs['event-tunnel-up']?.at(-1);
  const down = signs['event-tunnel-down']?.at(-1);
  if (!up) return undefined;
  const { time, tunnelip, assignip } = up.fields;
  const address = tunnelip ?? assignip;
  const { time: end, duration, reason } = down?.fields ?? {};
  const details = [
    client === undefined ? '' : `from ${client}`,
    address === undefined ? '' : `tunnel address ${address}`,
    reason === undefined ? '' : /^user request/i.test(reason) ? 'ended by the user' : `ended by “${reason}”`,
  ];
  return {
    details: details.filter((part) => part !== '').join(' · '),
    ...(time !== undefined && end !== undefined && duration !== undefined
      ? { times: `connected ${time}–${end} (${durationText(Number(duration))})` }
      : {}),
  };
}

function durationText(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  if (minutes === 0) return `${seconds} s`;
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

function eventReason(reason = ''): string | undefined {
  return Object.hasOwn(EVENT_REASONS, reason) ? EVENT_REASONS[reason] : undefined;
}
