import type { Quote } from '../../evidence/types.ts';
import type { Attempt } from '../../facts/attempt.ts';
import { type Fact, valueIfKnown } from '../../facts/fact.ts';
import type { RuleContext } from '../rule.ts';
import { loginsInQuestion } from './logins.ts';

/** Logins that ended unhappily after a push and without any answer from a phone. */
export function unansweredLogins(
  attempts: Fact<readonly Attempt[]>,
  context: RuleContext,
): readonly Attempt[] {
  return loginsInQuestion(valueIfKnown(attempts) ?? [], context).filter(
    ({ outcome, milestones: marks }) =>
      (outcome === 'timed-out' || outcome === 'failed') &&
      marks.pushSent !== undefined &&
      marks.callbackStarted === undefined,
  );
}

/** The line that shows a push request begun and never sent, of logins that have ended. */
export function unansweredRequests(
  attempts: Fact<readonly Attempt[]>,
  context: RuleContext,
): readonly Quote[] {
  return loginsInQuestion(valueIfKnown(attempts) ?? [], context).flatMap(({ outcome, milestones: marks }) => {
    const ended = outcome === 'timed-out' || outcome === 'failed';
    // fnbamd's `already sent` means asked for; ftm-push, which connected, prints what it sends.
    const got = marks.pushSent ?? marks.callbackStarted;
    return ended && marks.pushConnect && !got ? [marks.pushConnect.quote] : [];
  });
}
