import { valueIfKnown } from '../../facts/fact.ts';
import type { Facts } from '../../facts/facts.ts';
import { isPrivateAddress } from '../../fortios/address.ts';
import { broken, defineRule, healthy, notApplicable, undecided } from '../define-rule.ts';
import type { Judgement, RuleContext } from '../rule.ts';
import { LONGER_TIMER, TYPED_CODE } from '../shared/answers.ts';
import { CALLBACK_FACTS } from '../shared/callback-destination.ts';
import { callbackInterface } from '../shared/callback-interface.ts';
import {
  type Conversation,
  callbackPort,
  conversationsTo,
  flowsTo,
  phoneArrived,
  snifferOn,
  watchFix,
} from '../shared/callback-packets.ts';
import { listDefaultRoutes, listExits } from '../shared/default-route.ts';
import { nameList } from '../shared/logins.ts';
import { facesInternet, holdsPublicAddress, waysOut } from '../shared/wan-interfaces.ts';

/** `phone`: its address, where the evidence shows it. */
function advice(phone = '<phone-address>'): string {
  return `Set \`server\` to the address of the WAN that holds the best route to the Internet (or \`interface\` to this WAN, from 7.6.4 on), or give the other WAN a default route of the same distance. The route that FortiOS uses to the phone: \`get router info routing-table details ${phone}\`.`;
}

/** What a capture or a log shows needs no routes. */
const LOGGED = ['flowEvents', 'callbackPackets', 'attempts', ...CALLBACK_FACTS] as const;

export const rule = defineRule({
  id: 'callback-asymmetric-route',
  title: 'Asymmetric route: the phone’s answer arrives on one interface, the reply leaves by another',
  severity: 'high',
  hop: 'callback',
  number: 22,
  forCustomer: 'the firewall replies to phones on a different line than they arrived on',
  disturbs: 'routes',
  place: 'on the FortiGate, whose route to the phone uses another line',
  answers: [
    LONGER_TIMER,
    TYPED_CODE,
    ['change', 'The FortiGate has to be changed: either the push address or the routes.'],
    ['which-address', '`server` needs the address of the WAN that holds the best route to the Internet.'],
    ['who', 'The route decides for each network: phones in other networks may get through.'],
    [
      [
        /\b(?:second|new|another|zweite\w*|neue\w*|deuxième|nouvelle|segunda|nueva|seconda|nuova|nova|tweede|nieuwe)\b.{0,20}\b(?:line|WAN|ISP|internet|uplink|provider|Leitung|Anschluss|ligne|línea|linha|linea|lijn)\b/i,
        'own-change',
      ],
      'With two lines the answer can come in by one while the reply leaves by the other: the route to the phone decides.',
    ],
    [
      'verify',
      '`get router info routing-table details <address of the phone>` shows the interface by which the reply leaves.',
    ],
    [
      'elsewhere',
      'The route decides for each network: the reply to some phones leaves by the line on which they came in.',
    ],
    [
      'where',
      'The routes are in `config router static` or in SD-WAN, the push address in `config system ftm-push`.',
    ],
    [
      'choice',
      'Either works: the push address on the line with the best route, or routes of equal distance on both lines.',
    ],
    [
      'prevent',
      'A new line needs a look at the routes: the reply to the phones has to leave where they come in.',
    ],
  ],
  descriptions: [
    {
      all: [
        'reply leaves / wanOne wanTwo leaves / reply otherWay',
        'approve|pushPort|request',
        'twoLines|wanOne|wanTwo|defaultRoute',
      ],
      or: [
        ['reply wanOne wanTwo', 'approve|pushPort|request'],
        ['twoLines', 'defaultRoute', 'approve'],
        ['reply|leaves otherWay', 'packets|pushPort', 'approve'],
      ],
      also: ['packets|pushPort', 'defaultRoute'],
      title: 'The phone’s answer arrives on one line, and the FortiGate replies on another',
      fix: "Run `diagnose sniffer packet any 'tcp port 4433' 4` while a user approves: the reply leaves by another interface than the one on which the packet came. Point `server` of push at the line that holds the best default route, or give the second line a default route of equal distance.",
    },
  ],
  needs: [],
  wants: ['flowEvents', 'callbackPackets', 'attempts', 'defaultRoutes', ...CALLBACK_FACTS],
  versions: 'all with more than one way to the Internet',
  references: ['KB355139'],
  check(facts, context) {
    const { flowEvents, callbackPackets, pushService, interfaces, liveAddresses, attempts } = facts;
    const port = callbackPort(pushService);
    const refused = flowsTo(flowEvents, port, facts).find(
      ({ from, drop }) => drop?.reason === 'reverse-path' && !isPrivateAddress(from?.address ?? ''),
    );
    if (refused) {
      const on = refused.interface ?? 'the interface it arrived on';
      return broken('likely', {
        title: `FortiOS drops the phone’s answer on ${on}: the route back uses another interface`,
        summary: `A connection to TCP ${port} arrived on ${on} and was dropped by the reverse path check. FortiOS accepts a packet only if it has a route to the sender through the same interface. Approve then seems to do nothing.`,
        evidence: refused.quotes.toReversed(),
        fix: watchFix(context, refused.vdom, port, advice(refused.from?.address)),
        explains: ['callback-blocked-upstream', 'callback-not-accepted'],
      });
    }
    const conversations = conversationsTo(callbackPackets, port, facts);
    const crossed = conversations.map(crossing).find((each) => each !== undefined);
    if (crossed) {
      return broken('likely', {
        title: `The phone’s answer arrives on ${crossed.inbound}, the reply leaves by ${crossed.outbound}`,
        summary: `The phone’s connection to TCP ${port} arrived on ${crossed.inbound}, and the FortiGate’s reply left by ${crossed.outbound}. From another address or provider the phone does not accept that reply, so Approve seems to do nothing.`,
        evidence: crossed.quotes,
        fix: watchFix(context, undefined, port, advice()),
        explains: ['callback-blocked-upstream'],
      });
    }
    const straight = conversations.find((each) => each.confirmed || sameInterface(each));
    const good = phoneArrived(attempts) ?? straight?.answers[0]?.quotes[0] ?? straight?.syns[0]?.quotes[0];
    if (good) {
      return healthy('a phone’s connection had packets in both directions', [good], LOGGED);
    }
    const all = valueIfKnown(interfaces);
    const live = valueIfKnown(liveAddresses);
    const outward = all && waysOut(all, live);
    if (outward?.length === 1) {
      return notApplicable(`${outward[0]?.name} is the only way to the Internet`, LOGGED);
    }
    return (
      judgeRoute(facts, context, port) ??
      undecided({
        reason: 'the evidence does not show by which interface the reply to the phone leaves',
        need: `the default route, or the interfaces of one answer and its reply (\`${snifferOn(port)}\`), or a debug flow of it`,
        commands: all ? ['default-route'] : [],
      })
    );
  },
});

/**
 * A phone may have any address of the Internet: the reply leaves by a default route. FortiOS sends it back by the
 * interface that the connection came in on, if one of the default routes leaves there.
 */
function judgeRoute(
  { pushService, interfaces, liveAddresses, defaultRoutes }: Pick<Facts, RouteFact>,
  context: RuleContext,
  port: number,
): Judgement | undefined {
  const service = valueIfKnown(pushService);
  const all = valueIfKnown(interfaces);
  const live = valueIfKnown(liveAddresses);
  const target = service && all && callbackInterface(service, all, live);
  if (target?.kind !== 'exact') return undefined;
  const { name, vdom, down } = target.interface;
  const table = listDefaultRoutes(vdom, defaultRoutes, context);
  if (!table || table.routes.length === 0 || down) return undefined;
  const back = table.routes.find((route) => route.interface === name);
  if (back) {
    return healthy(`a default route leaves through ${name}, where the phone’s answer arrives`, back.quotes, [
      'defaultRoutes',
      'pushService',
      'interfaces',
    ]);
  }
  if (!facesInternet(target.interface) && !holdsPublicAddress(target.interface, live)) return undefined;
  const exits = nameList(listExits(table));
  return broken('likely', {
    title: `The phone’s answer arrives on ${name}, and the default route leaves through ${exits}`,
    summary: `Phones connect to TCP ${port} on ${name}. No default route leaves there: the one in use leaves through ${exits}. FortiOS drops a packet if no route to its sender leads through the interface it arrived on, or the reply leaves by another line. Either way Approve seems to do nothing. This is correct only if every phone’s address has its own route through ${name}, or a device in front translates the address of the phones.`,
    evidence: [
      ...table.routes.flatMap(({ quotes }) => quotes),
      ...target.accessList.allowaccess.quotes.slice(0, 1),
    ],
    fix: watchFix(context, vdom, port, advice()),
    explains: ['callback-blocked-upstream'],
  });
}

type RouteFact = 'pushService' | 'interfaces' | 'liveAddresses' | 'defaultRoutes';

function crossing({ syns, answers }: Conversation) {
  const syn = syns.find((each) => each.interface !== undefined);
  const answer = answers.find((each) => each.interface !== undefined && each.direction === 'out');
  const inbound = syn?.interface;
  const outbound = answer?.interface;
  if (!syn || !answer || inbound === undefined || outbound === undefined || inbound === outbound)
    return undefined;
  return { inbound, outbound, quotes: [...syn.quotes, ...answer.quotes] };
}

function sameInterface({ syns, answers }: Conversation): boolean {
  const inbound = syns[0]?.interface;
  return inbound !== undefined && answers.some((each) => each.interface === inbound);
}
