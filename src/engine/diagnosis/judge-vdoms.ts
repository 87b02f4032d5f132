import type { Facts } from '../facts/facts.ts';
import type { Broken, Confidence, Healthy, Judgement, RuleContext, Undecided } from '../rules/rule.ts';
import { inOrder } from '../rules/shared/fix.ts';

/** A judgement with the VDOM whose facts it uses. */
export interface VdomJudgement<J extends Judgement = Judgement> {
  readonly vdom: string;
  readonly judgement: J;
}

/** Combines the judgements of several VDOMs: broken in one is broken; healthy means healthy in all. */
export function combine(each: readonly VdomJudgement[]): VdomJudgement | undefined {
  const broken = each.filter((one) => hasVerdict(one, 'broken'));
  if (broken.length > 0) return chooseBroken(broken);
  const undecided =
    each.find((one) => hasVerdict(one, 'conflicting')) ?? each.find((one) => hasVerdict(one, 'unknown'));
  if (undecided) return undecided;
  const healthy = each.filter((one) => hasVerdict(one, 'healthy'));
  const [first] = healthy;
  return first ? { ...first, judgement: mergeHealthy(healthy) } : each[0];
}

function hasVerdict<V extends Judgement['verdict']>(
  one: VdomJudgement,
  verdict: V,
): one is VdomJudgement<Extract<Judgement, { verdict: V }>> {
  return one.judgement.verdict === verdict;
}

const CONFIDENCE: readonly Confidence[] = ['certain', 'likely', 'possible'];

function chooseBroken(broken: readonly VdomJudgement<Broken>[]): VdomJudgement | undefined {
  const [first, ...others] = broken.toSorted(
    (a, b) => CONFIDENCE.indexOf(a.judgement.confidence) - CONFIDENCE.indexOf(b.judgement.confidence),
  );
  if (!first || others.length === 0) return first;
  const different = others.filter(({ judgement }) => !isSame(judgement, first.judgement));
  if (different.length === 0) return first;
  const all = [first, ...different].map(({ judgement }) => judgement);
  const also = different.map(({ vdom, judgement }) => ` Also in VDOM ${vdom}: ${judgement.title}.`);
  const explains = [...new Set(all.flatMap((one) => one.explains ?? []))];
  return {
    vdom: first.vdom,
    judgement: {
      ...first.judgement,
      summary: `${first.judgement.summary}${also.join('')}`,
      evidence: all.flatMap(({ evidence }) => evidence),
      fix: inOrder(all.map(({ fix }) => fix)),
      explains: explains.length === 0 ? undefined : explains,
    },
  };
}

/** A global setting is found again in each VDOM, and fixed once. */
function isSame(one: Broken, other: Broken): boolean {
  return one.title === other.title && JSON.stringify(one.fix) === JSON.stringify(other.fix);
}

function mergeHealthy(healthy: readonly VdomJudgement<Healthy>[]): Healthy {
  const all = healthy.map(({ judgement }) => judgement);
  const reasons = new Set(all.map(({ reason }) => reason));
  const [first] = all;
  const reason =
    reasons.size === 1 && first
      ? first.reason
      : healthy.map(({ vdom, judgement }) => `VDOM ${vdom}: ${judgement.reason}`).join('; ');
  return { verdict: 'healthy', reason, evidence: all.flatMap(({ evidence }) => evidence) };
}

/** Adds the VDOM's name to a judgement. */
export function nameVdom({ vdom, judgement }: VdomJudgement): Judgement {
  if (judgement.verdict === 'broken') {
    const says = `${judgement.title} ${judgement.summary}`;
    return mentions(says, vdom)
      ? judgement
      : { ...judgement, summary: `${judgement.summary} VDOM: ${vdom}.` };
  }
  if (judgement.verdict !== 'unknown') return judgement;
  return {
    ...judgement,
    reason: about(judgement.reason, vdom),
    need: about(judgement.need, vdom),
  } satisfies Undecided;
}

function about(text: string, vdom: string): string {
  return mentions(text, vdom) ? text : `VDOM ${vdom}: ${text}`;
}

function mentions(text: string, vdom: string): boolean {
  const at = text.indexOf(`VDOM ${vdom}`);
  return at >= 0 && !/[\w-]/.test(text.charAt(at + 5 + vdom.length));
}

/** Facts by VDOM, and the VDOMs to judge. */
export interface VdomScopes {
  readonly inVdom: (name: string) => Facts;
  /** What rules are told besides the facts of one VDOM; its name only if the evidence shows it. */
  readonly contextIn: (facts: Facts, vdom: string | undefined) => RuleContext;
  /** VDOMs in the evidence, which a fix may enter. */
  readonly shown: ReadonlySet<string>;
  /** VDOMs where users log in. */
  readonly logins: readonly string[];
  /** The VDOM that the phone's callback reaches. */
  readonly callback: string | undefined;
}
