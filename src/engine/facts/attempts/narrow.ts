import { sameAddress } from '../../fortios/address.ts';
import type { Attempt } from '../attempt.ts';
import { type Fact, unknown } from '../fact.ts';
import type { Facts } from '../facts.ts';

/** Which logins are looked at. Times are spelled as the log spells them, up to any precision. */
export interface Narrowing {
  /** Address of the client. */
  readonly client?: string | undefined;
  /** `2025-03-29 19:31`, `19:31:40`, `2025-03-29`. */
  readonly since?: string | undefined;
  /** Inclusive: `19:31` is the whole minute. */
  readonly until?: string | undefined;
  /** Only logins of this VPN. */
  readonly vpn?: 'sslvpn' | 'ike' | undefined;
}

/** The facts, with the logins of one client, time or VPN only. A login that does not show what is asked for is left out. */
export function narrowLogins(facts: Facts, to: Narrowing): Facts {
  if ((to.client ?? to.since ?? to.until ?? to.vpn) === undefined || facts.attempts.state !== 'known')
    return facts;
  const value = facts.attempts.value.filter((login) => isWithin(login, to));
  const attempts: Fact<readonly Attempt[]> =
    value.length === 0
      ? unknown(`the log contains no login${narrowedText(to)}`)
      : { ...facts.attempts, value };
  if (facts.ikeLogins.state !== 'known') return { ...facts, attempts };
  const users = new Set(value.map(({ user }) => user));
  const own = facts.ikeLogins.value.filter(({ user }) => user !== undefined && users.has(user));
  const ikeLogins =
    own.length === 0
      ? unknown(`the log contains no IPsec login${narrowedText(to)}`)
      : { ...facts.ikeLogins, value: own };
  return { ...facts, attempts, ikeLogins };
}

/** ` over SSL VPN from 203.0.113.7 since 19:31 until 19:40`. */
export function narrowedText({ client, since, until, vpn }: Narrowing): string {
  return [
    vpn === undefined ? '' : ` over ${vpn === 'ike' ? 'IPsec' : 'SSL VPN'}`,
    client === undefined ? '' : ` from ${client}`,
    since === undefined ? '' : ` since ${since}`,
    until === undefined ? '' : ` until ${until}`,
  ].join('');
}

function isWithin({ trace, startedAt }: Attempt, { client, since, until, vpn }: Narrowing): boolean {
  if (client !== undefined && !sameAddress(trace.client ?? '', client)) return false;
  if (vpn !== undefined && (trace.vpn ?? vpn) !== vpn) return false;
  if (since !== undefined && !(startedAt !== undefined && upTo(startedAt, since) >= since)) return false;
  return until === undefined || (startedAt !== undefined && upTo(startedAt, until) <= until);
}

/** As much of the time as the other one says. */
function upTo(startedAt: string, other: string): string {
  const spelled = startedAt.replace('T', ' ');
  return (/^\d{4}-/.test(other) ? spelled : spelled.slice(11)).slice(0, other.length);
}
