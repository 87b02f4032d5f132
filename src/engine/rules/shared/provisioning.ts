import type { Quote } from '../../evidence/types.ts';
import { type Fact, valueIfKnown } from '../../facts/fact.ts';
import type { TokenEvent } from '../../facts/log-events.ts';
import type { TokenState } from '../../facts/values.ts';

/** `"error_code":31`, `token does not belong to product` (KB 424201). */
export const NOT_OF_PRODUCT = 31;

/** Proof that Fortinet activated a token for this device: a line in the event log or in the table of tokens. */
export function tokenWasActivated(
  tokenStates: Fact<readonly TokenState[]>,
  tokenEvents: Fact<readonly TokenEvent[]>,
): Quote | undefined {
  const logged = valueIfKnown(tokenEvents)?.find((each) => each.kind === 'activation-succeeded');
  const listed = valueIfKnown(tokenStates)?.find(
    ({ status }) => status.value === 'active' || status.value === 'provisioned',
  );
  return logged?.quotes[0] ?? listed?.status.quotes[0];
}
