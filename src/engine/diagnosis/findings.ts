import type { DescribedSentence } from '../facts/described/described.ts';
import { hopIndex } from '../facts/hop.ts';
import type { Broken, Confidence, Rule, Severity } from '../rules/rule.ts';
import type { RuleId } from '../rules/rule-ids.ts';
import { isNamedIn } from '../rules/shared/logins.ts';
import { inOneLine } from '../text/one-line.ts';
import type { Finding } from './diagnosis.ts';
import { beginWith, toFindingFix } from './fix-texts.ts';
import type { Judged } from './judge.ts';

const SEVERITY: Record<Severity, number> = { critical: 0, high: 1, medium: 2, low: 3 };
const CONFIDENCE: Record<Confidence, number> = { certain: 0, likely: 1, possible: 2 };

interface BrokenRule {
  readonly rule: Rule;
  readonly judgement: Broken;
}

/**
 * Returns the broken rules as findings. The first is the one whose fix advances the first broken hop; findings
 * explained by another one come last and name it. `users`: whose logins the evidence has.
 */
export function toFindings(
  judged: readonly Judged[],
  users: readonly string[] = [],
  said: readonly DescribedSentence[] = [],
): Finding[] {
  const broken = judged.filter((each): each is BrokenRule => each.judgement.verdict === 'broken');
  const explanations = explainedBy(broken, users);
  return broken
    .map(({ rule, judgement }) =>
      afterChange(rule, said, toFinding(rule, judgement, explanations.get(rule.id))),
    )
    .sort(byDecisiveness);
}

function toFinding(rule: Rule, broken: Broken, explainer: RuleId | undefined): Finding {
  return {
    rule: rule.id,
    severity: broken.severity ?? rule.severity,
    confidence: broken.confidence,
    hop: broken.hop ?? rule.hop,
    title: inOneLine(broken.title),
    summary: inOneLine(broken.summary),
    evidence: broken.evidence.map((quote) => ({ ...quote })),
    fix: toFindingFix(broken.fix),
    references: rule.references.map((reference) => ({ ...reference })),
    concerns: broken.concerns,
    explainedBy: explainer,
  };
}

/** Denies a change, plans one, or tells of one long ago. */
const NO_CHANGE =
  /\b(?:not|n['’]t|never|no|without|nothing|nicht|nie|kein\w{0,2}|ohne|nichts|sin|sans|will|plan\w*|want\w?|next|last year|years? ago|letztes Jahr|vor Jahren)\b/iu;
const CLAUSE_END = /[,;:.!?(]\s|\s\(|\)(?=[\s,;:.!?]|$)|[.!?]$/u;
/** `since`, behind which what was changed stands */
const SINCE = /\b(?:since|after|seit|nach|depuis|après|desde|tras)\b/giu;
/** Characters of a change that an answer quotes. */
const MAX_CHANGE = 80;

/** Where a person names a change that makes this cause, the fix begins with it. */
function afterChange(rule: Rule, said: readonly DescribedSentence[], finding: Finding): Finding {
  for (const [change, look] of rule.afterChange ?? []) {
    for (const { text, quote } of said) {
      const words = findChange(text, change);
      // A rule that quotes the sentence has read it itself.
      const isRead = finding.evidence.some(
        ({ source, line }) => source === quote.source && line === quote.line,
      );
      if (words === undefined || isRead) continue;
      return {
        ...finding,
        fix: beginWith(`“${words}”: ${look}`, finding.fix),
        evidence: [...finding.evidence, { ...quote }],
      };
    }
  }
  return finding;
}

/** `since the server was moved` of a sentence that names this change and does not deny it */
function findChange(text: string, change: RegExp): string | undefined {
  for (const clause of text.split(CLAUSE_END)) {
    const at = clause.search(change);
    if (at === -1) continue;
    const since = [...clause.matchAll(SINCE)].findLast(({ index }) => index <= at)?.index ?? 0;
    const words = clause.slice(since).trim();
    const [named = ''] = change.exec(words) ?? [];
    if (named === '' || NO_CHANGE.test(words.slice(0, words.indexOf(named) + named.length))) continue;
    return words.length <= MAX_CHANGE ? words : `${words.slice(0, MAX_CHANGE).replace(/\s+\S*$/, '')} …`;
  }
  return undefined;
}

/** Maps each explained rule to the finding at the end of its chain; a rule never explains itself. */
function explainedBy(broken: readonly BrokenRule[], users: readonly string[]): ReadonlyMap<RuleId, RuleId> {
  const direct = new Map<RuleId, RuleId>();
  const named = new Map(
    broken.map(({ rule, judgement: { title } }) => [rule.id, users.filter((user) => isNamedIn(title, user))]),
  );
  const explaining = (id: RuleId) => broken.filter(({ judgement }) => judgement.explains?.includes(id));
  for (const { rule, judgement } of broken) {
    for (const other of judgement.explains ?? []) {
      if (!named.has(other) || direct.has(other) || findRoot(rule.id, direct) === other) continue;
      const whose = explaining(other).map((each) => named.get(each.rule.id) ?? []);
      if (coversAll(named.get(other) ?? [], whose)) direct.set(other, rule.id);
    }
  }
  return new Map([...direct].map(([rule, explainer]) => [rule, findRoot(explainer, direct)]));
}

/** The wrong password of one user explains no login of another; a finding that names no user may be about all. */
function coversAll(users: readonly string[], explaining: readonly (readonly string[])[]): boolean {
  return (
    explaining.some((named) => named.length === 0) || users.every((user) => explaining.flat().includes(user))
  );
}

function findRoot(rule: RuleId, direct: ReadonlyMap<RuleId, RuleId>): RuleId {
  let root = rule;
  for (let next = direct.get(root); next !== undefined; next = direct.get(root)) root = next;
  return root;
}

function byDecisiveness(a: Finding, b: Finding): number {
  return (
    Number(a.explainedBy !== undefined) - Number(b.explainedBy !== undefined) ||
    Number(a.concerns !== undefined) - Number(b.concerns !== undefined) ||
    hopIndex(a.hop) - hopIndex(b.hop) ||
    // A possible cause comes after certain ones, regardless of severity.
    Number(a.confidence === 'possible') - Number(b.confidence === 'possible') ||
    SEVERITY[a.severity] - SEVERITY[b.severity] ||
    CONFIDENCE[a.confidence] - CONFIDENCE[b.confidence]
  );
}
