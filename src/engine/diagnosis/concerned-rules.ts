import { valueIfKnown } from '../facts/fact.ts';
import type { Facts } from '../facts/facts.ts';
import { PUSH_HOPS } from '../facts/hop.ts';
import type { SignName } from '../fortios/debug/login-signs.ts';
import type { Rule } from '../rules/rule.ts';
import type { PushSender } from '../rules/shared/push-sender.ts';
import { isIke, isRadius, unansweredClients } from '../rules/shared/vpn-port.ts';
import type { Finding } from './diagnosis.ts';
import type { Judged } from './judge.ts';

/** What a login may use, and the rules about it by how their names begin. */
const TOPICS = {
  ldap: /^ldaps?-/,
  radius: /^radius-/,
  saml: /^saml-/,
  certificate: /^login-certificate-/,
  ike: /^ike(?:v\d)?-/,
  sslvpn: /^(?:ssl|portal|host-check|login-limit|source-(?:ip|address|interface)|vpn-(?:client|port))\b/,
} as const;

/** Rules about a push that depends on a server which checks the user. */
const OF_SERVERS = /^(?:radius|fac|nas)-/;

/** `server`: one that checks users may stand behind a group; not so where every member is a local account. */
export type Topic = keyof typeof TOPICS | 'push' | 'server';

/**
 * Tells a verdict that says nothing about the question: one about push, a directory, SAML or a VPN that no
 * login of the case and no setting shows.
 */
export function matchUnasked(shown: ReadonlySet<Topic>): (judged: Judged) => boolean {
  return ({ rule, judgement: { verdict } }) => {
    const other = ruleTopics(rule).filter((topic) => !shown.has(topic));
    if (verdict === 'healthy') return other.includes('push');
    return (verdict === 'unknown' || verdict === 'not-applicable') && other.length > 0;
  };
}

/** A rule about push over IPsec has two. */
function ruleTopics({ id, hop }: Rule): readonly Topic[] {
  const topics = (Object.keys(TOPICS) as (keyof typeof TOPICS)[]).filter((topic) => TOPICS[topic].test(id));
  if (!PUSH_HOPS.has(hop)) return topics;
  if (OF_SERVERS.test(id)) return ['push', 'server'];
  return topics.includes('ike') ? ['push', 'ike'] : ['push'];
}

interface ShownPush {
  readonly sender: PushSender;
  readonly findings: readonly Finding[];
  /** Nothing in the evidence is of a push. */
  readonly isSilent: boolean;
  /** Commands that were typed. */
  readonly typed: ReadonlySet<string>;
}

/** What the logins of the case use; without a login, what its settings are about. */
export function shownTopics(
  facts: Facts,
  { sender, findings, isSilent, typed }: ShownPush,
): ReadonlySet<Topic> {
  const {
    attempts,
    debugLog,
    ikeLogins,
    ldapServers,
    phase1s,
    radiusServers,
    samlServers,
    sslPortals,
    sslVpn,
  } = facts;
  const logins = valueIfKnown(attempts) ?? [];
  const isFound = findings.some(({ hop }) => PUSH_HOPS.has(hop));
  const has = (starts: RegExp) =>
    logins.some(({ trace }) => (Object.keys(trace.signs) as SignName[]).some((sign) => starts.test(sign)));
  const loaded = (kind: string) =>
    logins.some(({ trace }) => trace.signs['server-loaded']?.some(({ fields }) => fields.kind === kind));
  const uses = (vpn: 'sslvpn' | 'ike') => logins.some(({ trace }) => trace.vpn === vpn);
  const isConfigured = logins.length === 0;
  const isTyped = (vpn: RegExp) => [...typed].some((command) => vpn.test(command));
  const isTold = (of: string) => valueIfKnown(facts.userNotices)?.some(({ kind }) => kind === of) === true;
  const packets = valueIfKnown(facts.callbackPackets)?.packets ?? [];
  const saml =
    has(/^saml-/) ||
    logins.some(({ milestones }) => milestones.checkedBy?.by === 'saml') ||
    (isConfigured && (valueIfKnown(samlServers) ?? []).length > 0);
  const shown: Readonly<Record<Topic, boolean>> = {
    push: sender.kind !== 'unasked' && sender.kind !== 'nobody' && (!isSilent || isFound),
    ldap: loaded('LDAP') || has(/^ldap-/),
    radius:
      loaded('RADIUS') ||
      has(/^radius-/) ||
      logins.some(({ milestones }) => milestones.radiusAsked !== undefined) ||
      (isConfigured &&
        ((valueIfKnown(radiusServers) ?? []).length > 0 || packets.some(({ to }) => isRadius(to.port)))),
    server: !isConfigured || !isLocalOnly(facts),
    saml,
    certificate:
      saml ||
      loaded('LDAP') ||
      has(/^ldap-|certificate|tls/) ||
      (isConfigured && (sslVpn.state === 'known' || (valueIfKnown(ldapServers) ?? []).length > 0)),
    ike:
      uses('ike') ||
      (isConfigured &&
        (ikeLogins.state === 'known' ||
          isTyped(/\bvpn (?:ike|ipsec|tunnel)\b/) ||
          isTold('ipsec-client') ||
          packets.some(({ from, to }) => isIke(from.port) || isIke(to.port)) ||
          (valueIfKnown(phase1s) ?? []).some(({ dialup }) => dialup))),
    sslvpn:
      uses('sslvpn') ||
      (isConfigured &&
        (valueIfKnown(debugLog)?.daemons.sslvpn === true ||
          isTyped(/\bvpn ssl\b/) ||
          isTold('ssl-client') ||
          unansweredClients(facts).length > 0 ||
          sslPortals.state === 'known' ||
          (valueIfKnown(sslVpn) ?? []).some(({ enabled }) => enabled.value))),
  };
  return new Set((Object.keys(shown) as Topic[]).filter((topic) => shown[topic]));
}

/** Users and groups were read, and each member is an account with a password of its own. */
function isLocalOnly({ localUsers, userGroups }: Facts): boolean {
  const users = valueIfKnown(localUsers) ?? [];
  const groups = valueIfKnown(userGroups) ?? [];
  const names = new Set(users.flatMap(({ name, type }) => (type === 'password' ? [name] : [])));
  return (
    groups.length > 0 &&
    names.size === users.length &&
    groups.every(({ members }) => members.value.length > 0 && members.value.every((name) => names.has(name)))
  );
}
