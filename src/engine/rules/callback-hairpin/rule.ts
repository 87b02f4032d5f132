import type { Quote } from '../../evidence/types.ts';
import { valueIfKnown } from '../../facts/fact.ts';
import type { FlowTrace } from '../../facts/log-events.ts';
import type { Interface } from '../../facts/network/interface-values.ts';
import { isPrivateAddress } from '../../fortios/address.ts';
import { broken, defineRule, healthy, undecided } from '../define-rule.ts';
import type { RuleContext } from '../rule.ts';
import { LONGER_TIMER, NEXT_LOGIN, OPENS_PUSH_PORT, SET_ALLOWACCESS } from '../shared/answers.ts';
import { CALLBACK_FACTS } from '../shared/callback-destination.ts';
import { allowFtm } from '../shared/callback-interface.ts';
import {
  type Conversation,
  callbackPort,
  conversationsTo,
  flowsTo,
  phoneArrived,
  snifferOn,
} from '../shared/callback-packets.ts';
import { APPROVE_VOID } from '../shared/described-symptoms.ts';
import { describedFix } from '../shared/fix.ts';
import { wanInterfaces } from '../shared/wan-interfaces.ts';

/** A phone's connection from a network behind this FortiGate. */
interface InsideCall {
  readonly source: string;
  readonly interface: string;
  readonly dropped: boolean;
  readonly answered: boolean;
  readonly quotes: readonly Quote[];
}

export const rule = defineRule({
  id: 'callback-hairpin',
  title: 'Phones inside the network cannot reach the FortiGate’s public address',
  severity: 'medium',
  hop: 'callback',
  number: 23,
  forCustomer: 'phones in the same network cannot reach the address they answer to',
  disturbs: 'nobody',
  place: 'on the FortiGate, which does not answer phones inside its own network',
  answers: [
    [
      'sound',
      'Phones outside of this network are not stopped, so it is no outage: phones inside cannot reach the public address from there.',
    ],
    LONGER_TIMER,
    ['who', 'The cause stops phones inside this network; phones outside are not stopped.'],
    ['meanwhile', 'On mobile data the push should work; a code can be typed everywhere.'],
    SET_ALLOWACCESS,
    OPENS_PUSH_PORT,
    NEXT_LOGIN,
    [
      'elsewhere',
      'On mobile data the phone comes from the internet; inside it calls the public address from behind the FortiGate, which does not answer there.',
    ],
    ['where', '`ftm` belongs also on the interface of the network in which the phones are.'],
    ['verify', 'Two approvals show it: one with Wi-Fi off works, one on the Wi-Fi of the company does not.'],
    [
      'choice',
      '`ftm` on the inner interface, or a name in `server` with an inner address on the inner DNS server, are two ways.',
    ],
  ],
  descriptions: [
    {
      all: ['ownNetwork', 'mobileData|atHome', 'approve', APPROVE_VOID],
      or: [
        ['ownNetwork', 'mobileData|atHome works', 'approve'],
        ['ownNetwork', 'innerInterface packets', 'approve|pushPort'],
      ],
      also: ['mobileData|atHome works', 'ownNetwork leaves'],
      not: [
        'trustedHosts',
        'admins restricted',
        'ownNetwork approve works !not',
        'foreignNetwork',
        'innerInterface ftm',
        'pushSettings|serverField privateAddress',
      ],
      title: 'Phones in the own network cannot reach the public address of the FortiGate',
      fix: 'Let a user approve with Wi-Fi off: if it works on mobile data, the way back in through the own firewall is missing. Add `ftm` to `allowaccess` of the inner interface and let the phones reach the public address there (hairpin rule or VIP), or resolve the name in `server` to the inner address. Until then users inside approve on mobile data.',
      decided: {
        all: [
          'pushPort|packets noReply|not|void',
          'mobileData|atHome works / wifi off works',
          'ownNetwork|innerInterface',
        ],
        or: [['ownNetwork', 'mobileData|atHome works / wifi off works', APPROVE_VOID]],
        fix: describedFix(
          'system interface "<interface-of-the-phones>"',
          ['append allowaccess ftm'],
          ['unselect allowaccess ftm'],
          'Opens TCP 4433 of this interface to every source there. It is the interface of the Wi-Fi of the phones, where FortiOS seems to ask for `ftm` as well. If it does not help, let the internal DNS server resolve the name in `server` to the address of that interface. Until then the users approve with Wi-Fi off.',
        ),
      },
    },
  ],
  needs: [],
  wants: ['callbackPackets', 'flowEvents', 'attempts', ...CALLBACK_FACTS],
  references: ['KB399772'],
  check(facts, context) {
    const { callbackPackets, flowEvents, interfaces, pushService, attempts } = facts;
    const port = callbackPort(pushService);
    const all = valueIfKnown(interfaces) ?? [];
    const outward = wanInterfaces(all).map((each) => each.name);
    const calls = [
      ...flowCalls(flowsTo(flowEvents, port, facts)),
      ...snifferCalls(conversationsTo(callbackPackets, port, facts)),
    ].filter((call) => isPrivateAddress(call.source) && !outward.includes(call.interface));
    for (const call of calls) {
      const on = all.find((each) => each.name === call.interface);
      if (on && !call.answered && !on.allowaccess.value.includes('ftm'))
        return report(on, call, port, context);
    }
    const [inside] = calls;
    if (inside && calls.every((call) => call.answered || all.some((each) => each.name === call.interface))) {
      return healthy(
        inside.answered
          ? `a phone on ${inside.interface} answered, and the answer arrived`
          : `${inside.interface}, where the phone’s answer came in, allows \`ftm\``,
        inside.quotes,
      );
    }
    const arrived = phoneArrived(attempts);
    if (arrived && calls.length === 0) {
      return healthy('a phone’s answer reached the FortiGate', [arrived]);
    }
    return undecided({
      reason: 'the evidence does not show whether the phone is in a network behind this FortiGate',
      need: `whether push works outside the company but not on its Wi-Fi; there, \`${snifferOn(port)}\` shows the interface where the answer arrives`,
      commands: ['interfaces'],
    });
  },
});

function report(on: Interface, call: InsideCall, port: number, context: RuleContext) {
  return broken(call.dropped ? 'likely' : 'possible', {
    title: `The FortiGate does not answer phones behind ${on.name}, which call its public address`,
    summary: `${call.source} connected to TCP ${port} from ${on.name}, a network behind this FortiGate, and ${
      call.dropped ? 'FortiOS dropped the packet' : 'got no reply'
    }. \`ftm\` is not in the \`allowaccess\` list of ${on.name}. Push then works only outside this network. This is inferred: the phone connects to the WAN address, but FortiOS seems to apply the \`allowaccess\` list of the inside interface.`,
    evidence: [...call.quotes, ...on.allowaccess.quotes],
    fix: allowFtm(
      { on, allowaccess: on.allowaccess },
      context,
      'Or let the internal DNS server resolve the push name to an address that the phone reaches.',
    ),
    explains: ['callback-not-accepted'],
  });
}

/** In a debug flow only a drop proves that no reply was sent. */
function flowCalls(flows: readonly FlowTrace[]): readonly InsideCall[] {
  return flows.flatMap(({ from, interface: name, drop, quotes }): InsideCall[] => {
    if (from === undefined || name === undefined || drop?.reason !== 'local-in') return [];
    return [{ source: from.address, interface: name, dropped: true, answered: false, quotes }];
  });
}

function snifferCalls(conversations: readonly Conversation[]): readonly InsideCall[] {
  return conversations.flatMap(({ source, syns, answers, confirmed }): InsideCall[] => {
    const on = syns.find((each) => each.interface !== undefined && each.direction === 'in');
    if (on?.interface === undefined) return [];
    const answered = confirmed || answers.length > 0;
    return [{ source, interface: on.interface, dropped: false, answered, quotes: on.quotes }];
  });
}
