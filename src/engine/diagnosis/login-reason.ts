import type { Attempt } from '../facts/attempt.ts';
import { findLoginFailure } from '../facts/attempts/login-failure.ts';
import type { SignName } from '../fortios/debug/login-signs.ts';
import { ruleOf } from '../rules/all-rules.ts';
import type { Finding } from './diagnosis.ts';

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
export function loginReason(login: Attempt, findings: readonly Finding[]): string | undefined {
  const { outcome, hops, trace } = login;
  if (outcome === 'succeeded' || outcome === 'incomplete') return undefined;
  const broken = hops.find(({ status }) => status === 'broken')?.id;
  const explaining = findings.filter(({ confidence, hop }) => confidence !== 'possible' && hop === broken);
  for (const { rule, title } of explaining) {
    for (const [sign, words] of Object.entries(ruleOf(rule)?.loginReasons ?? {})) {
      const seen = trace.signs[sign as SignName]?.at(-1);
      const reason = seen && (typeof words === 'string' ? words : words(seen, login, title));
      if (reason !== undefined) return reason;
    }
  }
  const { sign, seen } = findLoginFailure(trace.signs) ?? {};
  const said = seen?.fields.reason;
  if (sign === 'event-ike-failed' && said !== undefined) return `“${said}”`;
  return sign === 'event-login-failed' ? eventReason(said) : undefined;
}

function eventReason(reason = ''): string | undefined {
  return Object.hasOwn(EVENT_REASONS, reason) ? EVENT_REASONS[reason] : undefined;
}
