import type { Fact } from '../facts/fact.ts';
import { FACTS, type Facts } from '../facts/facts.ts';
import type { Broken, Judgement, Rule, RuleContext } from '../rules/rule.ts';
import type { PushSender } from '../rules/shared/push-sender.ts';
import { refuteByPassing } from './contradiction.ts';
import { combine, nameVdom, type VdomScopes } from './judge-vdoms.ts';
import { limitToPushSender } from './limit-to-push-sender.ts';

/** A rule and its judgement. */
export interface Judged {
  readonly rule: Rule;
  readonly judgement: Judgement;
  /** The VDOM whose facts were used, if VDOMs were judged separately. */
  readonly vdom?: string;
}

/** What the rule of a finding found in the evidence; nothing for a cause that only a person’s words show. */
export function brokenBy(rule: string, judged: readonly Judged[]): Broken | undefined {
  const judgement = judged.find((each) => each.rule.id === rule)?.judgement;
  return judgement?.verdict === 'broken' ? judgement : undefined;
}

/**
 * Judges every rule. A rule about settings that each VDOM has separately is judged once per VDOM concerned, by the
 * facts of that VDOM.
 */
export function judge(
  rules: readonly Rule[],
  facts: Facts,
  context: RuleContext,
  // All VDOMs share one push service: it matters wherever a user gets a push from it.
  sender: PushSender,
  scopes?: VdomScopes,
): readonly Judged[] {
  const inVdom = scopes && readOnce(scopes);
  return rules.map((rule) => {
    const vdoms = scopes ? vdomsFor(rule, scopes, facts) : [];
    const judged = vdoms.map((vdom) => {
      const own = inVdom?.(vdom) ?? { facts, context };
      return { vdom, judgement: judgeOnce(rule, own.facts, own.context, sender) };
    });
    const all = combine(judged);
    if (!all) return { rule, judgement: judgeOnce(rule, facts, context, sender) };
    if (rule.hop !== 'callback' && isOfDevice(rule)) return { rule, judgement: all.judgement };
    return { rule, judgement: nameVdom(all), vdom: all.vdom };
  });
}

interface VdomView {
  readonly facts: Facts;
  readonly context: RuleContext;
}

/** All rules look at the same facts of a VDOM. */
function readOnce({ inVdom, contextIn, shown }: VdomScopes): (vdom: string) => VdomView {
  const views = new Map<string, VdomView>();
  return (vdom) => {
    const known = views.get(vdom);
    if (known) return known;
    const facts = inVdom(vdom);
    const view = { facts, context: contextIn(facts, shown.has(vdom) ? vdom : undefined) };
    views.set(vdom, view);
    return view;
  };
}

function judgeOnce(rule: Rule, facts: Facts, context: RuleContext, sender: PushSender): Judgement {
  const own = limitToPushSender(rule, rule.judge(facts, context), sender, facts);
  const judgement = toConflicting(rule, refuteByPassing(rule, own, facts), facts);
  return onlyQuoted(rule, limitToPartialFacts(rule, judgement, facts));
}

/** The facts it needs are global; a VDOM only decides whether they matter there. */
function isOfDevice({ needs }: Rule): boolean {
  return needs.length > 0 && !needs.some((key) => FACTS[key].perVdom || FACTS[key].fromLog);
}

/** Services on the push port are configured in the VDOM of the callback, everything else where users log in. */
function vdomsFor(rule: Rule, { logins, callback, shown }: VdomScopes, facts: Facts): readonly string[] {
  if (shown.size === 0 || !rule.facts.some((key) => FACTS[key].perVdom)) return [];
  if (rule.hop === 'callback') return callback === undefined ? [] : [callback];
  const own = logins.filter((name) => shown.has(name));
  if (own.length > 1 && rule.facts.some((key) => FACTS[key].fromLog) && hasLoginOfNoVdom(facts)) return [];
  return own;
}

/** A log may not show the VDOM of a login: then it may be any of them. */
function hasLoginOfNoVdom({ attempts }: Facts): boolean {
  return attempts.state === 'known' && attempts.value.some(({ vdom }) => vdom === undefined);
}

/** A rule without a verdict because two sources contradict each other is conflicting, not unknown. */
function toConflicting(rule: Rule, judgement: Judgement, facts: Facts): Judgement {
  if (judgement.verdict !== 'unknown') return judgement;
  for (const key of rule.facts) {
    const fact = facts[key];
    if (fact.state === 'conflicting' && fact.reason === judgement.reason)
      return { verdict: 'conflicting', reason: fact.reason, evidence: fact.quotes };
  }
  return judgement;
}

/** A healthy verdict without a quote becomes unknown. */
function onlyQuoted({ facts }: Rule, judgement: Judgement): Judgement {
  if (judgement.verdict !== 'healthy' || judgement.evidence.length > 0) return judgement;
  return {
    verdict: 'unknown',
    reason: `no line of the evidence shows that ${judgement.reason}`,
    need: 'the lines that would show it',
    commands: [...new Set(facts.flatMap((key) => FACTS[key].commands))],
  };
}

/**
 * If a table may have more entries than the evidence shows, a broken entry counts, but nothing is healthy. The same
 * holds if the table was requested and not read at all: no answer proves less than part of one.
 */
function limitToPartialFacts(rule: Rule, judgement: Judgement, facts: Facts): Judgement {
  if (judgement.verdict !== 'healthy' && judgement.verdict !== 'not-applicable') return judgement;
  const { decidedBy = rule.needs.length > 0 ? rule.needs : rule.facts } = judgement;
  for (const key of decidedBy) {
    const gap = findGap(facts[key]);
    if (gap !== undefined) {
      return { verdict: 'unknown', reason: gap, need: gap, commands: FACTS[key].commands };
    }
  }
  return judgement;
}

function findGap(fact: Fact<unknown>): string | undefined {
  if (fact.state === 'known') return fact.partial;
  return fact.state === 'unknown' && fact.failed ? fact.reason : undefined;
}
