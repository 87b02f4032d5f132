import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import type { Hop } from '../facts/hop.ts';
import type { RuleId } from '../rules/rule-ids.ts';
import { list } from './printable.ts';

/** How long a user has to approve, in a sentence or two. Empty where a finding tells it, or where it is not known. */
export function loginTimeline({ timeBudget, findings }: Diagnosis): string {
  const { limits = [], note } = timeBudget ?? {};
  const [first] = limits;
  if (!first || findings.some(({ rule }) => TELLS_IT.has(rule))) return '';
  const ending = list(limits.filter(({ seconds }) => seconds === first.seconds).map(({ name }) => name));
  const later = limits.filter(({ seconds }) => seconds > first.seconds);
  const then = list(later.map(({ name, seconds }) => `${name} after ${seconds} s`));
  const order =
    later.length === limits.length - 1 ? `The first to end is ${ending}` : `The first to end are ${ending}`;
  return `Time to approve: ${first.seconds} s. ${order}${then === '' ? '' : `, then ${then}`}.${note === undefined ? '' : ` ${note}`}`;
}

const TELLS_IT: ReadonlySet<string> = new Set<RuleId>(['vpn-wait-too-short', 'token-expiry-too-short']);

/** Whether a reader of the answer has to know: somebody waited for an approval that did not come or did not count. */
export function timeMatters({ attempts, firstBrokenHop }: Diagnosis): boolean {
  return (
    firstBrokenHop !== null &&
    AFTER_THE_PUSH.has(firstBrokenHop) &&
    attempts.some(({ outcome }) => outcome !== 'succeeded')
  );
}

const AFTER_THE_PUSH: ReadonlySet<Hop> = new Set(['notification', 'callback', 'tls', 'approval']);
