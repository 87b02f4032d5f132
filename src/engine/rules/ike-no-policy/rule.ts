import type { Quote } from '../../evidence/types.ts';
import { statedQuote } from '../../facts/described/described.ts';
import type { Phase1 } from '../../facts/device/settings.ts';
import { quoteAbsence, valueIfKnown } from '../../facts/fact.ts';
import type { Facts } from '../../facts/facts.ts';
import { MAY_LEAVE_OUT } from '../../facts/network/firewall-policies.ts';
import type { FirewallPolicy } from '../../facts/network/firewall-values.ts';
import { formatIpv4Range, parseIpv4Range } from '../../fortios/ipv4-ranges.ts';
import { broken, defineRule, notApplicable, undecided } from '../define-rule.ts';
import type { Instead, Judgement, RuleContext } from '../rule.ts';
import { ALL_POLICIES, POLICIES_REMOVED } from '../shared/described-symptoms.ts';
import { disabledText, enablePolicies, quoteValue } from '../shared/fix.ts';
import { gotFurther, tunnelNames } from '../shared/ike-logins.ts';
import { nameList } from '../shared/logins.ts';
import { isPolicyTableWhole } from '../shared/vpn-access.ts';
import { countOfLogins, failedWith, listQuotes } from '../shared/vpn-logins.ts';

export const rule = defineRule({
  id: 'ike-no-policy',
  title: 'No firewall policy uses the dial-up tunnel',
  severity: 'critical',
  hop: 'connection',
  number: 149,
  forCustomer: 'the firewall has no rule that lets this connection through',
  disturbs: 'nobody',
  place: 'on the FortiGate, which has no enabled firewall policy for the tunnel',
  stops: 'every client of this tunnel',
  answers: [
    [
      /\b(?:any|all)\b.{0,8}\b(?:any|all)\b|allow all/i,
      'The policy should name only the networks and services that these users need.',
    ],
    // `Do I need to change the proposals?`
    [
      /\b(?:proposals?|DH|dhgrp|PSK|pre-?shared|encryption|Verschlüsselung)\b/i,
      'Proposals and pre-shared key stay as they are: FortiOS does not compare them before a firewall policy uses the tunnel.',
    ],
    [
      'side-effect',
      'The policy opens what it names to its groups, or without a group to everybody in the tunnel.',
    ],
    ['duration', 'A new policy works at once, from the next try of the client on.'],
    [
      'where',
      'The policy has the interface of the tunnel as the incoming one, and the networks of the users as destination.',
    ],
    ['verify', 'The next try of a client shows it: `no policy configured` does not come back.'],
    ['elsewhere', 'A tunnel with a policy answers; this one has none that is enabled.'],
    ['own-change', 'A policy that was deleted or disabled takes the answer from its tunnel.'],
    ['choice', 'One enabled policy from the tunnel is enough; the tunnel itself stays.'],
    ['prevent', 'A new dial-up tunnel needs its firewall policy from the beginning.'],
    // `does the destination matter?`
    [
      /(?<!\p{L})(?:destination|dstaddr|Ziel\p{L}*|destino|destinazione|bestemming)(?!\p{L})/iu,
      'Any enabled policy from the tunnel lets FortiOS answer; its destination only says what the users reach.',
    ],
  ],
  loginReasons: { 'no-policy': 'no policy for the tunnel' },
  descriptions: [
    {
      all: ['ipsec', 'noPolicy'],
      or: [
        ['ipsec|tunnel', 'rule usesInterface not'],
        ['tunnel usesInterface not', 'rule', 'ipsec'],
      ],
      also: ['noPolicy', 'tunnel usesInterface', 'all|fails', 'new|changed'],
      not: ['approval !not !saml', 'request phone', 'authGroup', 'radiusServer', 'ssoButton'],
      title: 'No firewall policy uses the dial-up tunnel, so the FortiGate does not answer it',
      fix: 'Look under “Policy & Objects > Firewall Policy” for an enabled policy with the tunnel as incoming interface (`show firewall policy | grep -f TUNNEL` with its name). Without one the FortiGate ignores the negotiation. Create it with the networks and groups that the users need, and connect again.',
    },
  ],
  needs: [],
  wants: ['attempts', 'phase1s', 'firewallPolicies', 'disabledPolicies', 'zones', 'addresses', 'described'],
  references: ['KB339644'],
  check({ attempts, ...facts }, context) {
    const logins = valueIfKnown(attempts) ?? [];
    const shown = failedWith(logins, context, 'no-policy');
    if (shown.length === 0) {
      return logins.length > 0
        ? gotFurther(logins, ['gateway-matched'], 'the tunnel took the request')
        : byConfiguration(facts, context);
    }
    const tunnel = tunnelNames(shown);
    const disabled = findDisabled(
      shown.flatMap(({ login: { trace } }) => trace.gateway ?? onlyDialup(facts)),
      facts,
    );
    const removed = statedQuote(POLICIES_REMOVED, facts.described);
    return broken('certain', {
      title: titleFor(tunnel, disabled),
      summary: `${countOfLogins(
        shown.map(({ login }) => login),
        logins,
      )} ended at the first message: FortiOS ignores requests for a tunnel that no enabled firewall policy uses.`,
      evidence: [
        ...listQuotes(shown),
        ...disabled.flatMap(({ status }) => status.quotes),
        ...(removed ? [removed] : []),
      ],
      fix: disabled.length > 0 ? enablePolicies(context, disabled) : createPolicy(tunnel, 'log', removed),
      explains: ['ike-proposal-mismatch'],
    });
  },
});

type Read = Pick<
  Facts,
  'phase1s' | 'firewallPolicies' | 'disabledPolicies' | 'zones' | 'addresses' | 'described'
>;

/** Policies from these tunnels, or from a zone that holds one, which are disabled. */
function findDisabled(tunnels: readonly string[], { disabledPolicies, zones }: Omit<Read, 'phase1s'>) {
  const inZones = (valueIfKnown(zones) ?? [])
    .filter(({ interfaces }) => interfaces.some((name) => tunnels.includes(name)))
    .map(({ name }) => name);
  const sources = new Set([...tunnels, ...inZones]);
  return (valueIfKnown(disabledPolicies) ?? []).filter(({ from }) => from.some((name) => sources.has(name)));
}

/** Older releases do not print which tunnel a request was for: it is the only one, or not known. */
function onlyDialup({ phase1s }: Read): readonly string[] {
  const names = (valueIfKnown(phase1s) ?? []).flatMap(({ name, dialup }) => (dialup ? [name] : []));
  return names.length === 1 ? names : [];
}

function titleFor(tunnel: string, disabled: readonly FirewallPolicy[]): string {
  const what = disabled.length === 0 ? `No firewall policy uses ${tunnel}` : disabledText(disabled, tunnel);
  return `${what}, so the FortiGate refuses its clients`;
}

function byConfiguration(facts: Read, context: RuleContext): Judgement {
  const { phase1s, firewallPolicies, zones } = facts;
  const dialups = (valueIfKnown(phase1s) ?? []).filter(({ dialup }) => dialup);
  if (dialups.length === 0) return notApplicable('no dial-up tunnel is in the evidence', ['phase1s']);
  const policies = valueIfKnown(firewallPolicies) ?? [];
  const used = new Set(policies.flatMap(({ from, to }) => [...from, ...to]));
  const inZones = (valueIfKnown(zones) ?? [])
    .filter(({ name }) => used.has(name))
    .flatMap(({ interfaces }) => interfaces);
  const isUsed = ({ name }: Phase1) => used.has(name) || used.has('any') || inZones.includes(name);
  const without = dialups.filter((each) => !isUsed(each));
  // Dial-up tunnels without users are those of branches.
  const isOfUsers = dialups.every(({ userGroup, eap }) => userGroup !== undefined || eap.value);
  // Policies of another VPN show that its users log in there: this tunnel may wait to be used.
  const serveOthers = policies.some(({ from }) => from.some((name) => name.startsWith('ssl.')));
  const isListed = firewallPolicies.state === 'known' && firewallPolicies.partial === MAY_LEAVE_OUT;
  const isShown = isListed || isPolicyTableWhole(firewallPolicies);
  if (without.length < dialups.length || serveOthers || !isShown || !isOfUsers) {
    return undecided({
      reason: 'the evidence does not show that a firewall policy uses no dial-up tunnel',
      need: 'the firewall policies',
      commands: ['policies'],
      allowsHealthyCase: true,
    });
  }
  const names = nameList(without.map(({ name }) => name));
  const disabled = findDisabled(
    without.map(({ name }) => name),
    facts,
  );
  const said = isListed ? statedQuote(ALL_POLICIES, facts.described) : undefined;
  return broken(isListed && !said ? 'possible' : 'likely', {
    title: titleFor(names, disabled),
    summary: `FortiOS ignores requests for a tunnel that no enabled firewall policy uses, and ${disabled.length === 0 ? 'no policy' : 'no other policy'} names ${names} or a zone that holds it. The clients get no answer.`,
    evidence: [
      ...disabled.flatMap(({ status }) => status.quotes),
      ...quoteAbsence(firewallPolicies),
      ...(said ? [said] : []),
      ...without.flatMap(({ interface: port }) => port.quotes),
    ],
    fix:
      disabled.length > 0
        ? enablePolicies(context, disabled)
        : createPolicy(names, 'configuration', undefined, findPool(without, facts)),
  });
}

interface Pool {
  readonly name: string | undefined;
  readonly text: string;
}

/** The address object of the clients of one tunnel, by its name, else their range. */
function findPool(tunnels: readonly Phase1[], { addresses }: Pick<Facts, 'addresses'>): Pool | undefined {
  const [tunnel, another] = tunnels;
  const range =
    another === undefined && tunnel ? `${tunnel.firstAddress.value}-${tunnel.lastAddress.value}` : '-';
  const pool = parseIpv4Range(range);
  if (!pool) return undefined;
  const written = formatIpv4Range(pool);
  const object = (valueIfKnown(addresses) ?? []).find(
    (each) => each.range && formatIpv4Range(each.range) === written,
  );
  return { name: object?.name, text: object ? `\`${object.name}\` (${written})` : written };
}

function createPolicy(
  tunnel: string,
  silent: string,
  removed?: Quote,
  pool: Pool = { name: undefined, text: 'the network of the clients' },
): Instead | string {
  if (removed) {
    return {
      todo: `Put back the policy with ${tunnel} as incoming interface, which was most likely removed with the others (line ${removed.line}): take it from the configuration revision or backup of the time before. Then let one user log in.`,
      asksForLogin: true,
    };
  }
  return `Create a firewall policy for ${tunnel}: \`config firewall policy\`, \`edit 0\`, \`set name ${quoteValue(`users of ${tunnel}`)}\`, \`set srcintf ${quoteValue(tunnel)}\`, \`set dstintf "<inner-interface>"\`, \`set srcaddr ${quoteValue(pool.name ?? '<clients>')}\`, \`set dstaddr "<servers>"\`, \`set action accept\`, \`set schedule "always"\`, \`set service "ALL"\`, \`next\`, \`end\`. The clients (\`srcaddr\`) are ${pool.text}; what the users may reach the ${silent} does not show.`;
}
