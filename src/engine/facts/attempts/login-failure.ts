import type { SignName } from '../../fortios/debug/login-signs.ts';
import { CLIENT_ID, type SeenSign } from '../attempt.ts';
import type { Hop } from '../hop.ts';

export type Signs = Readonly<Partial<Record<SignName, readonly SeenSign[]>>>;

/** The line that shows at which step a login ended. */
export interface LoginFailure {
  readonly hop: Hop;
  readonly sign: SignName;
  readonly seen: SeenSign;
}

type Failing = readonly [sign: SignName, hop: Hop, unless?: (signs: Signs) => boolean];

/** In the order of the steps, then what the event log says. A line that also occurs in logins that succeed counts only where nothing contradicts it. */
const FAILURES: readonly Failing[] = [
  [
    'tls-error',
    'connection',
    (signs) => (signs['local-entry'] ?? signs['groups-sent'] ?? signs['saml-posted']) !== undefined,
  ],
  ['no-policy', 'connection'],
  ['no-proposal', 'connection', (signs) => signs['gateway-matched'] !== undefined],
  ['psk-mismatch', 'connection', (signs) => signs['psk-accepted'] !== undefined],
  ['peer-id-refused', 'connection', (signs) => signs['peer-id-accepted'] !== undefined],
  ['certificate-refused', 'connection'],
  [
    'certificate-group-mismatch',
    'connection',
    (signs) => (signs['certificate-accepted'] ?? signs['certificate-matched']) !== undefined,
  ],
  ['unexpected-payload', 'connection'],
  ['ike-timeout', 'connection', (signs) => (signs['eap-received'] ?? signs['xauth-asked']) !== undefined],
  ['event-ike-failed', 'connection'],
  ['address-locked', 'login'],
  ['nobody-to-ask', 'login'],
  ['saml-refused', 'login'],
  ['saml-clock-skew', 'login'],
  ['saml-assertion-invalid', 'login'],
  ['saml-user-missing', 'login'],
  [
    'saml-error',
    'login',
    (signs) => signs['saml-error']?.at(-1)?.fields.why?.startsWith('Undefined') === true,
  ],
  ['eap-password-wrong', 'login', (signs) => saidYes(signs) !== undefined],
  ['ldap-refused', 'login', (signs) => saidYes(signs) !== undefined],
  ['ldap-no-dn', 'login', (signs) => saidYes(signs) !== undefined],
  ['ldap-return', 'login', (signs) => saidYes(signs) !== undefined],
  ['ldap-state', 'login', (signs) => !isLdapRefusal(signs)],
  ['server-certificate-refused', 'login', hasAnswer],
  ['server-tls-failed', 'login', hasAnswer],
  ['server-timeout', 'login', hasAnswer],
  ['server-unresolved', 'login', hasAnswer],
  ['server-unanswered', 'login', hasAnswer],
  ['radius-unauthenticated', 'login', hasPassed],
  ['radius-digest', 'login', (signs) => unsignedAnswer(signs) === undefined || hasPassed(signs)],
  ['no-server-to-ask', 'login', hasAnswer],
  ['saml-group-missing', 'authorisation'],
  ['saml-group-mismatch', 'authorisation'],
  ['group-mismatch', 'authorisation', (signs) => saidYes(signs) === undefined || groupMatched(signs)],
  ['request-result', 'authorisation', (signs) => !isDeniedAfterYes(signs)],
  ['ike-no-address', 'tunnel', (signs) => signs['ike-address-given'] !== undefined],
  ['ike-address-failed', 'tunnel'],
  ['sslvpn-no-address', 'tunnel', (signs) => signs['sslvpn-address-given'] !== undefined],
  ['endpoint-no-answer', 'connection'],
  ['endpoint-failed', 'connection'],
  ['endpoint-no-proposal', 'connection'],
  ['endpoint-psk-mismatch', 'connection'],
  ['endpoint-untrusted', 'connection'],
  ['endpoint-password-wrong', 'login'],
  ['endpoint-eap-ended', 'login', (signs) => signs['endpoint-accepted'] !== undefined],
  ['endpoint-eap-ended', 'authorisation'],
  ['endpoint-refused', 'login'],
  ['endpoint-no-tunnel', 'tunnel'],
  ['event-login-failed', 'login'],
  ['event-xauth-failed', 'login'],
  ['event-tunnel-down', 'tunnel', (signs) => !isCutShort(signs)],
];

/** Seconds. A person may end a tunnel at any time, but hardly before it is of use. */
const SHORT_TUNNEL = 10;

/** Where a login ended, as its lines show; nothing for one that came up. */
export function findLoginFailure(signs: Signs): LoginFailure | undefined {
  if (upBy(signs)) return undefined;
  for (const [sign, hop, unless] of FAILURES) {
    const seen = signs[sign]?.at(-1);
    if (seen && !unless?.(signs)) return { hop, sign, seen };
  }
  return undefined;
}

/** The line that shows that the tunnel or portal was given. A host check comes after the portal and may refuse. */
export function upBy(signs: Signs): SeenSign | undefined {
  const portal =
    (signs['sslvpn-no-address'] ?? signs['host-check-asked']) ? undefined : signs['portal-given'];
  const logged = signs['sslvpn-no-address'] || isCutShort(signs) ? undefined : signs['event-login'];
  return tunnelBy(signs) ?? (portal ?? logged)?.at(-1);
}

/** The line that shows the tunnel itself: the event log calls the login of a browser and of FortiClient “tunnel up”, too. */
export function tunnelBy(signs: Signs): SeenSign | undefined {
  const logged = isCutShort(signs) ? undefined : signs['event-tunnel-up'];
  const seen = signs['ike-sa-added'] ?? signs['sslvpn-address-given'] ?? signs['endpoint-tunnel-up'];
  return (seen ?? logged)?.at(-1);
}

/** The event log says that the tunnel ended seconds after it came up (domain notes on VPN logins, section 4). */
function isCutShort(signs: Signs): boolean {
  const { duration, tunneltype } = signs['event-tunnel-down']?.at(-1)?.fields ?? {};
  return tunneltype === 'ssl-tunnel' && Number(duration) <= SHORT_TUNNEL;
}

/** `username`, `http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name` */
const USER_ATTRIBUTE = /^user[ _-]?name$|(?:^|\/)(?:name|upn|emailaddress)$/i;

/**
 * The user, where the login itself has no name or FortiClient’s identifier: as sslvpn names it, in the attribute of the
 * SAML answer that is called so, or in the request to a RADIUS server.
 */
export function namedBy(signs: Signs, user: string | undefined): string | undefined {
  if (user !== undefined && !CLIENT_ID.test(user)) return user;
  const attribute = signs['saml-attribute']?.find(({ fields }) => USER_ATTRIBUTE.test(fields.name ?? ''));
  const session = (signs['portal-given'] ?? signs['local-entry'])?.at(-1);
  const sent = signs['radius-sent']?.find(({ fields }) => fields.user !== undefined);
  return attribute?.fields.value ?? session?.fields.user ?? user ?? sent?.fields.user;
}

/** The line in which the server that checks the password or assertion accepted it. */
export function saidYes(signs: Signs): SeenSign | undefined {
  // Older releases print the result of the server, and not always the code of its answer.
  const accepted =
    signs['radius-code']?.find(({ fields }) => fields.code === '2') ??
    signs['radius-result']?.find(({ fields }) => fields.code === '0');
  const local = signs['local-result']?.find(({ fields }) => fields.code === '0');
  return saidYesByLdap(signs) ?? accepted ?? local ?? signs['saml-cached']?.at(-1);
}

/** The same of an LDAP server: fnbamd reads the groups of a user after the bind of the user. */
export function saidYesByLdap(signs: Signs): SeenSign | undefined {
  // For EAP-MSCHAPv2 fnbamd reads attributes without a bind of the user.
  const states = signs['ldap-state'] ?? [];
  const byEap =
    signs['ldap-password-read'] ?? signs['eap-asked'] ?? signs['eap-local'] ?? signs['eap-method'];
  const isUnbound =
    byEap !== undefined || states.some(({ fields: { from, to } }) => from === 'DN Search' && isAfterBind(to));
  const bound = states.find(
    ({ fields: { from, to } }) =>
      (from === 'User Binding' && to !== 'Done') || (!isUnbound && (isAfterBind(from) || isAfterBind(to))),
  );
  return bound ?? signs['ldap-group']?.[0] ?? signs['ldap-accepted']?.[0];
}

/**
 * The line that ends a request to an LDAP server in one of these steps, which other requests pass. Older releases name only
 * the state that follows, so that an excerpt may lack the steps between: `State: DN Search -> Done`.
 */
export function findLdapEnd(signs: Signs, ...steps: readonly string[]): SeenSign | undefined {
  const last = signs['ldap-state']?.at(-1);
  if (!last || !/ -> Done/.test(last.quote.text) || !steps.includes(last.fields.from ?? '')) return undefined;
  return saidYes(signs) || hasPassed(signs) ? undefined : last;
}

function isLdapRefusal(signs: Signs): boolean {
  // A directory that no group is asked of also ends with the bind of the user.
  const isDenied = signs['request-result']?.at(-1)?.fields.code === '1';
  const steps = ['Admin Binding', 'DN Search', ...(isDenied ? ['User Binding'] : [])];
  return findLdapEnd(signs, ...steps) !== undefined;
}

/** fnbamd reads the groups of a user whose password the LDAP server accepted. Releases differ in capitals: `Attr query`. */
function isAfterBind(state: string | undefined): boolean {
  return state !== undefined && /^(?:attr|primary group) query$/i.test(state);
}

/** The request was refused although its server had accepted the password, and no group is known to match. */
function isDeniedAfterYes(signs: Signs): boolean {
  const yes = saidYesByLdap(signs) ?? signs['radius-code']?.find(({ fields }) => fields.code === '2');
  const result = signs['request-result']?.at(-1);
  if (!yes || result?.fields.code !== '1' || result.order < yes.order) return false;
  return !signs['group-matched'];
}

/** fnbamd’s summary of an answer without a signature. */
export function unsignedAnswer(signs: Signs): SeenSign | undefined {
  return signs['radius-digest']?.findLast(({ fields }) => fields.attribute === '1');
}

/** The answer counted. */
function hasPassed(signs: Signs): boolean {
  return [...(signs['radius-result'] ?? []), ...(signs['request-result'] ?? [])].some(
    ({ fields }) => fields.code === '0',
  );
}

/** Some server answered, so that one which did not is not the reason. */
export function hasAnswer(signs: Signs): boolean {
  return (
    (saidYes(signs) ?? signs['ldap-user-bind'] ?? signs['ldap-no-dn'] ?? signs['radius-code']) !== undefined
  );
}

/** The last word on the groups was that one matches. */
function groupMatched(signs: Signs): boolean {
  const last = (sign: SignName) => signs[sign]?.at(-1)?.order ?? -1;
  return last('group-matched') > last('group-mismatch');
}
