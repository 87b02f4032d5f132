import type { Quote } from '../evidence/types.ts';
import { valueIfKnown } from '../facts/fact.ts';
import type { Facts } from '../facts/facts.ts';
import { type Hop, hopIndex } from '../facts/hop.ts';
import type { Judgement, Rule } from '../rules/rule.ts';

/** Start of every such reason, so that they can be listed after it. */
export const CONTRADICTION_REASON =
  'a login here got past what the configuration says, so one of them is of another time or device: ';

/**
 * The configuration shows that push cannot work, but the last login in the log succeeded by push: one of the two is
 * from another time or device, and the evidence does not show which.
 */
export function refuteByPassing(rule: Rule, judgement: Judgement, facts: Facts): Judgement {
  const hop = rule.refutedByPassing;
  if (hop === undefined || judgement.verdict !== 'broken') return judgement;
  // A packet that the log shows as dropped was dropped, whatever else arrived.
  if (seenInFlow(judgement.evidence, facts)) return judgement;
  const passed = findLastSight(hop, facts);
  if (!passed) return judgement;
  return {
    verdict: 'conflicting',
    reason: `${CONTRADICTION_REASON}“${judgement.title}”`,
    evidence: [...judgement.evidence.slice(0, 2), ...passed.slice(0, 1)],
  };
}

/** What two places of the evidence say differently, where it is one thing and no login shows which of them is older. */
export function soleContradiction(judged: readonly { readonly judgement: Judgement }[]): string | undefined {
  const [first, another] = judged.flatMap(({ judgement }) =>
    judgement.verdict === 'conflicting' ? [judgement.reason] : [],
  );
  if (first === undefined || another !== undefined || first.startsWith(CONTRADICTION_REASON))
    return undefined;
  return `The evidence disagrees: ${first}`;
}

function findLastSight(hop: Hop, facts: Facts): readonly Quote[] | undefined {
  const results = (valueIfKnown(facts.attempts) ?? []).flatMap(({ hops }) => hops[hopIndex(hop)] ?? []);
  const last = results.findLast(({ status }) => status === 'ok' || status === 'broken');
  return last?.status === 'ok' ? last.evidence : undefined;
}

function seenInFlow(evidence: readonly Quote[], { flowDrops, flowEvents }: Facts): boolean {
  const flow = [
    ...(valueIfKnown(flowDrops) ?? []).flatMap(({ quotes }) => quotes),
    ...(valueIfKnown(flowEvents) ?? []).flatMap(({ quotes }) => quotes),
  ];
  return evidence.some(({ source, line }) =>
    flow.some((each) => each.source === source && each.line === line),
  );
}
