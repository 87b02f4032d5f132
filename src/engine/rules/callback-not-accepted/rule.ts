import type { FlowDrop } from '../../facts/attempt.ts';
import { valueIfKnown } from '../../facts/fact.ts';
import type { Facts } from '../../facts/facts.ts';
import { broken, defineRule, healthy, notApplicable, undecided } from '../define-rule.ts';
import type { Judgement, RuleContext } from '../rule.ts';
import { LONGER_TIMER, NEXT_LOGIN } from '../shared/answers.ts';
import { CALLBACK_FACTS } from '../shared/callback-destination.ts';
import {
  type Conversation,
  callbackPort,
  conversationsTo,
  dropTo,
  flowOn,
  snifferOn,
  watchesPort,
  watchFix,
} from '../shared/callback-packets.ts';

export const rule = defineRule({
  id: 'callback-not-accepted',
  title: 'The FortiGate does not accept the phone’s answer',
  severity: 'critical',
  hop: 'callback',
  number: 20,
  forCustomer: 'the firewall does not take the answers of phones',
  disturbs: 'nobody',
  stops: 'every user with push',
  answers: [
    // `what is policy 0?`
    [
      /\bpolicy 0\b/i,
      'Policy 0 is no entry of a list: it means that nothing on the FortiGate accepts this port there.',
    ],
    LONGER_TIMER,
    NEXT_LOGIN,
    ['which-port', 'Push needs the TCP port in `server-port`, by default 4433.'],
    [
      'which-setting',
      'Push has to be on, `ftm` has to be in `allowaccess` of the interface, and one administrator has to be without trusted hosts.',
    ],
    [
      'verify',
      'A connection to the push port from a mobile hotspot shows it, with a sniffer beside it: the FortiGate has to answer.',
    ],
    [
      'where',
      '`ftm` is in `allowaccess` of the interface, `status` in `config system ftm-push`, trusted hosts in `config system admin`.',
    ],
  ],
  place: 'on the FortiGate, which does not accept the phone’s answer',
  descriptions: [
    {
      all: ['policyZero drops', 'packets|pushPort|approve'],
      or: [['packets shows', 'pushPort wan', 'noReply']],
      also: ['noReply', 'packets shows', 'wan'],
      not: ['localIn', 'trustedHosts', 'ftmMissing', 'ownNetwork', 'innerInterface', 'twoLines'],
      title: 'The phone’s answer reaches the FortiGate, and nothing there accepts it',
      fix: 'Check in this order: `get system ftm-push` (`status : enable`, the expected `server-port`), `show system interface <wan>` (`ftm` in `allowaccess`), `show system admin` (one administrator without trusted hosts). The first that is not so is the cause. The provider is not involved, because the packets arrive.',
    },
  ],
  needs: [],
  wants: ['flowDrops', 'callbackPackets', 'attempts', 'looseCallbacks', 'sslVpn', ...CALLBACK_FACTS],
  references: ['KB399772'],
  showsOnlySymptom: true,
  check(facts, context) {
    const port = callbackPort(facts.pushService);
    const drops = valueIfKnown(facts.flowDrops);
    const seen = dropTo(facts.flowDrops, port, facts, (policy) => policy === 0);
    // Where SSL VPN is shown, a packet to an unknown port may be any client's, unless a push was sent.
    const mayBeVpn =
      facts.sslVpn.state === 'known' && facts.pushService.state !== 'known' && !pushWasSent(facts);
    const dropped = seen?.destination || !mayBeVpn ? seen : undefined;
    const conversations = conversationsTo(facts.callbackPackets, port, facts);
    const answered =
      [
        ...(valueIfKnown(facts.attempts) ?? []).flatMap(({ milestones }) => milestones.callbackStarted ?? []),
        ...(valueIfKnown(facts.looseCallbacks) ?? []).map((each) => each.started),
      ][0]?.quote ?? conversations.find((each) => each.answers.length > 0)?.answers[0]?.quotes[0];
    if (dropped && answered) {
      return {
        verdict: 'conflicting',
        reason: `a connection to TCP ${port} was dropped by policy 0, and another was accepted`,
        evidence: [...dropped.quotes, answered],
      };
    }
    if (dropped) return droppedByFlow(dropped, port, context);
    if (answered) {
      return healthy('a phone’s connection was accepted', [answered]);
    }
    const refused = conversations.find((each) => each.refusals.length > 0);
    if (refused) return answeredByReset(refused, port, context);
    const ignored = conversations.find((each) => isIgnored(each, facts, port));
    if (ignored) return leftUnanswered(ignored, port, context);
    return drops
      ? notApplicable(`the debug flow shows no packet to TCP ${port} that policy 0 dropped`)
      : undecided({
          reason: 'the evidence shows neither a callback nor a debug flow of one',
          need: `what arrives while the user presses Approve: a capture (\`${snifferOn(port)}\`) or a debug flow (${flowOn(port)})`,
          // If a log shows that the push was sent, more of the same log adds nothing.
          commands: pushWasSent(facts) ? [] : 'debug-recipe',
        });
  },
});

function pushWasSent({ attempts }: Pick<Facts, 'attempts'>): boolean {
  return (valueIfKnown(attempts) ?? []).some(({ milestones }) => milestones.pushSent !== undefined);
}

const THREE =
  'FortiOS opens that port only while the push service is on, the interface allows `ftm`, and at least one administrator has no trusted hosts';
const ORDER =
  'Check in this order, in the global scope if there are VDOMs: is the push service on (`show system ftm-push`), does the interface of the packet allow `ftm` (`show system interface`), has an administrator no trusted hosts (`show system admin`)';

function droppedByFlow(
  { destination, quotes, vdom }: FlowDrop,
  port: number,
  context: RuleContext,
): Judgement {
  return broken(destination ? 'certain' : 'likely', {
    title: `FortiOS drops the phone’s answer to TCP ${port}: no service accepts it`,
    summary: `${
      destination
        ? `The connection to TCP ${port} reached the FortiGate and`
        : `A packet, probably the phone’s connection to TCP ${port},`
    } was dropped by the implicit local-in rule (policy 0). ${THREE}: one of the three is missing.`,
    evidence: quotes,
    fix: watchFix(
      context,
      vdom,
      port,
      `${ORDER}. Paste the output of the three, and ftm-check names the missing one and its fix.`,
    ),
  });
}

/** Packets arrived repeatedly, and a sniffer that would have captured a reply captured none. */
function isIgnored(
  { syns, answers }: Conversation,
  facts: Pick<Facts, 'callbackPackets'>,
  port: number,
): boolean {
  const captures = valueIfKnown(facts.callbackPackets)?.captures ?? [];
  const everywhere = syns.every(({ capture, interface: on }) => {
    const { interfaces = [] } = captures[capture ?? -1] ?? {};
    return interfaces.includes('any') || (on !== undefined && interfaces.includes(on));
  });
  return syns.length > 1 && answers.length === 0 && everywhere && watchesPort(facts.callbackPackets, port);
}

function answeredByReset(
  { source, syns, refusals }: Conversation,
  port: number,
  context: RuleContext,
): Judgement {
  return broken('likely', {
    title: `The FortiGate resets the phone’s answer: nothing listens on TCP ${port}`,
    summary: `${source} tried to connect to TCP ${port}, and the FortiGate replied with a reset. ${THREE}. If all three are right, the push service may listen on another port.`,
    evidence: [...syns.slice(0, 1), ...refusals.slice(0, 1)].flatMap((each) => each.quotes),
    fix: watchFix(context, undefined, port, `${ORDER}.`),
  });
}

function leftUnanswered({ source, syns }: Conversation, port: number, context: RuleContext): Judgement {
  // A capture does not show the reason; a virtual IP or a route elsewhere would leave different packets.
  return broken('likely', {
    title: `The FortiGate does not reply to the phone’s answer on TCP ${port}`,
    summary: `${source} tried ${syns.length} times to connect to TCP ${port}, and the capture shows no reply from the FortiGate. ${THREE}; a local-in policy or the reverse path check also drops the connection silently. A debug flow of the next connection shows the reason.`,
    evidence: syns.slice(0, 3).flatMap((each) => each.quotes),
    fix: watchFix(
      context,
      undefined,
      port,
      `${ORDER}. Then, in the VDOM of that interface: \`show firewall local-in-policy\`.`,
    ),
  });
}
