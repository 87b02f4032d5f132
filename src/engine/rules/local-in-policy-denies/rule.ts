import type { Quote } from '../../evidence/types.ts';
import type { FlowDrop } from '../../facts/attempt.ts';
import { quoteAbsence, valueIfKnown } from '../../facts/fact.ts';
import type { Facts } from '../../facts/facts.ts';
import type { LocalInPolicy } from '../../facts/network/firewall-values.ts';
import { parseIpv4 } from '../../fortios/address.ts';
import { sameVdom } from '../../fortios/vdom-name.ts';
import { broken, defineRule, healthy, undecided } from '../define-rule.ts';
import type { Fix, Judgement, RuleContext } from '../rule.ts';
import { CHANGE_BROKE_IT, LONGER_TIMER } from '../shared/answers.ts';
import { callbackPort, dropTo, flowOn } from '../shared/callback-packets.ts';
import { APPROVE_VOID } from '../shared/described-symptoms.ts';

import { nameList, upperFirst } from '../shared/logins.ts';
import { coversPort } from '../shared/service-ports.ts';
import { isIke, ownAddressTest } from '../shared/vpn-port.ts';
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
  disturbs: 'nobody',
  place: 'on the FortiGate, whose local-in policy drops the connection',
  answers: [
    [CHANGE_BROKE_IT, 'Yes, if the local-in policies were part of it: one of them drops these packets.'],
    LONGER_TIMER,
    // `do I have to let the whole world in?`
    [
      /\b(?:whole world|whole internet|everywhere|ganze Welt|monde entier|todo el mundo|tutto il mondo|mundo todo|hele wereld)\b/i,
      'A policy above it that accepts only this port is enough; the block stays for all else.',
    ],
    [
      /(?<!\p{L})(?:(?:delet|remov|disabl)\p{L}+|switch off|löschen|entfernen|abschalten|deaktivieren|supprimer|enlever|quitar\p{L}*|borrar\p{L}*|toglier\p{L}*|eliminar\p{L}*|remover|tirar|verwijderen)(?!\p{L})/iu,
      'Without this policy all that it guards is open; a policy above it that accepts this port is enough.',
    ],
    ['side-effect', 'The change opens only this port, to the sources that the new policy names.'],
    ['who', 'The policy concerns every source address that it names, whoever the user is.'],
    ['duration', 'A changed local-in policy works at once, for new connections.'],
    [
      'elsewhere',
      'The policy judges the source address: connections from addresses that it does not name get through.',
    ],
    ['verify', 'The flow debug shows it: it names the number of the policy that drops the packet.'],
    [
      'own-change',
      'A local-in policy that denies countries or addresses stops phones and clients from there, too.',
    ],
    ['where', 'Local-in policies are in `config firewall local-in-policy`, where the order counts.'],
    ['choice', 'A policy above it that accepts this port is enough; the policy that denies can stay.'],
    [
      'prevent',
      'A policy that accepts the push or VPN port belongs above those that deny countries or addresses.',
    ],
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
  wants: [
    'flowDrops',
    'localInPolicies',
    'hostLookups',
    'sslVpn',
    'phase1s',
    'userNotices',
    'described',
    ...ARRIVAL_FACTS,
  ],
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
    if (refused) return shownForVpn(refused, policies, arrival, facts, context);
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

type VpnFacts = Pick<
  Facts,
  | 'flowDrops'
  | 'sslVpn'
  | 'phase1s'
  | 'interfaces'
  | 'liveAddresses'
  | 'pushService'
  | 'userNotices'
  | 'described'
>;

/** Clients whose packets to the port of a VPN of this FortiGate were dropped: none of them gets as far as the login. */
interface RefusedClients {
  /** The one that a person names, else the first. */
  readonly drop: FlowDrop;
  /** Addresses of the others. */
  readonly others: readonly string[];
}

function droppedFromVpn(facts: VpnFacts): RefusedClients | undefined {
  const listening = valueIfKnown(facts.sslVpn)?.filter(({ enabled }) => enabled.value);
  // Beside the settings of push the question is about the port of push.
  const usual = facts.pushService.state === 'known' ? [] : [USUAL_PORT];
  const ports = listening?.map(({ port }) => port.value) ?? usual;
  // Where a client reaches no VPN, the drops of its debug flow are about the VPN.
  const said = saysUnreachable(facts.userNotices);
  const isAsked = !listening && usual.length > 0 && said;
  const isOwn = ownAddressTest(facts);
  const drops = (valueIfKnown(facts.flowDrops) ?? []).filter(
    ({ policy, destination: to }) =>
      policy > 0 &&
      to !== undefined &&
      (ports.includes(to.port) || isIke(to.port) || (isAsked && !MANAGEMENT_PORTS.has(to.port))) &&
      isOwn(to.address),
  );
  const texts = (valueIfKnown(facts.described) ?? []).map(({ text }) => text.split(/[\s,;()]+/));
  const isNamed = ({ source }: FlowDrop) =>
    source !== undefined && texts.some((words) => words.includes(source));
  const drop = drops.find(isNamed) ?? drops[0];
  if (!drop) return undefined;
  const sources = isNamed(drop) ? [] : drops.flatMap(({ source }) => source ?? []);
  const others = [...new Set(sources)].filter((each) => each !== drop.source);
  // Strangers try the ports of an address all day.
  return others.length === 0 || said ? { drop, others } : undefined;
}

function shownForVpn(
  { drop, others }: RefusedClients,
  policies: readonly LocalInPolicy[] | undefined,
  arrival: Arrival,
  { sslVpn, phase1s, userNotices }: VpnFacts,
  context: RuleContext,
): Judgement {
  const port = drop.destination?.port ?? USUAL_PORT;
  const isIpsec = isIke(port);
  const at = `${isIpsec ? 'UDP' : 'TCP'} ${port}`;
  const isShown = isIpsec
    ? valueIfKnown(phase1s)?.some(({ dialup }) => dialup) === true
    : sslVpn.state === 'known';
  const said = isShown && others.length === 0 ? undefined : saysUnreachable(userNotices);
  const isUsual = port === USUAL_PORT || isIpsec;
  const policy = policies?.find(({ id }) => id === String(drop.policy));
  const client = drop.source ?? 'the client';
  const names = policy === undefined ? '' : nameList(policy.sources);
  const isNegated = policy?.negated.includes('sources') ?? false;
  const held = isNegated ? `all but ${names}` : names;
  const who = `${client}${others.length === 0 ? '' : ` and ${others.length} more`}${drop.country === undefined ? '' : ` (${drop.country})`}`;
  const what = `Local-in policy ${drop.policy}${policy ? ` (${held})` : ''} drops ${who}`;
  const usual = isIpsec ? ', a port of IPsec' : isUsual ? ', the usual port of SSL VPN' : '';
  const place = policy ? names : 'the sources of that policy';
  const other = isNegated
    ? `add the address to ${place}, which that policy does not drop`
    : `take ${drop.country ?? 'the address'} out of ${place}`;
  // A person’s words do not tell which port the VPN has.
  const confidence = isShown ? 'certain' : said && isUsual ? 'likely' : 'possible';
  return broken(others.length === 0 ? confidence : 'possible', {
    hop: 'connection',
    title: isShown ? `${what}, which connects to the VPN (${at})` : `${what} at ${at}${usual}`,
    summary: `The connection of ${client} arrived, and FortiOS dropped it by local-in policy ${drop.policy}${policy ? `, which drops connections from ${held}` : ''}. ${
      isShown || isIpsec ? 'The' : `Where SSL VPN listens is not in the evidence; if it is ${at}, the`
    } client ${isIpsec ? 'gets no answer' : 'stops at 10 % and says that the server may be unreachable'}.`,
    evidence: [...drop.quotes, ...(policy?.quotes ?? []), ...(said ? [said] : [])],
    fix: admit(drop, others.length === 0, other, () =>
      acceptAbove(String(drop.policy), policy, arrival, policies, context, drop.interface, {
        port,
        source: client,
      }),
    ),
  });
}

/** Lines for one address; words where the packets are of several, or where the address is not shown. */
function admit({ source, policy }: FlowDrop, isOne: boolean, other: string, lines: () => Fix): Fix | string {
  const again =
    'The next network of a traveller has another address, and a policy by country often has an address of a mobile network in the wrong country.';
  if (!isOne || source === undefined || parseIpv4(source) === undefined)
    return `Decide whether ${source ?? 'the client'} may connect. If so, place a local-in policy that accepts this address for the port of the VPN above policy ${policy}, or ${other}. ${again}`;
  const fix = lines();
  return {
    ...fix,
    before: `First decide whether ${source} may connect; or ${other} instead.`,
    note: `${fix.note ?? ''} ${again}`.trim(),
  };
}

function shownByFlow(
  drop: FlowDrop,
  arrival: Arrival,
  policies: readonly LocalInPolicy[] | undefined,
  context: RuleContext,
): Judgement {
  const policy = policies?.find(({ id, vdom }) => id === String(drop.policy) && sameVdom(vdom, drop.vdom));
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
    fix: acceptAbove(String(drop.policy), policy, arrival, policies, context, drop.interface),
    explains: ['callback-not-accepted'],
  });
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
