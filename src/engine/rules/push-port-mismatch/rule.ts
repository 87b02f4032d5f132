import type { Quote } from '../../evidence/types.ts';
import type { Facts } from '../../facts/facts.ts';
import { broken, defineRule, judgeWithoutFact, notApplicable, undecided } from '../define-rule.ts';
import { isFree, PORT_FACTS } from '../shared/alternative-port.ts';
import { LONGER_TIMER, NEXT_LOGIN, TYPED_CODE } from '../shared/answers.ts';
import { CALLBACK_FACTS, type CallbackFacts } from '../shared/callback-destination.ts';
import {
  conversationsTo,
  DEFAULT_PORT,
  flowsTo,
  phoneArrived,
  snifferOn,
} from '../shared/callback-packets.ts';
import { configBlock, globalFix } from '../shared/fix.ts';
import { nameList } from '../shared/logins.ts';
import { unansweredLogins } from '../shared/unanswered-pushes.ts';

export const rule = defineRule({
  id: 'push-port-mismatch',
  title: 'The push port was moved on the FortiGate, but not in front of it',
  severity: 'high',
  hop: 'callback',
  number: 16,
  forCustomer: 'phones answer to a different port than the one that is open',
  disturbs: 'nobody: elsewhere',
  place: 'on the device in front, which forwards another port than push uses',
  answers: [
    // `or do we go back to 4433?`
    [
      /\b(?:go|move|change|set|back|zurück|revenir|volver|voltar|tornare|terug)\b.{0,30}\b\d{4}\b/i,
      'Both ways work: the device in front forwards the new port, or `server-port` goes back to the one that it forwards.',
    ],
    LONGER_TIMER,
    TYPED_CODE,
    [
      /\bwhat else\b|\bwas (?:muss )?(?:noch|sonst)\b|\bquoi d[’']autre\b|\bqué más\b|\bcos[’']altro\b|\bo que mais\b|\bwat (?:nog|verder)\b/i,
      'Forwards and allow rules in front have to name the new port; phones get it with each push.',
    ],
    [
      'change',
      'The FortiGate stays as it is if the device in front forwards the push port; else `server-port` goes back to the port that it forwards.',
    ],
    NEXT_LOGIN,
    [
      'which-port',
      'The device in front and `server-port` need the same TCP port; either can take that of the other.',
    ],
    ['clients', 'The phones stay as they are: each push tells them the port.'],
    [
      'choice',
      'Both ways work: the device in front forwards the new port, or `server-port` goes back to the one that it forwards.',
    ],
    [
      'verify',
      'A sniffer on the FortiGate for both ports shows on which of them the answer of the phone arrives.',
    ],
    ['own-change', 'A new push port needs the same port in each forward and allow rule in front.'],
    ['where', '`server-port` is in `config system ftm-push`; the forward is on the device in front.'],
    ['prevent', 'Whoever moves the push port has to move the forward in front at the same time.'],
  ],
  stops: 'every user with push',
  descriptions: [
    {
      all: ['pushPort|pushSettings otherPort', 'forwards pushPort', 'approve|request'],
      or: [
        ['pushPort|pushSettings otherPort', 'routerBefore pushPort', 'forwards'],
        ['pushPort|pushSettings otherPort', 'forwards pushPort', 'approve'],
      ],
      also: ['routerBefore'],
      title: 'The push port of the FortiGate is not the one that the device in front forwards',
      fix: 'Put push back on the port that the router in front forwards (`config system ftm-push`, `set server-port 4433`, `end`), or change the forward to the new port; both ends and the path between have to name the same port. Tokens stay as they are.',
    },
  ],
  needs: [],
  wants: [...PORT_FACTS, 'pushService', 'callbackPackets', 'flowEvents', 'attempts', 'hostLookups'],
  references: ['KB277343'],
  check(facts, context) {
    const { pushService, attempts } = facts;
    if (pushService.state !== 'known') return judgeWithoutFact('pushService', pushService);
    const service = pushService.value;
    const port = service.serverPort.value;
    const arrived = phoneArrived(attempts) ?? firstSyn(facts, port);
    if (arrived) {
      return {
        verdict: 'healthy',
        reason: `a connection to TCP ${port}, the port of the pushes, arrived`,
        evidence: [arrived],
        // Other facts choose the port of the fix.
        decidedBy: ['attempts', 'callbackPackets', 'flowEvents', ...CALLBACK_FACTS],
      };
    }
    if (port === DEFAULT_PORT) {
      return notApplicable(`\`server-port\` has its default, ${DEFAULT_PORT}`, ['pushService']);
    }
    const old = firstSyn(facts, DEFAULT_PORT);
    const silent = unansweredLogins(attempts, context);
    if (!old || silent.length === 0) {
      return undecided({
        reason: old
          ? `a connection to TCP ${DEFAULT_PORT} arrived while pushes name ${port}; without a login at the same time, it may be a port scan`
          : `\`server-port\` was moved to ${port}; the evidence does not show whether devices in front allow that port`,
        need: `a capture of both ports while the user presses Approve: \`${snifferOn(port, DEFAULT_PORT)}\`, with the debug output of that login`,
        commands: 'debug-recipe',
      });
    }
    return broken('likely', {
      title: `The phone’s answer arrives on TCP ${DEFAULT_PORT}, but FTM push listens on ${port}`,
      summary: `\`server-port\` is ${port}, and the push for ${nameList(silent.map((each) => each.user))} got no answer there. A connection to TCP ${DEFAULT_PORT} did arrive. A device in front still forwards or allows only the old port.`,
      evidence: [
        ...service.serverPort.quotes,
        old,
        ...silent.flatMap(({ milestones }) => (milestones.pushSent ? [milestones.pushSent.quote] : [])),
      ],
      fix: isFree(facts, DEFAULT_PORT)
        ? globalFix(context, {
            apply: configBlock('system ftm-push', [`set server-port ${DEFAULT_PORT}`]),
            undo: configBlock('system ftm-push', [`set server-port ${port}`]),
            verify: ['show full-configuration system ftm-push'],
            note: `Or leave the FortiGate as it is and let the device in front forward and allow TCP ${port}. Before going back to ${DEFAULT_PORT}, check that nothing else uses it.`,
          })
        : `Let the device in front forward and allow TCP ${port}. Do not move FTM push back to ${DEFAULT_PORT}: another service of this FortiGate uses that port now.`,
      explains: ['upstream-nat-not-forwarded', 'callback-not-accepted', 'callback-blocked-upstream'],
    });
  },
});

type Seen = Pick<Facts, 'callbackPackets' | 'flowEvents'> & CallbackFacts;

/** The first SYN to this port, in a capture or a debug flow. */
function firstSyn(facts: Seen, port: number): Quote | undefined {
  const sniffed = conversationsTo(facts.callbackPackets, port, facts)[0]?.syns[0]?.quotes[0];
  return sniffed ?? flowsTo(facts.flowEvents, port, facts)[0]?.quotes[0];
}
