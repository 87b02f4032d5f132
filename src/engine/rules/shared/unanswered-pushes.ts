import type { Quote } from '../../evidence/types.ts';
import type { Attempt } from '../../facts/attempt.ts';
import { type Fact, valueIfKnown } from '../../facts/fact.ts';
import type { RuleContext } from '../rule.ts';
import { loginsInQuestion } from './logins.ts';

/** Logins that failed after a push without any answer from a phone. */
export function unansweredLogins(
  attempts: Fact<readonly Attempt[]>,
  context: RuleContext,
): readonly Attempt[] {
  return loginsInQuestion(valueIfKnown(attempts) ?? [], context).filter(
    ({ outcome, milestones }) =>
      (outcome === 'timed-out' || outcome === 'failed') &&
      milestones.pushSent !== undefined &&
      milestones.callbackStarted === undefined,
  );
}

/** The line of a push request that was started and never sent, from a login that has ended. */
export function unansweredRequests(
  attempts: Fact<readonly Attempt[]>,
  context: RuleContext,
): readonly Quote[] {
  return loginsInQuestion(valueIfKnown(attempts) ?? [], context).flatMap(({ outcome, milestones }) => {
    const ended = outcome === 'timed-out' || outcome === 'failed';
    // fnbamd's `already sent` only means requested; ftm-push, once connected, prints what it sends.
    const got = milestones.pushSent ?? milestones.callbackStarted;
    return ended && milestones.pushConnect && !got ? [milestones.pushConnect.quote] : [];
  });
}
