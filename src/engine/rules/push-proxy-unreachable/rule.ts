import type { Quote } from '../../evidence/types.ts';
import type { Attempt, PushEvent } from '../../facts/attempt.ts';
import { statedQuote } from '../../facts/described/described.ts';
import { valueIfKnown } from '../../facts/fact.ts';
import type { Facts } from '../../facts/facts.ts';
import type { SniffedPacket } from '../../facts/log-events.ts';
import { broken, defineRule, healthy, undecided } from '../define-rule.ts';
import type { Fix, Judgement, RuleContext } from '../rule.ts';
import { LONGER_TIMER, OPENS_NOTHING, TYPED_CODE } from '../shared/answers.ts';
import { CAPTURE_ENDS } from '../shared/callback-packets.ts';
import { DEVICE_IN_FRONT } from '../shared/changes.ts';
import {
  CODE_WORKS,
  NO_COMPLAINT,
  NO_PUSH,
  PHONE_SILENT,
  PUSH_MISSED,
} from '../shared/described-symptoms.ts';
import { vdomFix } from '../shared/fix.ts';
import { loginsInQuestion, nameList, needsLogin } from '../shared/logins.ts';

export const rule = defineRule({
  id: 'push-proxy-unreachable',
  title: 'The FortiGate cannot connect to push.fortinet.com',
  severity: 'critical',
  hop: 'push-request',
  number: 26,
  forCustomer: 'the firewall cannot reach the service that sends requests to phones',
  disturbs: 'nobody: elsewhere',
  afterChange: [
    [
      DEVICE_IN_FRONT,
      'that device most likely drops the packets: first look in its log for the address of the FortiGate.',
    ],
  ],
  place: 'behind the FortiGate on the way to push.fortinet.com, unless the FortiGate lacks a route',
  stops: 'every user with push',
  answers: [
    LONGER_TIMER,
    TYPED_CODE,
    [
      [
        /\b(?:allow|whitelist|permit|open|freigeben|freischalten)\b.{0,50}\b(?:IPs?|address(?:es)?|ports?|Adressen?)\b|\b(?:IPs?|address(?:es)?|ports?)\b.{0,30}\b(?:open|allow|need|permit)|\bask (?:them|him|her|it) for\b/i,
        'which-port',
      ],
      'TCP 443 to push.fortinet.com is needed, by name (its addresses change), without TLS inspection.',
    ],
    ['which-address', 'push.fortinet.com is needed by its name on TCP 443, because its addresses change.'],
    [
      'side-effect',
      'The connection goes out only, from the FortiGate to push.fortinet.com; nothing has to be let in for it.',
    ],
    [
      'verify',
      'A sniffer on TCP 443 shows it: requests to push.fortinet.com leave the FortiGate, and answers have to come back.',
    ],
    [
      'prevent',
      'A rule with the name push.fortinet.com stays right; one with its addresses has to follow each change.',
    ],
    [
      'where',
      'The rule belongs on the firewall or proxy in front; the default route is in the management VDOM.',
    ],
    ['elsewhere', 'Computers of users may leave by another way than the FortiGate itself does.'],
    [
      'own-change',
      'A new rule in front can stop the way to push.fortinet.com, with a FortiGate that did not change.',
    ],
    OPENS_NOTHING,
  ],
  notInConfiguration: 'the way to push.fortinet.com',
  descriptions: [
    {
      all: ['pushHost|port443|outbound|connects blocked|noReply|unreachable|void', NO_PUSH],
      or: [['pushHost|outbound blocked|noReply|unreachable', 'request|phone']],
      also: ['pushHost', 'outbound blocked', CODE_WORKS],
      not: [
        'routerBefore forwards',
        'request shows !not|others|only|off|late',
        'inspected',
        'notResolved',
        'webProxy proxyUse',
        'tokenServer',
        'cloudCommunication',
      ],
      title: 'The FortiGate cannot open a connection to push.fortinet.com on port 443',
      fix: "Look on the FortiGate with `diagnose sniffer packet any 'host <address of push.fortinet.com> and port 443' 4` while a user logs in: packets without an answer prove it. Let the firewall in front permit TCP 443 from the FortiGate’s own address to push.fortinet.com by name, since its addresses change, and check the default route.",
    },
  ],
  needs: [],
  wants: ['attempts', 'debugLog', 'pushEvents', 'callbackPackets', 'described', 'pushServerLookup'],
  references: ['AG927108', 'KB117091', 'KB277343'],
  check({ attempts, debugLog, pushEvents, ...facts }, context) {
    const logins = valueIfKnown(attempts) ?? [];
    const [unclaimed] = valueIfKnown(debugLog)?.unclaimedPushes ?? [];
    const stuck = unclaimed ? [] : loginsInQuestion(logins, context).filter(isStuck);
    const events = valueIfKnown(pushEvents) ?? [];
    const failedEvents = events.filter(({ sent }) => !sent);
    const last = latest(events);
    const failedEvent = last && !last.sent && !sentAfter(last, logins) ? last : undefined;
    const sent = logins.findLast(
      ({ milestones }) => milestones.pushSent ?? milestones.pushAlreadySent,
    )?.milestones;
    const mark = sent?.pushSent ?? sent?.pushAlreadySent ?? unclaimed;
    const unanswered = mark || last?.sent ? undefined : unansweredRequest(facts, logins);
    if (unanswered) return shownByCapture(unanswered, failedEvent);
    const [first] = stuck;
    if (first?.milestones.pushConnect) {
      const { address, port, quote } = first.milestones.pushConnect;
      return broken('likely', {
        title: 'The connection to push.fortinet.com does not complete',
        summary: `For ${nameList(stuck.map((each) => each.user))} the push service began to connect to ${address}, port ${port}, and no request followed before the login ended. A device between the FortiGate and the Internet blocks the connection, or there is no route.${
          failedEvent ? ' The event log says as well that a push failed (32161).' : ''
        }`,
        evidence: [quote, ...(failedEvent?.quotes ?? [])],
        fix: openThePath(address, context),
        explains: ['cloud-communication-disabled'],
      });
    }
    if (failedEvent) {
      if (failedEvents.length === 1 && statedQuote(NO_COMPLAINT, facts.described))
        return wasOnce(failedEvent);
      return broken('possible', {
        title: 'The FortiGate logged a push that failed (event 32161)',
        summary: `The event log holds 32161, “FTM push message failed”${
          failedEvent.at === undefined ? '' : `, at ${failedEvent.at}`
        }, and no later success. The usual reason is that TCP 443 to push.fortinet.com is blocked or has no route; a name that does not resolve or a device that inspects TLS on the way look the same in this log.`,
        evidence: failedEvent.quotes,
        fix: openThePath(undefined, context),
        explains: ['cloud-communication-disabled'],
      });
    }
    if (mark) return healthy('a push request was sent', [mark.quote]);
    if (last?.sent) {
      return healthy('the event log shows a push sent', last.quotes);
    }
    return needsLogin('the evidence does not show a push request being sent');
  },
});

/** A failure that did not come back, as far as a person knows, has no cause that is still there to be found. */
function wasOnce({ at }: PushEvent): Judgement {
  const when = at === undefined ? '' : `, at ${at}`;
  return undecided({
    reason: `one push failed (event 32161${when}), and nothing says that pushes fail still; the event does not say why: DNS, the way to push.fortinet.com, TLS inspection and a proxy are all possible`,
    need: 'the debug output of one login',
    commands: 'debug-recipe',
  });
}

/** Packets to the push service without an answer, and what shows that it is the push service. */
interface Unanswered {
  readonly sent: readonly SniffedPacket[];
  /** Where the log of a login or a ping names the server. */
  readonly named: readonly Quote[] | undefined;
}

/** The FortiGate’s first packets to a server on TCP 443, none answered, where a person misses pushes or another line names the server. */
function unansweredRequest(
  {
    callbackPackets,
    described,
    pushServerLookup,
  }: Pick<Facts, 'callbackPackets' | 'described' | 'pushServerLookup'>,
  logins: readonly Attempt[],
): Unanswered | undefined {
  const { packets } = valueIfKnown(callbackPackets) ?? { packets: [] };
  const sent = packets.filter(
    ({ to, direction, flags }) =>
      to.port === HTTPS && direction === 'out' && flags.includes('syn') && !flags.includes('ack'),
  );
  const [first] = sent;
  const isMissed =
    (statedQuote(PUSH_MISSED, described) ?? statedQuote(PHONE_SILENT, described)) !== undefined;
  const lookup = valueIfKnown(pushServerLookup);
  const connect = logins.find(({ milestones }) => milestones.pushConnect?.address === first?.to.address)
    ?.milestones.pushConnect;
  const isServer = lookup?.resolved === true && lookup.address === first?.to.address;
  const named = connect ? [connect.quote] : isServer ? [] : undefined;
  // A client behind the FortiGate leaves through it too: its packet came in before.
  const isOwn = packets.every(({ direction, to }) => direction !== 'in' || to.port !== HTTPS);
  const isAnswered = packets.some(({ from }) => from.port === HTTPS && from.address === first?.to.address);
  const isOne = sent.every(({ to }) => to.address === first?.to.address);
  return sent.length > 1 && (isMissed || named) && isOwn && isOne && !isAnswered
    ? { sent, named }
    : undefined;
}

const HTTPS = 443;
/** SYNs of one connection that get no answer: less may be the end of the capture. */
const ENOUGH = 3;

function shownByCapture({ sent, named }: Unanswered, failedEvent: PushEvent | undefined): Judgement {
  const [first] = sent;
  const from = first?.from.address ?? '';
  const to = first?.to.address ?? '';
  const name = first?.interface ?? 'any';
  const on = name === 'any' ? '' : ` on ${name}`;
  return broken(named && sent.length >= ENOUGH ? 'certain' : 'likely', {
    title: `TCP ${HTTPS} from ${from} to ${to} (push service) gets no answer: blocked behind ${name === 'any' ? 'the FortiGate' : name}`,
    summary: `The capture shows ${sent.length} packets of ${from} leave${on} to open the connection, and none that answers. A device between the FortiGate and the Internet blocks TCP ${HTTPS}, or the answer goes to another line.${failedEvent ? ' The event log says as well that a push failed (32161).' : ''} Typed codes do not need this connection.`,
    evidence: [
      ...sent.slice(0, 3).flatMap(({ quotes }) => quotes),
      ...(named ?? []),
      ...(failedEvent?.quotes ?? []),
    ],
    answers: [
      [
        'place',
        `The fault is on the way behind ${name === 'any' ? 'the FortiGate' : name}, so look at the rules there first: the FortiGate sends its SYN, and nothing comes back.`,
      ],
    ],
    fix: {
      todo: `Let the firewalls behind ${name === 'any' ? 'the FortiGate' : name} pass TCP ${HTTPS} to push.fortinet.com, by its name, because the addresses change, and without TLS inspection.`,
      forward: {
        to: 'the administrator of the firewall in front',
        text: `TCP ${HTTPS} from ${from} to ${to} (push.fortinet.com) gets no answer: ${sent.length} SYNs leave our FortiGate${on}. Please allow it by the name push.fortinet.com, without TLS inspection, and see what your log says of it.`,
      },
    },
    explains: ['cloud-communication-disabled'],
  });
}

/** Connected, then no further message, in a log that continues until the login has ended. */
function isStuck({ outcome, milestones }: Attempt): boolean {
  return (
    milestones.pushConnect !== undefined &&
    milestones.pushSent === undefined &&
    // A handshake with the server, even a failed one, passed the network (push-tls-inspected).
    milestones.pushTlsAlert === undefined &&
    milestones.callbackStarted === undefined &&
    (outcome === 'timed-out' || outcome === 'failed')
  );
}

/** `execute log display` prints the newest event first, a log file the oldest; so times decide if present. */
function latest(events: readonly PushEvent[]): PushEvent | undefined {
  return events.reduce<PushEvent | undefined>(
    (newest, event) =>
      newest?.at !== undefined && event.at !== undefined && event.at < newest.at ? newest : event,
    undefined,
  );
}

/** The log of a login, with the same device's clock, shows a later push that was sent. */
function sentAfter({ at }: PushEvent, logins: readonly Attempt[]): boolean {
  const [year, month = 1, ...rest] = (at ?? '').split(/[- :]/).map(Number);
  if (at === undefined || year === undefined) return false;
  const [day = 1, hour = 0, minute = 0, second = 0] = rest;
  const failed = Date.UTC(year, month - 1, day, hour, minute, second) / 1000;
  return logins.some(({ milestones }) => (milestones.pushSent?.at ?? 0) >= failed);
}

function openThePath(address: string | undefined, context: RuleContext): Fix {
  const host = address ?? '<push-server-ip>';
  const verify = [
    'execute ping push.fortinet.com',
    `diagnose sniffer packet any 'host ${host} and port 443' 4 20 l`,
  ];
  const note =
    'Let the FortiGate’s management VDOM (root by default) reach push.fortinet.com on TCP 443: it needs a default route, and firewalls on the way must allow the name, because the addresses change. Exempt the name from TLS inspection.';
  return vdomFix(context, 'root', { apply: [], undo: [], verify, note, running: CAPTURE_ENDS });
}
