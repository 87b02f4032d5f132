import type { Diagnosis, Finding } from '../../engine/diagnosis/diagnosis.ts';
import { type Hop, PUSH_HOPS } from '../../engine/facts/hop.ts';
import { getRule } from '../../engine/rules/all-rules.ts';
import type { Confidence } from '../../engine/rules/rule.ts';
import { foldFindings } from './answer/folded-findings.ts';

/** Plain sentences without names of devices, people, addresses or settings; the causes are in the rules. */
export const DRAFT = {
  opening: {
    push: 'Thank you for your patience. We looked into why signing in with the request on the phone does not work.',
    other: 'Thank you for your patience. We looked into why signing in does not work.',
  },
  /** Introduces a cause, by confidence. */
  found: {
    certain: 'The reason is that',
    likely: 'The most likely reason is that',
    possible: 'One possible reason is that',
  } satisfies Record<Confidence, string>,
  oneMore: 'We found one more thing to correct.',
  someMore: 'We found {count} more things to correct.',
  weRepair: 'We are taking care of it and will tell you when it is done.',
  untilThen:
    'Until then, you can sign in by typing the code that the FortiToken app shows instead of waiting for the request.',
  withoutFinding: {
    broken: 'It does not work at the moment, and we are still looking for the reason.',
    healthy: 'We found nothing that prevents it now.',
    inconclusive: 'What we have seen so far does not show the reason yet.',
  } satisfies Record<Diagnosis['verdict'], string>,
  closing: 'If anything is unclear, or if it happens again, please tell us when you last tried.',
} as const;

/** A typed code needs the token that these steps are about. */
const NEEDS_TOKEN: ReadonlySet<Hop> = new Set(['second-factor', 'token']);

/**
 * A paragraph to send to the customer. It consists only of sentences of `DRAFT` and the rules, so that no name, address
 * or setting of the case can be in it.
 */
export function customerDraft({ findings, verdict, hops }: Diagnosis): string {
  const [first, ...others] = foldFindings(findings);
  const isPush = first
    ? PUSH_HOPS.has(first.finding.hop)
    : hops.some(({ id, needed }) => PUSH_HOPS.has(id) && needed !== false);
  const opening = isPush ? DRAFT.opening.push : DRAFT.opening.other;
  if (!first) return [opening, DRAFT.withoutFinding[verdict], DRAFT.closing].join(' ');
  const more = others.length === 1 ? DRAFT.oneMore : DRAFT.someMore.replace('{count}', String(others.length));
  return [
    opening,
    causeText(first.finding),
    ...(others.length === 0 ? [] : [more]),
    DRAFT.weRepair,
    ...(isPush && !NEEDS_TOKEN.has(first.finding.hop) ? [DRAFT.untilThen] : []),
    DRAFT.closing,
  ].join(' ');
}

/** A finding of another release may have a rule that is unknown here. */
function causeText({ rule, confidence }: Finding): string {
  const cause = getRule(rule)?.forCustomer;
  return cause === undefined ? DRAFT.withoutFinding.broken : `${DRAFT.found[confidence]} ${cause}.`;
}
