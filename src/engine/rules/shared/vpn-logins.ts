import type { Quote } from '../../evidence/types.ts';
import type { GroupMatch, UserGroup } from '../../facts/accounts/account-values.ts';
import { type Attempt, CLIENT_ID, type SeenSign, UNNAMED_USER } from '../../facts/attempt.ts';
import { unresolved } from '../../facts/attempts/got-in.ts';
import { hasAnswer } from '../../facts/attempts/login-failure.ts';
import { type Fact, valueIfKnown } from '../../facts/fact.ts';
import type { SignName } from '../../fortios/debug/login-signs.ts';
import type { RuleContext } from '../rule.ts';
import { isAskedAbout, nameList } from './logins.ts';

/** Rules that see only that a login was refused: a finding that says by what explains theirs. */
export const REFUSAL_RULES = ['password-rejected', 'user-not-in-vpn-rule', 'source-ip-blocked'] as const;

/** A login and the line that shows why it failed. */
export interface ShownLogin {
  readonly login: Attempt;
  readonly seen: SeenSign;
}

/** Logins in question that failed and hold such a line, with its last occurrence. `also` tells lines apart by their fields. */
export function failedWith(
  attempts: readonly Attempt[],
  context: RuleContext,
  sign: SignName,
  also: (seen: SeenSign, login: Attempt) => boolean = () => true,
): readonly ShownLogin[] {
  return vpnLoginsInQuestion(attempts, context).flatMap((login) => {
    if (login.outcome === 'incomplete') return [];
    const seen = login.trace.signs[sign]?.findLast((each) => also(each, login));
    return seen ? [{ login, seen }] : [];
  });
}

/** For `failedWith`: the login holds none of these lines. */
export function without(...signs: readonly SignName[]): (seen: SeenSign, login: Attempt) => boolean {
  return (_, { trace }) => signs.every((sign) => trace.signs[sign] === undefined);
}

/** Logins in question, also those without a user name: IKE and SAML can fail before the name is known. */
export function vpnLoginsInQuestion(attempts: readonly Attempt[], context: RuleContext): readonly Attempt[] {
  return unresolved(attempts).filter(
    ({ user }) => isAskedAbout(user, context) || user === UNNAMED_USER || isClientId(user),
  );
}

/** Users who got a tunnel of SSL VPN in some login: their portal gives one, and their host check passes. */
export function usersWithTunnel(attempts: readonly Attempt[]): ReadonlySet<string> {
  return new Set(
    attempts.flatMap(({ user, trace: { signs } }) =>
      (signs['sslvpn-address-given'] ?? signs['event-tunnel-up']) ? [user] : [],
    ),
  );
}

/** The first login that holds such a line, whatever its end: the evidence of a healthy verdict. */
export function shownBy(
  attempts: readonly Attempt[],
  sign: SignName,
  also: (seen: SeenSign) => boolean = () => true,
): ShownLogin | undefined {
  for (const login of attempts) {
    const seen = login.trace.signs[sign]?.find(also);
    if (seen) return { login, seen };
  }
  return undefined;
}

/** `LDAP` or `RADIUS`, as the log shows which kind of server this is. */
export function serverKind({ trace }: Attempt, { fields, quote }: SeenSign): 'LDAP' | 'RADIUS' | undefined {
  const loaded = trace.signs['server-loaded']?.find((each) => each.fields.server === fields.server);
  if (loaded?.fields.kind === 'LDAP' || loaded?.fields.kind === 'RADIUS') return loaded.fields.kind;
  if (/_ldap_/.test(quote.text)) return 'LDAP';
  if (/_rad(?:ius)?_/.test(quote.text)) return 'RADIUS';
  // Quoted without its function, a line is about the only kind of server that the log shows.
  const [kind, another] = new Set(trace.signs['server-loaded']?.map((each) => each.fields.kind));
  return another === undefined && (kind === 'LDAP' || kind === 'RADIUS') ? kind : undefined;
}

/** fnbamd’s result where no server answered in time. */
const NO_ANSWER = '10';
const DENIED = '1';

/**
 * Logins that ended because no server answered, where an excerpt lacks the line that names the server: fnbamd’s error, or
 * result 10 of a login for which the log shows servers of this kind alone.
 */
export function unansweredBy(
  kind: 'LDAP' | 'RADIUS',
  attempts: readonly Attempt[],
  context: RuleContext,
): readonly ShownLogin[] {
  return vpnLoginsInQuestion(attempts, context).flatMap((login) => {
    const { milestones, outcome } = login;
    const { signs } = login.trace;
    const reached =
      signs['server-certificate-refused'] ?? signs['server-tls-failed'] ?? signs['radius-unauthenticated'];
    // The FortiGate itself ended EAP, for which no directory is asked.
    const own = signs['eap-local'] ?? signs['ldap-without-password'];
    if (outcome === 'incomplete' || milestones.secondFactorAsked) return [];
    if (reached || own || hasAnswer(signs)) return [];
    const about = [
      ...(signs['server-loaded'] ?? []),
      ...(signs['server-asked'] ?? []),
      ...(signs['server-unanswered'] ?? []),
      ...(signs['server-given-up'] ?? []),
      ...(signs['radius-sent'] ?? []),
      ...(signs['radius-result'] ?? []),
    ];
    const kinds = new Set(about.flatMap((seen) => serverKind(login, seen) ?? []));
    if (kinds.size !== 1 || !kinds.has(kind)) return [];
    const isNoAnswer = ({ fields }: SeenSign) => fields.code === NO_ANSWER;
    const result =
      signs['radius-result']?.findLast(isNoAnswer) ?? signs['request-result']?.findLast(isNoAnswer);
    const refused = milestones.passwordRefused;
    const end = signs['server-unanswered']?.at(-1) ?? result;
    const seen =
      end ?? (refused?.code === Number(NO_ANSWER) ? { ...refused, order: 0, fields: {} } : undefined);
    if (!seen) return [];
    const server = nameList(about.flatMap(({ fields }) => fields.server ?? []));
    const [address] = about.flatMap(({ fields }) => fields.address ?? []);
    return [{ login, seen: { ...seen, fields: { ...(server && { server }), ...(address && { address }) } } }];
  });
}

/** The line that refuses a login behind the one in which its server accepted the password: that no group matched, or result 1. */
export function refusedAfter(
  { milestones, trace: { signs } }: Attempt,
  accepted: SeenSign,
): SeenSign | undefined {
  const last = (sign: SignName) => signs[sign]?.findLast(({ order }) => order > accepted.order);
  if (last('group-matched')) return undefined;
  const mismatch = last('group-mismatch');
  if (mismatch || milestones.secondFactorAsked) return mismatch;
  const result = last('request-result');
  if (result ?? signs['request-result']) return result?.fields.code === DENIED ? result : undefined;
  const refused = milestones.passwordRefused ?? milestones.refused;
  const isDenied = milestones.refused !== undefined || milestones.passwordRefused?.code === Number(DENIED);
  return refused && isDenied ? { ...refused, order: accepted.order, fields: {} } : undefined;
}

/** The last such line of the login, or the last one before the place `before`. */
export function lastSign({ trace }: Attempt, sign: SignName, before = Number.POSITIVE_INFINITY) {
  return trace.signs[sign]?.findLast(({ order }) => order < before);
}

/**
 * The last thing that sslvpn compared in a rule before it left the rule out, where no rule was left: `realm`, `source
 * intf`. After all of them it goes on to the users and groups, and says that the rule is done. Without a candidate from
 * the policies no rule could have held the user.
 */
export function rulesLeftOutFor(login: Attempt): ReadonlySet<string> {
  const { users, groups } = lastSign(login, 'candidates')?.fields ?? {};
  const isNobody = users === '0:0' && groups === '0:0';
  const { signs } = login.trace;
  if (users === undefined ? !signs['nobody-to-ask'] : !isNobody) return new Set();
  const inPolicies = lastSign(login, 'policy-candidates')?.fields;
  if (inPolicies && Object.values(inPolicies).every((count) => /^0(?::0)?$/.test(count))) return new Set();
  const done = new Set(signs['rule-done']?.map(({ fields }) => fields.rule));
  const checked = signs['rule-checked'] ?? [];
  const shown = new Set([...done, ...checked.map(({ fields }) => fields.rule)]);
  // A rule that the log does not show may be the one that fits.
  if (shown.size < Number(lastSign(login, 'rules-asked')?.fields.rules ?? 0)) return new Set();
  const checks = checked.filter(({ fields }) => !done.has(fields.rule));
  return new Set(new Map(checks.map(({ fields }) => [fields.rule, fields.by ?? ''])).values());
}

/** What fnbamd writes between the bind of its own account and that of the user. */
const BEFORE_USER_BIND = ['ldap-search', 'ldap-dn', 'ldap-user-bind'] as const;
/** The bind that a refusal answers, by the state. Releases differ in capitals: `DN search`. */
const BINDS: Readonly<Record<string, 'User Binding' | 'Admin Binding'>> = {
  connecting: 'Admin Binding',
  'admin binding': 'Admin Binding',
  'dn search': 'User Binding',
  'user binding': 'User Binding',
};

/** The bind that the LDAP server refuses in this line, also in logs that do not show every state. */
export function ldapBindAt(login: Attempt, seen: SeenSign): 'User Binding' | 'Admin Binding' | undefined {
  const last = (...signs: readonly SignName[]) =>
    Math.max(...signs.map((sign) => lastSign(login, sign, seen.order)?.order ?? -1));
  const bound = last('ldap-bind');
  const found = lastSign(login, 'ldap-dn', seen.order)?.fields.dn;
  if (found !== undefined && lastSign(login, 'ldap-bind', seen.order)?.fields.dn === found)
    return 'User Binding';
  if (last(...BEFORE_USER_BIND) > Math.max(bound, last('ldap-state'))) return 'User Binding';
  const next = login.trace.signs['ldap-state']?.find(({ order }) => order > seen.order);
  const state = lastSign(login, 'ldap-state', seen.order)?.fields.to ?? next?.fields.from ?? '';
  return BINDS[state.toLowerCase()] ?? (bound === -1 ? undefined : 'Admin Binding');
}

/** ` dc01` or ` dc01 and dc02`: the LDAP servers that these logins could be sent to, with a blank before; else nothing. */
export function listLdapServers(logins: readonly Attempt[]): string {
  const loaded = logins.flatMap(({ trace }) => trace.signs['server-loaded'] ?? []);
  const names = nameList(
    loaded.flatMap(({ fields }) => (fields.kind === 'LDAP' ? (fields.server ?? []) : [])),
  );
  return names === '' ? '' : ` ${names}`;
}

/** The same of one login, for the line about it. */
export function getLdapServer(login: Attempt): string {
  return listLdapServers([login]).trim() || 'the server';
}

/** Names of the user groups that fnbamd was asked about in these logins. */
export function groupsAsked(logins: readonly Attempt[]): readonly string[] {
  const asked = logins.flatMap(
    ({ trace: { signs } }) => signs['server-loaded'] ?? signs['group-asked'] ?? signs['group-sent'] ?? [],
  );
  return [...new Set(asked.flatMap(({ fields }) => fields.group ?? []))];
}

/** What `config match` of these groups demands of a server. */
export function groupMatches(
  userGroups: Fact<readonly UserGroup[]>,
  asked: readonly string[],
): readonly GroupMatch[] {
  return (valueIfKnown(userGroups) ?? [])
    .filter(({ name }) => asked.length === 0 || asked.includes(name))
    .flatMap(({ matches }) => matches);
}

/** `CN=VPN-Users` of `CN=VPN-Users,OU=Groups,DC=example,DC=net`. */
export function firstRdn(dn: string): string {
  return /^(?:[^,\\]|\\.)+/.exec(dn)?.[0] ?? dn;
}

/** `marlow and wren`, `a user from 203.0.113.5`, `4 logins`: whose logins these are, as far as the log names them. */
export function whoseLogins(logins: readonly Attempt[]): string {
  const named = logins.filter(({ user }) => user !== UNNAMED_USER && !isClientId(user));
  if (named.length > 0) return nameList(named.map(({ user }) => user));
  const clients = nameList(logins.flatMap(({ trace }) => trace.client ?? []));
  const count = logins.length === 1 ? 'a user' : `${logins.length} logins`;
  return clients === '' ? count : `${count} from ${clients}`;
}

/** `client 203.0.113.5`, or `the client` where the log names no address. */
export function clientsText(logins: readonly Attempt[]): string {
  const clients = new Set(logins.flatMap(({ trace }) => trace.client ?? []));
  if (clients.size === 0) return 'the client';
  return `client${clients.size > 1 ? 's' : ''} ${nameList([...clients])}`;
}

/** FortiClient’s identifier, which stands for the user of SAML until the identity provider has named one. */
export function isClientId(user: string): boolean {
  return CLIENT_ID.test(user);
}

/** `5 of 8 logins` where others got in, else `all 5 logins`, `both logins` or, of one, `the login`. */
export function countOfLogins(failed: readonly Attempt[], attempts: readonly Attempt[]): string {
  const all = attempts.filter(({ outcome }) => outcome !== 'incomplete').length;
  if (failed.length === all) return ['no login', 'the login', 'both logins'][all] ?? `all ${all} logins`;
  return `${failed.length} of ${all} logins`;
}

/** ` at 2026-03-02 09:12:04` of one login, ` from … to …` of several, as far as the log has times. */
export function whenText(logins: readonly Attempt[]): string {
  const starts = [...new Set(logins.flatMap(({ startedAt }) => startedAt ?? []))].toSorted();
  const [first, last] = [starts[0], starts.at(-1)];
  if (first === undefined) return '';
  return first === last ? ` at ${first}` : ` from ${first} to ${last}`;
}

/** One line of each login, at most this many. */
export function listQuotes(shown: readonly ShownLogin[], limit = 4) {
  return shown.slice(0, limit).map(({ seen }) => seen.quote);
}

/** At most this many lines, each once. */
export function firstQuotes(quotes: readonly Quote[], limit = 6): readonly Quote[] {
  return [...new Set(quotes)].slice(0, limit);
}

/** Active Directory’s reasons, after `data` (KB195337). */
export const DIRECTORY_REASONS: Readonly<Record<string, string>> = {
  '525': 'the account is not known',
  '52e': 'the password is wrong',
  '530': 'the account may not log in at this time',
  '531': 'the account may not log in from this computer',
  '532': 'the password has expired',
  '533': 'the account is disabled',
  '701': 'the account has expired',
  '773': 'the password must be changed first',
  '775': 'the account is locked',
};
