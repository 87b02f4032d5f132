import { valueIfKnown } from '../../facts/fact.ts';
import type { Facts } from '../../facts/facts.ts';
import { broken, defineRule, healthy, undecided } from '../define-rule.ts';
import type { Healthy, RuleContext } from '../rule.ts';
import { LONGER_TIMER } from '../shared/answers.ts';
import { listDefaultRoutes, listExits, pushVdom } from '../shared/default-route.ts';
import { NO_PUSH } from '../shared/described-symptoms.ts';

import { loginsInQuestion, nameList } from '../shared/logins.ts';
import { holdsPublicAddress, listAddresses } from '../shared/wan-interfaces.ts';

/** Port of push.fortinet.com. */
const HTTPS = 443;

const ADVICE =
  '`system ftm-push` has no setting for source address or outgoing interface (`interface`, from 7.6.4 on, is where the answer arrives). Give the management VDOM a route to push.fortinet.com through an interface whose address can reach the Internet, or translate the source address in front.';

export const rule = defineRule({
  id: 'push-egress-unsuitable',
  title: 'The push request leaves by an interface or address without Internet access',
  severity: 'high',
  hop: 'push-request',
  number: 29,
  forCustomer: 'the firewall uses an unsuitable line to the service that sends requests to phones',
  disturbs: 'nobody: only push',
  place: 'on the FortiGate, whose pushes leave with an unsuitable source address',
  stops: 'every user with push',
  answers: [
    LONGER_TIMER,
    [
      'change',
      'The route of the management VDOM has to be changed, unless a device in front translates the address.',
    ],
    [
      ['which-setting', 'where'],
      '`ftm-push` has no source address of its own: the routes of the management VDOM decide.',
    ],
    [
      'elsewhere',
      'Traffic of users leaves by policies and NAT of its own; pushes come from the FortiGate itself.',
    ],
    ['verify', 'A sniffer on TCP 443 shows the interface and the source address with which the push leaves.'],
    ['own-change', 'A new route, line or SD-WAN rule can send pushes out by another interface.'],
    ['prevent', 'A new route or line needs a test push: pushes follow the routes of the management VDOM.'],
  ],
  descriptions: [
    {
      all: ['leaves unsuitableExit', 'pushHost|port443|request|phone', NO_PUSH],
      or: [
        ['unsuitableExit privateAddress|noReply|leaves', NO_PUSH],
        ['leaves unsuitableExit', 'pushHost|port443'],
      ],
      also: ['pushHost|port443', 'noReply'],
      title: 'The push request leaves by a line or with an address that has no way to the Internet',
      fix: "Look with `diagnose sniffer packet any 'port 443' 4` while a user logs in by which interface the request to push.fortinet.com leaves, and with which source. Push has no setting for that: give the line with Internet the best route to push.fortinet.com, or translate the source address there. Policies for users do not count for the FortiGate’s own traffic.",
    },
  ],
  needs: [],
  wants: [
    'attempts',
    'debugLog',
    'callbackPackets',
    'interfaces',
    'liveAddresses',
    'pushEvents',
    'pushServerLookup',
    'defaultRoutes',
    'global',
  ],
  references: ['SCHEMA'],
  check(facts, context) {
    const { attempts, debugLog, callbackPackets, interfaces, liveAddresses, pushEvents, pushServerLookup } =
      facts;
    const logins = valueIfKnown(attempts) ?? [];
    const sent =
      logins.findLast(({ milestones }) => milestones.pushSent)?.milestones.pushSent?.quote ??
      valueIfKnown(debugLog)?.unclaimedPushes?.[0]?.quote ??
      valueIfKnown(pushEvents)?.findLast((each) => each.sent)?.quotes[0];
    if (sent) {
      return healthy('a push request got through', [sent], ['attempts', 'debugLog', 'pushEvents']);
    }

    const lookup = valueIfKnown(pushServerLookup);
    const replied = lookup?.resolved ? lookup.replied : undefined;

    const connect = loginsInQuestion(logins, context).find(({ milestones }) => milestones.pushConnect)
      ?.milestones.pushConnect;
    const packets = valueIfKnown(callbackPackets)?.packets ?? [];
    const towards = packets.filter(({ to }) => to.port === HTTPS && to.address === connect?.address);
    const answered = packets.some(({ from }) => from.port === HTTPS && from.address === connect?.address);
    const live = valueIfKnown(liveAddresses);
    const all = valueIfKnown(interfaces) ?? [];
    const odd = towards.find(({ from, interface: name, direction, flags }) => {
      const on = all.find((each) => each.name === name);
      return (
        direction === 'out' &&
        flags.includes('syn') &&
        on !== undefined &&
        holdsPublicAddress(on, live) &&
        !listAddresses(on, live).includes(from.address)
      );
    });
    if (connect && odd && !answered) {
      return broken('possible', {
        title: `Pushes leave through ${odd.interface} with source address ${odd.from.address} and get no reply`,
        summary: `The FortiGate connects to the push server ${connect.address} through ${odd.interface}, but with source address ${odd.from.address}, which is not an address of that interface. No reply came. This is correct if a device in front translates that address.`,
        evidence: [...odd.quotes, connect.quote],
        fix: ADVICE,
        explains: ['push-proxy-unreachable', 'cloud-communication-disabled'],
      });
    }
    if (replied && !connect) {
      return healthy('push.fortinet.com answers a ping of this FortiGate', [replied], ['pushServerLookup']);
    }
    const route = judgeRoute(facts, context);
    // A connection without a reply is not healthy, whatever the routes are.
    if (route.verdict === 'healthy' && !connect) return route;
    return undecided({
      reason: route.verdict === 'healthy' ? NOT_SHOWN : route.reason,
      need: `a capture of one push: \`diagnose sniffer packet any 'host ${connect?.address ?? '<push-server>'} and port ${HTTPS}' 4 20 l\`; its source should be an address of that interface`,
      commands: ['interfaces', 'interface-addresses', 'default-route'],
    });
  },
});

const NOT_SHOWN = 'the evidence does not show the source address and outgoing interface of push requests';

type RouteFact = 'interfaces' | 'liveAddresses' | 'defaultRoutes' | 'global';

/** FortiOS gives its own connections the address of the interface that the route leads through. */
function judgeRoute(
  { interfaces, liveAddresses, defaultRoutes, global }: Pick<Facts, RouteFact>,
  context: RuleContext,
): Healthy | { readonly verdict: 'unknown'; readonly reason: string } {
  const leaveOpen = (reason: string) => ({ verdict: 'unknown' as const, reason });
  const vdom = pushVdom({ global }, context);
  const table = listDefaultRoutes(vdom, defaultRoutes, context);
  const all = valueIfKnown(interfaces);
  if (!table || !all) return leaveOpen(NOT_SHOWN);
  const where = table.vdom === undefined ? '' : ` of VDOM ${table.vdom}`;
  if (table.routes.length === 0) {
    return leaveOpen(
      `the routing table${where} has no default route, and does not show what leads to the push server`,
    );
  }
  const live = valueIfKnown(liveAddresses);
  for (const { interface: name } of table.routes) {
    const on = all.find((each) => each.name === name);
    if (on && holdsPublicAddress(on, live)) continue;
    const address = on && listAddresses(on, live)[0];
    return leaveOpen(
      `pushes leave${where} through ${name}, ${address === undefined ? 'which has no known address' : `whose address ${address} is private`}: the evidence does not show what happens to them behind it`,
    );
  }
  const exits = listExits(table);
  return healthy(
    `the default route${where} leaves through ${nameList(exits)}, with ${exits.length === 1 ? 'a public address' : 'public addresses'}`,
    table.routes.flatMap(({ quotes }) => quotes),
    ['defaultRoutes', 'interfaces', 'liveAddresses', 'global'],
  );
}
