import type { Attempt } from '../facts/attempt.ts';
import type { Facts } from '../facts/facts.ts';
import { PUSH_HOPS, SENT_PUSH_HOPS } from '../facts/hop.ts';
import type { Judgement, Rule } from '../rules/rule.ts';
import type { PushSender } from '../rules/shared/push-sender.ts';
import type { Diagnosis } from './diagnosis.ts';

/**
 * If no user in question gets a push from this FortiGate, its push service does not matter, whether it was read or not.
 * Users who were not read may get one.
 */
export function limitToPushSender(
  rule: Rule,
  judgement: Judgement,
  sender: PushSender,
  { localUsers }: Facts,
): Judgement {
  if (sender.kind === 'fortigate') return judgement;
  if (sender.kind === 'unasked') return limitToAsked(rule, judgement, sender.statement);
  if (sender.kind === 'nobody') return limitToUse(rule, judgement, sender.statement);
  // What was read of a token is said; what was not read is of another system's token.
  const isOfToken =
    chooseHop(rule, judgement) === 'token' && judgement.verdict === 'unknown' && sender.cloud.length === 0;
  const pushesOf = isOfToken
    ? 'this-fortigate'
    : (rule.pushesOf ?? (SENT_PUSH_HOPS.has(chooseHop(rule, judgement)) ? 'this-fortigate' : 'anybody'));
  if (pushesOf !== 'this-fortigate') return judgement;
  // Without them the sender follows from the ways into the VPN alone (push-sender.ts).
  const decidedBy = localUsers.state === 'known' ? (['localUsers'] as const) : [];
  if (judgement.verdict === 'not-applicable') return { ...judgement, decidedBy };
  return { verdict: 'not-applicable', reason: sender.statement, decidedBy };
}

function chooseHop(rule: Rule, judgement: Judgement) {
  return judgement.verdict === 'broken' ? (judgement.hop ?? rule.hop) : rule.hop;
}

/** Nothing about a push matters where push is not in use. */
function limitToUse(rule: Rule, judgement: Judgement, statement: string): Judgement {
  if (!PUSH_HOPS.has(chooseHop(rule, judgement)) || judgement.verdict === 'healthy') return judgement;
  const decidedBy = ['localUsers', 'administrators'] as const;
  if (judgement.verdict === 'not-applicable') return { ...judgement, decidedBy };
  return { verdict: 'not-applicable', reason: statement, decidedBy };
}

/** A login without a second factor has no steps of push. */
function limitToAsked(rule: Rule, judgement: Judgement, statement: string): Judgement {
  if (!PUSH_HOPS.has(chooseHop(rule, judgement))) return judgement;
  return { verdict: 'not-applicable', reason: statement, decidedBy: [] };
}

interface HeadlineCase {
  readonly verdict: Diagnosis['verdict'];
  readonly attempts: readonly Attempt[];
  /** Name of the device. */
  readonly place: string | undefined;
}

/** The headline if nothing is found and another system sends the push, or push is not in use. */
export function pushSenderLine(
  sender: PushSender,
  { verdict, attempts, place }: HeadlineCase,
): string | undefined {
  if (sender.kind === 'nobody' && verdict !== 'broken') {
    return `Push is not in use ${place === undefined ? 'here' : `on \`${place}\``}: it is switched off, and ${sender.why}`;
  }
  if (
    sender.kind === 'fortigate' ||
    sender.kind === 'unasked' ||
    verdict !== 'inconclusive' ||
    attempts.length > 0
  )
    return undefined;
  return sender.statement;
}
