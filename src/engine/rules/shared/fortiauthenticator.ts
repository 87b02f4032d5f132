import type { Quote } from '../../evidence/types.ts';
import type { Attempt } from '../../facts/attempt.ts';
import { type Fact, valueIfKnown } from '../../facts/fact.ts';
import type { PushdEvent } from '../../facts/log-events.ts';

/** Token type of the FortiOS login script with which FortiAuthenticator asks for a code. */
export const FAC_CODE = 6;
/** The one with which it offers a push. */
export const FAC_PUSH = 7;

/** Lines that prove that a FortiAuthenticator sends the pushes. */
export function facPushes(
  attempts: Fact<readonly Attempt[]>,
  pushdEvents: Fact<readonly PushdEvent[]>,
): readonly Quote[] {
  const types = (valueIfKnown(attempts) ?? []).flatMap(({ milestones }) =>
    milestones.tokenType?.type === FAC_PUSH ? [milestones.tokenType.quote] : [],
  );
  const sent = (valueIfKnown(pushdEvents) ?? []).filter(({ kind }) => kind === 'sent' || kind === 'queued');
  return [...types, ...sent.flatMap((each) => each.quotes)].slice(0, 2);
}
