import type { Rule, Verdict } from '../rules/rule.ts';
import type { DeviceEvidence } from './case-evidence.ts';
import type { CaseFocus } from './case-focus.ts';
import { firstBrokenHop, scoreHops } from './hops.ts';
import { judgeCase } from './judged-case.ts';
import { betweenSites, chooseLooksLike } from './looks-like.ts';
import { decideVerdict, upgradeVerdict } from './verdict.ts';

/** Verdicts of a text that says nothing about push. */
const NO_STATEMENT: ReadonlySet<Verdict> = new Set(['unknown', 'not-applicable']);

/** What an answer about one device tells. */
export type DeviceCase = ReturnType<typeof decideCase>;

export function decideCase(evidence: DeviceEvidence, focus: CaseFocus, rules: readonly Rule[]) {
  const judgedCase = judgeCase(evidence, focus, rules);
  const { attempts, judged, facts } = judgedCase;
  const hops = scoreHops(judgedCase);
  const decides = attempts.length > 0 || judged.some(({ judgement }) => !NO_STATEMENT.has(judgement.verdict));
  const other = evidence.recognised ? betweenSites(facts) : chooseLooksLike(judgedCase);
  return {
    ...judgedCase,
    hops,
    brokenHop: firstBrokenHop(hops),
    ...(focus.upgradeTo === undefined ? decideVerdict(judgedCase) : upgradeVerdict(judgedCase)),
    /** A login or a rule says something about push. */
    decides,
    looksLike: decides ? undefined : other,
  };
}
