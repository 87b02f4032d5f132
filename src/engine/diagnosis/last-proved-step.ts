import { type Attempt, type SeenSign, UNNAMED_USER } from '../facts/attempt.ts';
import { unresolved } from '../facts/attempts/got-in.ts';
import { findLoginFailure, type Signs, saidYes, upBy } from '../facts/attempts/login-failure.ts';
import { valueIfKnown } from '../facts/fact.ts';
import type { Facts } from '../facts/facts.ts';
import { PUSH_HOPS } from '../facts/hop.ts';
import type { SignName } from '../fortios/debug/login-signs.ts';
import { nameList } from '../rules/shared/logins.ts';
import { serverKind, whoseLogins } from '../rules/shared/vpn-logins.ts';

/** The logins that ended alike. */
interface Ended {
  readonly names: readonly string[];
  readonly clients: readonly string[];
  readonly first: Attempt;
}

type StepText = (seen: SeenSign, ended: Ended) => string;

/** A wrong password, a group or a portal: it tells none apart. */
const PERMISSION_DENIED = 'sslvpn_login_permission_denied';

/** The error of a parser says where it stopped, and nothing of the cause. Sample: `XML parse error: premature end of data`. */
const UNREADABLE = /\b(?:XML|pars(?:e|er|ing))\b/i;

/** What the line at which a login ended proves, and no more. */
const ENDS: Partial<Record<SignName, StepText>> = {
  'tls-error': (_, ended) => `The TLS handshake${from(ended)} failed`,
  'no-policy': (_, ended) => `IKE ignored the request${from(ended)}: no policy is configured for the tunnel`,
  'no-proposal': (_, ended) => `IKE chose no proposal${from(ended)}`,
  'psk-mismatch': (_, ended) =>
    `IKE could not read the answer${from(ended)}: probably another pre-shared key`,
  'peer-id-refused': (_, ended) => `IKE found no gateway for the identity${from(ended)}`,
  'certificate-refused': (_, ended) => `IKE refused the client certificate${from(ended)}`,
  'unexpected-payload': (_, ended) => `IKE got an answer${from(ended)} that it did not expect`,
  'ike-timeout': (_, ended) => `IKE got no answer${from(ended)}${afterWhat(ended.first.trace.signs)}`,
  'event-ike-failed': ({ fields: { reason } }, ended) =>
    `The IKE negotiation${from(ended)} failed${reason === undefined ? '' : `: ${reason}`}`,
  'address-locked': ({ fields: { client } }) =>
    `The FortiGate has locked out ${client ?? 'the address of the client'}: no password was checked`,
  'event-login-failed': ({ fields: { reason } }, ended) =>
    reason === undefined || reason === PERMISSION_DENIED
      ? `The login${of(ended)} failed, and the event log does not say why`
      : `The event log says only that the login${of(ended)} failed: ${reason}`,
  'event-xauth-failed': (_, ended) => `The event log says only that XAUTH${of(ended)} failed`,
  'nobody-to-ask': (_, ended) =>
    `The FortiGate found no user, group or server that could check the login${of(ended)}`,
  'no-server-to-ask': (_, ended) => `The FortiGate had no server to ask${about(ended)}`,
  'saml-refused': ({ fields: { why } }) =>
    UNREADABLE.test(why ?? '')
      ? 'The FortiGate could not read the SAML response'
      : `The FortiGate refused the SAML response${why === undefined ? '' : `: ${why}`}`,
  'saml-clock-skew': () => 'The FortiGate refused the SAML response: the clocks differ',
  'saml-assertion-invalid': ({ fields: { entity } }) =>
    `The FortiGate refused the assertion of the SAML response${entity === undefined ? '' : `, which is for ${entity}`}`,
  'saml-user-missing': () => 'The SAML response names no user',
  'saml-group-missing': () => 'The SAML response names no group',
  'saml-group-mismatch': () => 'No group in the SAML response matches',
  'eap-password-wrong': (_, ended) => `The FortiGate refused ${passwordText(ended)} (EAP-MSCHAPv2)`,
  'ldap-refused': ({ fields: { data } }, ended) =>
    `The LDAP server refused a bind${ended.names.length === 0 ? '' : ` in the login${of(ended)}`}${data === undefined ? '' : ` (data ${data})`}`,
  'ldap-no-dn': (_, ended) =>
    `The LDAP search${ended.names.length === 0 ? '' : ` for ${nameList(ended.names)}`} found no entry`,
  'server-certificate-refused': () => 'The FortiGate did not accept the certificate of the directory server',
  'server-tls-failed': ({ fields: { address } }) =>
    `The FortiGate reached ${address ?? 'the directory server'}, and TLS with it failed`,
  'server-timeout': (seen, { first }) => `The FortiGate asked ${serverText(first, seen)} and got no answer`,
  'server-unresolved': ({ fields: { name } }) =>
    `The FortiGate found no address for ${name ?? 'the name of the server'}`,
  'radius-unauthenticated': () => 'The RADIUS server answered without a Message-Authenticator',
  'endpoint-untrusted': () => 'The client does not trust the certificate of the VPN',
  'endpoint-no-proposal': () => 'The VPN accepts no IKE proposal of the client',
  'endpoint-psk-mismatch': () => 'The pre-shared key of the client is not that of the VPN',
  'endpoint-failed': ({ fields: { code } }, ended) =>
    `The connection${of(ended)} ended with error ${code} of Windows`,
  'endpoint-no-answer': () => 'The client got no answer from the VPN',
  'endpoint-password-wrong': (_, ended) => `The VPN refused ${passwordText(ended)} (EAP-MSCHAPv2)`,
  'endpoint-eap-ended': (_, ended) => `The VPN ended EAP in the login${of(ended)}`,
  'endpoint-refused': (_, ended) =>
    `The VPN refused the login${of(ended)}, and the log of the client does not say why`,
  'endpoint-no-tunnel': (_, ended) => `The VPN accepted the login${of(ended)} and gave no tunnel`,
  'event-tunnel-down': ({ fields: { duration } }, ended) =>
    `The tunnel${of(ended)} came up and ended after ${duration} s`,
  'group-mismatch': (_, ended) =>
    saidYes(ended.first.trace.signs)
      ? `The server accepted ${passwordText(ended)}; no group of the VPN matches`
      : `No group that the FortiGate asked for matches${whom(ended)}`,
};

/** fnbamd’s results (domain notes on VPN logins, section 1.2). */
const DENIED = 1;
const NOBODY_COULD_SAY = 5;
const NO_ANSWER = 10;

/** The last step that the failed logins of a case prove, where it precedes any second factor. */
export function lastProvedStep(attempts: readonly Attempt[]): string | undefined {
  const failed = unresolved(attempts).filter((each) => each.outcome !== 'incomplete');
  const alike = Map.groupBy(failed, failureKind);
  const [most] = [...alike].toSorted(([, a], [, b]) => b.length - a.length);
  if (most?.[0] === undefined) return undefined;
  const [, logins] = most;
  const [first] = logins;
  if (!first) return undefined;
  return stepText({
    first,
    names: logins.flatMap(({ user }) => (user === UNNAMED_USER ? [] : [user])),
    clients: logins.flatMap(({ trace }) => trace.client ?? []),
  });
}

/** What a log without any login proves: FortiClient sent a request through TLS. */
export function provedWithoutLogin({ attempts, explainedLines }: Facts): string | undefined {
  const hasCome = (valueIfKnown(explainedLines) ?? []).some(({ kind }) => kind === 'client-came');
  return hasCome && attempts.state === 'unknown'
    ? 'FortiClient reaches SSL VPN, TLS is fine; no user name was seen yet'
    : undefined;
}

/** The password was accepted, no second factor is needed, and the log ends: nothing failed yet. */
export function lastStepBeforeEnd(attempts: readonly Attempt[]): string | undefined {
  const [first] = attempts;
  const waiting = attempts.filter(
    ({ outcome, milestones }) => outcome === 'incomplete' && milestones.granted,
  );
  if (waiting.length > 0)
    return `The FortiGate accepted the login of ${whoseLogins(waiting)}; the log shows no tunnel after it`;
  if (!first || attempts.some((each) => !isAccepted(each) || each.outcome !== 'incomplete')) return undefined;
  const names = attempts.map(({ user }) => user);
  return `The FortiGate accepted ${passwordText({ first, names, clients: [] })}; the log ends before the tunnel`;
}

function failureKind(attempt: Attempt): string | undefined {
  if (isAboutPush(attempt)) return undefined;
  const failure = findLoginFailure(attempt.trace.signs);
  if (failure && ENDS[failure.sign]) return `${failure.sign} ${failure.seen.fields.server ?? ''}`;
  const code = resultCode(attempt);
  if (isAccepted(attempt)) return attempt.milestones.loginFailed ? 'accepted, refused' : 'accepted';
  return code === undefined ? undefined : `code ${code}`;
}

/** fnbamd’s result; where sslvpn says only that the login failed, the last one that fnbamd sent. */
function resultCode({ milestones: { passwordRefused, loginFailed }, trace }: Attempt): number | undefined {
  const sent = loginFailed && trace.signs['request-result']?.at(-1)?.fields.code;
  return passwordRefused?.code ?? (sent === undefined ? undefined : Number(sent));
}

function stepText(ended: Ended): string | undefined {
  const { trace, milestones } = ended.first;
  const failure = findLoginFailure(trace.signs);
  const text = failure && ENDS[failure.sign];
  if (failure && text) return text(failure.seen, ended);
  if (isAccepted(ended.first)) {
    return `The FortiGate accepted ${passwordText(ended)}; ${
      milestones.loginFailed ? 'the login was refused after that' : 'the tunnel never came up'
    }`;
  }
  const code = resultCode(ended.first);
  if (code === DENIED) return `The FortiGate refused ${passwordText(ended)}, or no group matched (result 1)`;
  if (code === NOBODY_COULD_SAY) return `The FortiGate asked${about(ended)} and got no decision (result 5)`;
  if (code === NO_ANSWER) return `The FortiGate asked a server${about(ended)} and got no answer (result 10)`;
  return undefined;
}

function isAboutPush({ milestones, hops }: Attempt): boolean {
  const { secondFactorAsked, vpnWait, tokenWait, tokenResult, radiusChallenge, drift } = milestones;
  if ((secondFactorAsked ?? vpnWait ?? tokenWait ?? tokenResult ?? radiusChallenge ?? drift) !== undefined)
    return true;
  const broken = hops.find(({ status }) => status === 'broken');
  return broken !== undefined && PUSH_HOPS.has(broken.id);
}

/** The password was accepted, and no token is asked for. */
function isAccepted(attempt: Attempt): boolean {
  const { milestones, trace, hops } = attempt;
  if (isAboutPush(attempt) || upBy(trace.signs) || trace.vpn === undefined || milestones.granted)
    return false;
  const withoutFactor = hops.some(({ id, needed }) => id === 'second-factor' && needed === false);
  return withoutFactor && (milestones.passwordAccepted ?? saidYes(trace.signs)) !== undefined;
}

/** IKE answered the proposal before it waited, or asked for a name. */
function afterWhat(signs: Signs): string {
  if (signs['eap-asked'] ?? signs['xauth-asked']) return ' after it asked for a name and password';
  if (signs['ike-agg-answered'] ?? signs['gateway-matched']) return ' after its proposal';
  return '';
}

function serverText(login: Attempt, seen: SeenSign): string {
  const { server = '' } = seen.fields;
  const kind = serverKind(login, seen);
  if (kind === undefined && server === '') return 'a server';
  return `the ${kind === undefined ? '' : `${kind} `}server ${server}`.trim();
}

function from({ clients }: Ended): string {
  return clients.length === 0 ? '' : ` from ${nameList(clients)}`;
}

function of({ names }: Ended): string {
  return names.length === 0 ? '' : ` of ${nameList(names)}`;
}

function about({ names }: Ended): string {
  return names.length === 0 ? '' : ` about ${nameList(names)}`;
}

function whom({ names }: Ended): string {
  return names.length === 0 ? ' the login' : ` ${nameList(names)}`;
}

function passwordText({ names }: Ended): string {
  const distinct = [...new Set(names)];
  if (distinct.length === 0) return 'the password';
  return distinct.length === 1 ? `${distinct[0]}’s password` : `the passwords of ${nameList(names)}`;
}
