import { valueIfKnown } from '../facts/fact.ts';
import type { Facts } from '../facts/facts.ts';
import { PUSH_HOPS } from '../facts/hop.ts';
import type { SignName } from '../fortios/debug/login-signs.ts';
import type { Rule } from '../rules/rule.ts';
import { VPN_RULES_FROM } from '../rules/rule-code.ts';
import type { PushSender } from '../rules/shared/push-sender.ts';
import type { Judged } from './judge.ts';

/** What a login may use, and the rules about it by how their names begin. */
const TOPICS = {
  ldap: /^ldaps?-/,
  radius: /^radius-/,
  saml: /^saml-/,
  ike: /^ike-/,
  sslvpn: /^(?:ssl|portal|host-check|login-limit|source-(?:ip|address|interface)|vpn-(?:client|port))\b/,
} as const;

type Topic = keyof typeof TOPICS | 'push';

/**
 * Tells a verdict that says nothing about the question: an undecided one about push, a directory, SAML or a VPN that no
 * login of the case and no setting shows.
 */
export function unaskedIn(facts: Facts, sender: PushSender): (judged: Judged) => boolean {
  const shown = shownTopics(facts, sender);
  return ({ rule, judgement: { verdict } }) => {
    const topic = topicOf(rule);
    return (
      (verdict === 'unknown' || verdict === 'not-applicable') && topic !== undefined && !shown.has(topic)
    );
  };
}

function topicOf({ id, hop, number }: Rule): Topic | undefined {
  if (number <= VPN_RULES_FROM && PUSH_HOPS.has(hop)) return 'push';
  return (Object.keys(TOPICS) as (keyof typeof TOPICS)[]).find((topic) => TOPICS[topic].test(id));
}

function shownTopics(
  { attempts, debugLog, ikeLogins, phase1s, radiusServers, samlServers, sslPortals, sslVpn }: Facts,
  sender: PushSender,
): ReadonlySet<Topic> {
  const logins = valueIfKnown(attempts) ?? [];
  const has = (starts: RegExp) =>
    logins.some(({ trace }) => (Object.keys(trace.signs) as SignName[]).some((sign) => starts.test(sign)));
  const loaded = (kind: string) =>
    logins.some(({ trace }) => trace.signs['server-loaded']?.some(({ fields }) => fields.kind === kind));
  const uses = (vpn: 'sslvpn' | 'ike') => logins.some(({ trace }) => trace.vpn === vpn);
  const isConfigured = logins.length === 0;
  const shown: Readonly<Record<Topic, boolean>> = {
    push: sender.kind !== 'unasked',
    ldap: loaded('LDAP') || has(/^ldap-/),
    radius:
      loaded('RADIUS') ||
      has(/^radius-/) ||
      logins.some(({ milestones }) => milestones.radiusAsked !== undefined) ||
      (isConfigured && (valueIfKnown(radiusServers) ?? []).length > 0),
    saml:
      has(/^saml-/) ||
      logins.some(({ milestones }) => milestones.checkedBy?.by === 'saml') ||
      (isConfigured && (valueIfKnown(samlServers) ?? []).length > 0),
    ike:
      uses('ike') ||
      (isConfigured &&
        (ikeLogins.state === 'known' || (valueIfKnown(phase1s) ?? []).some(({ dialup }) => dialup))),
    sslvpn:
      uses('sslvpn') ||
      (isConfigured &&
        (valueIfKnown(debugLog)?.daemons.sslvpn === true ||
          sslPortals.state === 'known' ||
          (valueIfKnown(sslVpn) ?? []).some(({ enabled }) => enabled.value))),
  };
  return new Set((Object.keys(shown) as Topic[]).filter((topic) => shown[topic]));
}
