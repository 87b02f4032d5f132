import type { Diagnosis } from '../../../engine/diagnosis/diagnosis.ts';
import type { Hop } from '../../../engine/facts/hop.ts';
import { ruleOf } from '../../../engine/rules/all-rules.ts';
import { list } from '../printable.ts';

/** States how long a user has to approve. Empty if a finding states it, or if it is unknown. */
export function loginTimeline({ timeBudget, findings }: Diagnosis): string {
  const { limits = [], note } = timeBudget ?? {};
  const [first] = limits;
  if (!first || findings.some(({ rule }) => ruleOf(rule)?.statesTimeToApprove)) return '';
  const ending = list(limits.filter(({ seconds }) => seconds === first.seconds).map(({ name }) => name));
  const later = limits.filter(({ seconds }) => seconds > first.seconds);
  const then = list(later.map(({ name, seconds }) => `${name} after ${seconds} s`));
  const order =
    later.length === limits.length - 1 ? `The first to end is ${ending}` : `The first to end are ${ending}`;
  return `Time to approve: ${first.seconds} s. ${order}${then === '' ? '' : `, then ${then}`}.${note === undefined ? '' : ` ${note}`}`;
}

/** Whether times decide the case: a user waited for an approval that did not come or did not count. */
export function timeMatters({ attempts, firstBrokenHop }: Diagnosis): boolean {
  return (
    firstBrokenHop !== null &&
    HOPS_AFTER_PUSH.has(firstBrokenHop) &&
    attempts.some(({ outcome }) => outcome !== 'succeeded')
  );
}

const HOPS_AFTER_PUSH: ReadonlySet<Hop> = new Set(['notification', 'callback', 'tls', 'approval']);
