import type { Attempt, SeenSign } from '../facts/attempt.ts';
import { findLoginFailure } from '../facts/attempts/login-failure.ts';
import type { SignName } from '../fortios/debug/login-signs.ts';
import type { RuleId } from '../rules/rule-ids.ts';
import { radiusServersOf } from '../rules/shared/radius-logins.ts';
import { DIRECTORY_REASONS, ldapStateAt, loadedServers } from '../rules/shared/vpn-logins.ts';
import type { Finding } from './diagnosis.ts';
import { isNamedIn } from './findings.ts';

/** The reason in a few words; `undefined` where the line has another reason. */
type Words = (seen: SeenSign, login: Attempt, finding: Finding) => string | undefined;

/** FortiOS’s reasons in the event log of a failed login. */
const EVENT_REASONS: Readonly<Record<string, string>> = {
  sslvpn_login_permission_denied: '“permission denied”',
  sslvpn_login_unknown_user: '“unknown user”',
  sslvpn_login_password_expired: 'local password expired',
};

/** The line of a login that a rule explains, and its reason in words; several lines of one rule in order of preference. */
const REASONS: readonly (readonly [rule: RuleId, sign: SignName, words: Words])[] = [
  [
    'local-password-wrong',
    'local-result',
    ({ fields }) => (fields.code === '1' ? 'wrong local password' : undefined),
  ],
  ['local-password-wrong', 'eap-password-wrong', wrongUnasked],
  ['local-password-wrong', 'local-entry', wrongUnasked],
  ['local-account-expired-or-disabled', 'event-login-failed', expiredOrDisabled],
  ['ldap-user-refused', 'ldap-refused', refusedByDirectory],
  ['ldap-user-refused', 'ldap-return', refusedByDirectory],
  ['ldap-user-refused', 'ldap-state', refusedByDirectory],
  ['ldap-user-not-found', 'ldap-no-dn', (_, login) => `not found in ${server(login)}`],
  ['ldap-bind-account-refused', 'ldap-refused', searchRefused],
  ['ldap-bind-account-refused', 'ldap-return', searchRefused],
  ['ldap-server-unreachable', 'server-timeout', (_, login) => `no answer from ${server(login)}`],
  ['ldap-server-unreachable', 'server-unresolved', ({ fields }) => `no address found for ${fields.name}`],
  [
    'ldaps-certificate-untrusted',
    'server-tls-failed',
    (_, login) => `certificate of ${server(login)} not trusted`,
  ],
  ['ldap-group-mismatch', 'group-mismatch', () => 'password accepted, no group matches'],
  ['radius-rejected', 'radius-code', (seen, ...rest) => refusedByServer('3', seen, ...rest)],
  ['radius-rejected', 'radius-result', (seen, ...rest) => refusedByServer('1', seen, ...rest)],
  ['radius-server-unreachable', 'server-timeout', (_, login) => `no answer from ${server(login)}`],
  ['radius-server-unreachable', 'server-unresolved', ({ fields }) => `no address found for ${fields.name}`],
  [
    'radius-authenticator-invalid',
    'radius-unauthenticated',
    (_, login) => `answer of ${server(login)} has no signature`,
  ],
  ['radius-group-attribute-missing', 'group-mismatch', () => 'password accepted, no group matches'],
  ['user-not-in-vpn-rule', 'nobody-to-ask', () => 'in no group that the VPN allows'],
  ['source-ip-blocked', 'address-locked', () => 'address blocked after failed logins'],
  ['saml-response-unsigned', 'saml-refused', () => 'signature missing in the SAML answer'],
  ['saml-idp-certificate-wrong', 'saml-refused', () => 'signature of the SAML answer not verified'],
  ['saml-url-or-entity-mismatch', 'saml-refused', () => 'SAML address or name differs'],
  ['saml-url-or-entity-mismatch', 'saml-assertion-invalid', () => 'SAML address or name differs'],
  ['saml-clock-skew', 'saml-clock-skew', () => 'clocks differ'],
  ['saml-attribute-or-group-mismatch', 'saml-user-missing', () => 'no user name in the SAML answer'],
  ['saml-attribute-or-group-mismatch', 'saml-group-missing', () => 'no group in the SAML answer'],
  ['saml-attribute-or-group-mismatch', 'saml-group-mismatch', () => 'no group of the SAML answer matches'],
  ['ike-proposal-mismatch', 'no-proposal', () => 'no proposal in common'],
  ['ike-psk-mismatch', 'psk-mismatch', () => 'pre-shared key differs'],
  ['ike-peer-id-mismatch', 'peer-id-refused', () => 'local ID not accepted'],
  ['ike-certificate-mismatch', 'certificate-refused', () => 'client certificate not accepted'],
  ['ike-no-policy', 'no-policy', () => 'no policy for the tunnel'],
  ['ike-pool-exhausted', 'ike-no-address', () => 'no address left in the pool'],
  ['ssl-ip-pool-exhausted', 'sslvpn-no-address', () => 'no address left in the pool'],
];

/**
 * Why a login failed, in a few words. They come from the line that a finding of the same step explains, else from the
 * event log in FortiOS’s own words.
 */
export function loginReason(login: Attempt, findings: readonly Finding[]): string | undefined {
  const { outcome, hops, trace } = login;
  if (outcome === 'succeeded' || outcome === 'incomplete') return undefined;
  const broken = hops.find(({ status }) => status === 'broken')?.id;
  const explaining = findings.filter(({ confidence, hop }) => confidence !== 'possible' && hop === broken);
  for (const [rule, sign, words] of REASONS) {
    const finding = explaining.find((each) => each.rule === rule);
    const seen = finding && trace.signs[sign]?.at(-1);
    const reason = seen && words(seen, login, finding);
    if (reason !== undefined) return reason;
  }
  const { sign, seen } = findLoginFailure(trace.signs) ?? {};
  const said = seen?.fields.reason;
  if (sign === 'event-ike-failed' && said !== undefined) return `“${said}”`;
  return sign === 'event-login-failed' ? eventReason(said) : undefined;
}

/** The first server that the log names for this login. */
function server(login: Attempt): string {
  const [name = ''] = [loadedServers([login], 'LDAP').trim(), ...(radiusServersOf(login) ?? [])].filter(
    (each) => each !== '',
  );
  return name === '' ? 'the server' : name;
}

function eventReason(reason = ''): string | undefined {
  return Object.hasOwn(EVENT_REASONS, reason) ? EVENT_REASONS[reason] : undefined;
}

/** The same lines stand in a login that a server decides. */
function wrongUnasked(_seen: SeenSign, { trace: { signs }, milestones }: Attempt): string | undefined {
  return (signs['server-loaded'] ?? milestones.secondFactorAsked) ? undefined : 'wrong local password';
}

function refusedByDirectory(seen: SeenSign, login: Attempt): string | undefined {
  const isEnd = seen.fields.from === 'User Binding' && seen.fields.to === 'Done';
  if (!isEnd && ldapStateAt(login, seen) !== 'User Binding') return undefined;
  const why = DIRECTORY_REASONS[seen.fields.data ?? ''];
  return `refused by ${server(login)}${why === undefined ? '' : `: ${inShort(why)}`}`;
}

function searchRefused(seen: SeenSign, login: Attempt): string | undefined {
  return ldapStateAt(login, seen) === 'Admin Binding'
    ? `${server(login)} refuses the FortiGate’s own account`
    : undefined;
}

/** `account locked` of `the account is locked`. */
function inShort(why: string): string {
  return why.replace(/^the (?:(\w+) (?:is|has) )?/, (_, what) => (what === undefined ? '' : `${what} `));
}

function expiredOrDisabled({ fields }: SeenSign, { user }: Attempt, { title }: Finding): string | undefined {
  if (fields.reason === 'sslvpn_login_password_expired') return eventReason(fields.reason);
  return title.includes('disabled') && isNamedIn(title, user) ? 'user disabled on this FortiGate' : undefined;
}

/** With the reason that the server’s own event gives, if the finding has one. */
function refusedByServer(
  refusal: string,
  { fields }: SeenSign,
  login: Attempt,
  { title }: Finding,
): string | undefined {
  const why = / refused .{1,200}?: (.{3,80}) \(reason \d{1,4}\)$/.exec(title)?.[1];
  return fields.code === refusal
    ? `refused by ${server(login)}${why === undefined ? '' : `: ${why}`}`
    : undefined;
}
