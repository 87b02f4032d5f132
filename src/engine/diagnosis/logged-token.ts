import type { Quote } from '../evidence/types.ts';
import { valueIfKnown } from '../facts/fact.ts';
import type { Facts } from '../facts/facts.ts';
import type { HopStatus } from '../facts/hop.ts';
import type { TokenEvent } from '../facts/log-events.ts';

const ACTIVATION: ReadonlySet<TokenEvent['kind']> = new Set([
  'activation-requested',
  'activation-succeeded',
  'activation-failed',
]);

/**
 * Status of the token hop from the event log: the last activation of each token decides. Limited to one user only if
 * the evidence shows which token is theirs.
 */
export function loggedTokenStep(
  { tokenEvents, localUsers }: Facts,
  user: string | undefined,
): { readonly status: HopStatus; readonly evidence: readonly Quote[] } | undefined {
  const events = (valueIfKnown(tokenEvents) ?? []).filter(({ kind }) => ACTIVATION.has(kind));
  const theirs =
    user === undefined
      ? undefined
      : new Set(
          (valueIfKnown(localUsers) ?? [])
            .filter(({ name }) => name.toLowerCase() === user.toLowerCase())
            .flatMap(({ token }) => token?.value ?? []),
        );
  const asked = events.filter(({ tokenSerial }) => theirs === undefined || theirs.has(tokenSerial ?? ''));
  const last = [...new Map(asked.map((event) => [event.tokenSerial ?? '', event])).values()];
  const broken = last.filter(({ kind }) => kind === 'activation-failed');
  const fine = last.filter(({ kind }) => kind === 'activation-succeeded');
  if (broken.length > 0) return { status: 'broken', evidence: listQuotes(broken) };
  if (fine.length === last.length && fine.length > 0) return { status: 'ok', evidence: listQuotes(fine) };
  return last.length > 0 ? { status: 'unknown', evidence: listQuotes(last) } : undefined;
}

function listQuotes(events: readonly TokenEvent[]): readonly Quote[] {
  return events.flatMap(({ quotes }) => quotes.slice(0, 1));
}
