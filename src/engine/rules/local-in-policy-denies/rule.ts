import type { Quote } from '../../evidence/types.ts';
import type { FlowDrop } from '../../facts/attempt.ts';
import { quoteAbsence, valueIfKnown } from '../../facts/fact.ts';
import type { Facts } from '../../facts/facts.ts';
import type { LocalInPolicy } from '../../facts/network/firewall-values.ts';
import { broken, defineRule, healthy, undecided } from '../define-rule.ts';
import type { Judgement, RuleContext } from '../rule.ts';
import { callbackPort, dropTo, flowOn } from '../shared/callback-packets.ts';
import { APPROVE_VOID } from '../shared/described-symptoms.ts';

import { nameList, upperFirst } from '../shared/logins.ts';
import { coversPort } from '../shared/service-ports.ts';
import { ownAddressTest } from '../shared/vpn-port.ts';
import { acceptAbove } from './accept-above.ts';
import { ARRIVAL_FACTS, type Arrival, findArrival } from './arrival.ts';
import { judgePolicies, type PolicyOutcome } from './judge-policies.ts';

export const rule = defineRule({
  id: 'local-in-policy-denies',
  title: 'A local-in policy drops the phone’s answer or the VPN client',
  severity: 'critical',
  hop: 'callback',
  number: 19,
  aliases: ['V03'],
  forCustomer: 'a rule of the firewall refuses connections that the login needs',
  place: 'on the FortiGate, whose local-in policy drops the connection',
  answers: [
    [
      /\b(?:delete|remove|disable|switch off|löschen|entfernen|abschalten|deaktivieren)\b.{0,40}\b(?:polic|geo)/i,
      'Without this policy all that it guards is open; a policy above it that accepts this port is enough.',
    ],
    [
      'risk',
      'The change ends no session and opens only this port, to the sources that the new policy names.',
    ],
    ['who', 'The policy concerns every source address that it names, whoever the user is.'],
  ],
  // Local-in policies are evaluated before the listeners.
  pushPortOwner: { service: 'local-in-policy', precedence: 2 },
  descriptions: [
    {
      all: ['localIn', 'approve|request|pushPort'],
      or: [['policyDrop drops', 'approve|request|pushPort']],
      also: [APPROVE_VOID, 'localIn drops|blocked', 'ftm works|accessList|on !not', 'policyDrop drops'],
      title: 'A local-in policy of the FortiGate drops the phone’s answer',
      fix: 'Look with `show firewall local-in-policy` for a policy that denies what comes to the WAN address; the number behind `check failed on policy` is its id. Put a policy above it that accepts TCP 4433, or the `server-port` in use, from all addresses. `allowaccess` alone does not help, because local-in policies are asked first.',
    },
    {
      all: [
        'localIn',
        'abroad|allowedHosts|sslvpn|client|all|foreignNet',
        'not|fails|drops|blocked|unanswered|tenPercent',
      ],
      or: [['localIn', 'allowedHosts', 'only|changed|newUser']],
      also: ['allowedHosts', 'tenPercent', 'others works', 'only'],
      not: ['approve|request', 'proposal', 'psk'],
      title: 'A local-in policy of the FortiGate drops the clients’ connections',
      fix: 'Look with `show firewall local-in-policy` for a policy that denies what comes to the WAN address from the countries or networks of these users. Put a policy above it that accepts the port of the VPN from them. Do not remove the policy: it guards the FortiGate.',
    },
  ],
  needs: [],
  wants: ['flowDrops', 'localInPolicies', 'hostLookups', 'sslVpn', 'userNotices', ...ARRIVAL_FACTS],
  references: ['KB366248', 'KB369617'],
  undecidedIsNotHealthy: true,
  refutedByPassing: 'callback',
  check(facts, context) {
    const port = callbackPort(facts.pushService);
    const drop = dropTo(facts.flowDrops, port, facts, (policy) => policy > 0);
    const policies = valueIfKnown(facts.localInPolicies);
    const arrival = findArrival(facts, port, context);
    if (drop) return shownByFlow(drop, arrival, policies, context);
    const refused = droppedFromVpn(facts);
    if (refused) return shownForVpn(refused, policies, facts);
    if (!policies) {
      const reason = facts.localInPolicies.state === 'known' ? '' : facts.localInPolicies.reason;
      return undecided({ reason, need: 'the local-in policies', commands: ['local-in-policies'] });
    }
    const outcome = judgePolicies(policies, arrival);
    if (outcome.kind === 'denied') return shownByConfiguration(outcome, arrival, policies, context);
    if (outcome.kind === 'doubtful') {
      return undecided({
        reason: `local-in policy ${outcome.policy.id} ${outcome.why}`,
        need: `a debug flow of one callback: ${flowOn(port)}`,
        commands: outcome.commands,
      });
    }
    const few = outcome.refusingFew.map(({ id, sources }) => `policy ${id} (${nameList(sources)})`);
    return healthy(
      `no local-in policy denies TCP ${port} to ${
        few.length === 0
          ? 'every phone'
          : `phones in general; only few addresses are denied, by ${few.join(', ')}`
      }`,
      [...outcome.refusingFew.flatMap((each) => each.quotes), ...quoteAbsence(facts.localInPolicies)],
    );
  },
});

/** The port that documentation suggests for SSL VPN. 443, the default, may be the admin page’s. */
const USUAL_PORT = 10_443;

/** SSH, Telnet, HTTP, BGP and the FortiManager’s. */
const MANAGEMENT_PORTS: ReadonlySet<number> = new Set([22, 23, 80, 179, 541]);

function saysUnreachable(userNotices: Facts['userNotices']): Quote | undefined {
  return valueIfKnown(userNotices)?.find(({ kind }) => kind === 'unreachable')?.quote;
}

/** A drop of a packet to the port of SSL VPN of this FortiGate: no client gets as far as the login. */
function droppedFromVpn(
  facts: Pick<Facts, 'flowDrops' | 'sslVpn' | 'interfaces' | 'liveAddresses' | 'pushService' | 'userNotices'>,
) {
  const listening = valueIfKnown(facts.sslVpn)?.filter(({ enabled }) => enabled.value);
  // Beside the settings of push the question is about the port of push.
  const usual = facts.pushService.state === 'known' ? [] : [USUAL_PORT];
  const ports = listening?.map(({ port }) => port.value) ?? usual;
  // Where a client reaches no VPN, the drops of its debug flow are about the VPN.
  const isAsked = !listening && usual.length > 0 && saysUnreachable(facts.userNotices);
  const isOwn = ownAddressTest(facts);
  return valueIfKnown(facts.flowDrops)?.find(
    ({ policy, destination: to }) =>
      policy > 0 &&
      to !== undefined &&
      (ports.includes(to.port) || (isAsked && !MANAGEMENT_PORTS.has(to.port))) &&
      isOwn(to.address),
  );
}

function shownForVpn(
  drop: FlowDrop,
  policies: readonly LocalInPolicy[] | undefined,
  { sslVpn, userNotices }: Pick<Facts, 'sslVpn' | 'userNotices'>,
): Judgement {
  const isShown = sslVpn.state === 'known';
  const said = isShown ? undefined : saysUnreachable(userNotices);
  const port = drop.destination?.port;
  const isUsual = port === USUAL_PORT;
  const policy = policies?.find(({ id }) => id === String(drop.policy));
  const client = drop.source ?? 'the client';
  const names = policy === undefined ? '' : nameList(policy.sources);
  const isNegated = policy?.negated.includes('sources') ?? false;
  const sources = policy && `, which drops connections from ${isNegated ? `all but ${names}` : names}`;
  // A person’s words do not tell which port the VPN has.
  return broken(isShown ? 'certain' : said && isUsual ? 'likely' : 'possible', {
    hop: 'connection',
    title: isShown
      ? `Local-in policy ${drop.policy} drops ${client}, which connects to the VPN (TCP ${port})`
      : `Local-in policy ${drop.policy} drops ${client} at TCP ${port}${isUsual ? ', the usual port of SSL VPN' : ''}`,
    summary: `The connection of ${client} arrived, and FortiOS dropped it by local-in policy ${drop.policy}${sources ?? ''}. ${
      isShown ? 'The' : `Where SSL VPN listens is not in the evidence; if it is TCP ${port}, the`
    } client stops at 10 % and says that the server may be unreachable.`,
    evidence: [...drop.quotes, ...(policy?.quotes ?? []), ...(said ? [said] : [])],
    fix: `Decide whether ${client} may connect. If so, place a local-in policy that accepts this address for TCP ${port} above policy ${drop.policy}, or ${isNegated ? `add the address to ${names}, which that policy does not drop` : `take the address out of that policy’s sources${policy ? ` (${names})` : ''}`}. A policy by country often has an address of a mobile network in the wrong country.`,
  });
}

function shownByFlow(
  drop: FlowDrop,
  arrival: Arrival,
  policies: readonly LocalInPolicy[] | undefined,
  context: RuleContext,
): Judgement {
  const policy = policies?.find(
    ({ id, vdom }) =>
      id === String(drop.policy) && (vdom === undefined || drop.vdom === undefined || vdom === drop.vdom),
  );
  const above = policy && policies ? acceptingAbove(policy, arrival, policies) : [];
  const accepted = [...new Set(above.flatMap(({ sources }) => sources))];
  const only =
    above.length === 0
      ? ''
      : `policy ${nameList(above.map(({ id }) => id))} above it accepts only ${nameList(accepted)}`;
  return broken(drop.destination ? 'certain' : 'likely', {
    title: `Local-in policy ${drop.policy} drops the phone’s answer${only === '' ? '' : `: ${only}`}`,
    summary: `${
      drop.destination
        ? `The phone’s connection to TCP ${arrival.port} arrived, and FortiOS dropped it`
        : `A packet, probably the phone’s connection to TCP ${arrival.port}, was dropped`
    } by local-in policy ${drop.policy}. ${
      only === ''
        ? ''
        : `${upperFirst(only)}${drop.source === undefined ? '' : `, which does not hold ${drop.source}`}; an answer from there gets in. `
    }The user sees Approve do nothing, and the login times out.`,
    evidence: [...drop.quotes, ...(policy?.quotes ?? []), ...above.flatMap(({ quotes }) => quotes)],
    fix: acceptAbove(String(drop.policy), policy, arrival, policies, context, arrivedOn(drop)),
    explains: ['callback-not-accepted'],
  });
}

/** `… received a packet(proto=6, 203.0.113.55:51522->198.51.100.10:4433) tun_id=0.0.0.0 from wan1. flag [S], …` */
function arrivedOn({ quotes }: FlowDrop): string | undefined {
  const names = quotes.flatMap(({ text }) => / from ([\w.-]{1,35})\. flag \[/.exec(text)?.[1] ?? []);
  return names[0];
}

/** Policies above that accept the port on the same interfaces from some addresses: the dropped packet passed them. */
function acceptingAbove(
  policy: LocalInPolicy,
  { port, services }: Arrival,
  policies: readonly LocalInPolicy[],
): readonly LocalInPolicy[] {
  const isOn = ({ interfaces }: LocalInPolicy) =>
    interfaces.some((name) => name === 'any' || policy.interfaces.includes(name)) ||
    policy.interfaces.includes('any');
  return policies
    .slice(0, policies.indexOf(policy))
    .filter(
      (each) =>
        each.enabled &&
        each.action.value === 'accept' &&
        each.vdom === policy.vdom &&
        each.negated.length === 0 &&
        !each.otherSources &&
        !each.sources.includes('all') &&
        isOn(each) &&
        coversPort(each.services, port, each.vdom, services) === 'yes',
    );
}

function shownByConfiguration(
  { policy, except, outOfTime }: Extract<PolicyOutcome, { kind: 'denied' }>,
  arrival: Arrival,
  policies: readonly LocalInPolicy[],
  context: RuleContext,
): Judgement {
  const { id, services, negated, interfaces, sources } = policy;
  const what = `${negated.includes('services') ? 'everything but ' : ''}${nameList(services)}`;
  const from = negated.includes('sources') ? `every source but ${nameList(sources)}` : 'every source';
  const accepted = [...new Set(except.flatMap((each) => each.sources))];
  const above =
    accepted.length === 0
      ? `no policy above it accepts TCP ${arrival.port}`
      : `the policies above it accept TCP ${arrival.port} from ${nameList(accepted)} only. A phone on a mobile network has another address`;
  const [lapsed] = outOfTime;
  const time = lapsed
    ? ` Policy ${lapsed.id} would accept it, but its schedule \`${lapsed.schedule.value}\` does not apply at the time of the reading.`
    : '';
  return broken('likely', {
    title:
      accepted.length === 0
        ? `Local-in policy ${id} drops the phone’s answer${lapsed ? `: schedule \`${lapsed.schedule.value}\` of policy ${lapsed.id} does not apply now` : ''}`
        : `Local-in policy ${id} drops the phone’s answer unless it comes from ${nameList(accepted)}`,
    summary: `Policy ${id} denies ${what} from ${from} on ${nameList(interfaces)}, and ${above}. The phone’s answer is dropped there.${time}`,
    evidence: [...policy.quotes, ...[...outOfTime, ...except].flatMap((each) => each.quotes)],
    fix: acceptAbove(id, policy, arrival, policies, context),
    explains: ['callback-not-accepted'],
  });
}
