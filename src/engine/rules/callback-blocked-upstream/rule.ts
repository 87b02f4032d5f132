import { sameUser } from '../../facts/accounts/same-user.ts';
import type { Attempt } from '../../facts/attempt.ts';
import { type Fact, valueIfKnown } from '../../facts/fact.ts';
import { broken, defineRule, healthy, undecided } from '../define-rule.ts';
import type { Judgement, RuleContext } from '../rule.ts';
import { LONGER_TIMER, TYPED_CODE } from '../shared/answers.ts';
import { CALLBACK_FACTS } from '../shared/callback-destination.ts';
import {
  beginsBetween,
  type Conversation,
  callbackPort,
  conversationsTo,
  haveDates,
  phoneArrived,
  snifferOn,
  watchesPort,
  watchFix,
} from '../shared/callback-packets.ts';
import { DEVICE_IN_FRONT } from '../shared/changes.ts';
import { APPROVE_VOID } from '../shared/described-symptoms.ts';
import { unansweredLogins } from '../shared/unanswered-pushes.ts';

/** Seconds that an answer may take if the log does not show how long the VPN waited. */
const USUAL_WAIT = 60;

const ADVICE =
  'Let the user approve once on mobile data and once on the network in question, with the capture running. If only one of the two arrives, move push to a port that such networks allow (`set server-port`, 443 or 8443 if free), and change every rule in front of the FortiGate to match.';

export const rule = defineRule({
  id: 'callback-blocked-upstream',
  title: 'A network on the way blocks the phone’s answer',
  severity: 'high',
  hop: 'callback',
  number: 21,
  forCustomer: 'something between the phones and the firewall stops their answers',
  disturbs: 'nobody: elsewhere',
  afterChange: [
    [
      DEVICE_IN_FRONT,
      'that device most likely drops the answer of the phone: first look at its rules and its forwarding.',
    ],
  ],
  place: 'in a network between the phone and the FortiGate',
  leavesFortigate: true,
  answers: [
    LONGER_TIMER,
    TYPED_CODE,
    ['who', 'The cause stops phones in the network that blocks the port; phones elsewhere are not stopped.'],
    [/\b443\b/, 'TCP 443 suits push if no other service of the FortiGate uses it: most networks let it out.'],
    [
      'which-port',
      'TCP 443 or 8443 suits push if no other service of the FortiGate uses it: most networks let them out.',
    ],
    [
      /\b(?:ISP|provider|carrier|Anbieter)\b/i,
      'A provider may block the port: an approval on mobile data, compared with one on the network in question, shows it.',
    ],
    [
      'meanwhile',
      'Push may work on another network, for example mobile data; a code can be typed everywhere.',
    ],
    ['elsewhere', 'The network in question does not let the push port out, while mobile data mostly does.'],
    [
      'verify',
      'A sniffer on the push port shows it: an approval on mobile data arrives, one from the network in question does not.',
    ],
    [
      'choice',
      'The network in question lets the port out, or push takes a port that most networks let out, such as TCP 443.',
    ],
    [
      'where',
      'The port is let out on the firewall of that network; `server-port` of push is in `config system ftm-push`.',
    ],
    [
      'prevent',
      'TCP 443 as push port gets out of most networks, if no other service of the FortiGate uses it.',
    ],
    [
      'own-change',
      'A new rule in the network of the phone can block the push port, with a FortiGate that did not change.',
    ],
  ],
  notInConfiguration: 'the networks between phones and this FortiGate',
  descriptions: [
    {
      all: ['foreignNetwork', 'mobileData', 'approve'],
      or: [['foreignNetwork', 'mobileData', 'request', APPROVE_VOID]],
      also: ['mobileData works', APPROVE_VOID],
      not: ['trustedHosts', 'privateAddress pushSettings|serverField'],
      title: 'The network in which the phone is blocks the port of its answer',
      fix: 'Let the user approve with Wi-Fi off: if it works on mobile data, the FortiGate is in order. That network then blocks TCP 4433 outwards. The user stays on mobile data for approving or types the code; for many such users put push on a port that networks allow (`set server-port`, with all forwards).',
      decided: {
        all: ['foreignNetwork', 'mobileData works'],
        fix: 'The FortiGate is in order: that network blocks TCP 4433 outwards. The user stays on mobile data for approving, or types the code. For many such users put push on a port that networks allow (`set server-port`, with all forwards).',
      },
    },
  ],
  needs: [],
  wants: ['callbackPackets', 'attempts', ...CALLBACK_FACTS],
  references: ['KB277343'],
  check(facts, context) {
    const { callbackPackets, attempts, pushService } = facts;
    const port = callbackPort(pushService);
    const conversations = conversationsTo(callbackPackets, port, facts);
    const choked = conversations.find(isChoked);
    if (choked && conversations.some((each) => each.confirmed && each.source !== choked.source)) {
      return answerLost(choked, port, context);
    }
    const missing = unansweredLogins(attempts, context).find((login) =>
      isMissing(login, attempts, conversations, watchesPort(callbackPackets, port)),
    );
    const before = missing && answeredElsewhere(missing, attempts);
    if (missing && before) return neverArrived(missing, before, port, context);
    const arrived =
      phoneArrived(attempts) ?? conversations.find((each) => each.confirmed)?.syns[0]?.quotes[0];
    if (arrived && !choked && unansweredLogins(attempts, context).length === 0) {
      return healthy('the answer to every push of this evidence arrived', [arrived]);
    }
    const { captures } = valueIfKnown(callbackPackets) ?? { captures: [] };
    const isSilent = captures.some(
      ({ ended, received, interfaces, ports }) =>
        ended && received === 0 && interfaces.includes('any') && ports !== 'all' && ports.includes(port),
    );
    if (isSilent && attempts.state !== 'known') {
      return undecided({
        reason: `No packet to TCP ${port} arrived while the capture ran`,
        need: 'where the push sends the phone, and what is in front of the FortiGate',
        commands: ['ftm-push', 'interfaces'],
        isHeadline: true,
      });
    }
    return undecided({
      reason: 'the FortiGate cannot see what the networks between phone and WAN allow',
      need: `whether the answer arrives from mobile data but not from another network: \`${snifferOn(port)}\` with the debug output of a login from each`,
      commands: unansweredLogins(attempts, context).length > 0 ? [] : 'debug-recipe',
    });
  },
});

/** The phone repeats its SYN although the FortiGate answered on the interface where the SYN arrived. */
function isChoked({ syns, answers, confirmed }: Conversation): boolean {
  const [syn] = syns;
  const [answer] = answers;
  return (
    syns.length > 1 &&
    answer !== undefined &&
    !confirmed &&
    (syn?.interface === undefined || answer.interface === undefined || syn.interface === answer.interface)
  );
}

/** A push was sent during the capture, which contains other answers, but none at that time. */
function isMissing(
  { milestones }: Attempt,
  attempts: Fact<readonly Attempt[]>,
  conversations: readonly Conversation[],
  covered: boolean,
): boolean {
  const sent = milestones.pushSent?.at;
  if (sent === undefined || !covered || conversations.length === 0 || !haveDates(conversations)) return false;
  const wait = milestones.vpnWait?.seconds ?? USUAL_WAIT;
  return attempts.state === 'known' && !beginsBetween(conversations, sent, sent + wait);
}

function answeredElsewhere(login: Attempt, attempts: Fact<readonly Attempt[]>): Attempt | undefined {
  return valueIfKnown(attempts)?.find(
    (each) => each !== login && sameUser(each.user, login.user) && each.milestones.clientHello !== undefined,
  );
}

function answerLost(choked: Conversation, port: number, context: RuleContext): Judgement {
  return broken('likely', {
    title: `A network on the way drops the FortiGate’s reply to the phone at ${choked.source}`,
    summary: `${choked.source} tried to connect to TCP ${port} ${choked.syns.length} times. The FortiGate replied each time, the phone never confirmed, and in the same capture another phone went through. A device between this network and the FortiGate drops the packets.`,
    evidence: [...choked.syns.slice(0, 2), ...choked.answers.slice(0, 1)].flatMap((each) => each.quotes),
    fix: watchFix(context, undefined, port, ADVICE),
  });
}

function neverArrived(missing: Attempt, before: Attempt, port: number, context: RuleContext): Judgement {
  // The evidence cannot show whether the user pressed Approve at all.
  return broken('possible', {
    title: `One answer of ${missing.user} did not arrive: a network on the way may block it`,
    summary: `The phone of ${missing.user} answered one push of this evidence, so its registration and the FortiGate’s port are in order. Another push was sent, and while the capture ran no packet to TCP ${port} arrived. Either a network on the way blocks this port, or the push was not approved: both look the same in the evidence.`,
    evidence: [missing.milestones.pushSent, before.milestones.clientHello].flatMap((mark) =>
      mark ? [mark.quote] : [],
    ),
    fix: watchFix(context, undefined, port, ADVICE),
  });
}
