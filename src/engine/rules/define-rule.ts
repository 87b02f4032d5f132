import type { Quote } from '../evidence/types.ts';
import { FACTS, type FactKey, type Facts } from '../facts/facts.ts';
import { findPlaceholder, isMasked } from '../fortios/placeholder.ts';
import type {
  Broken,
  Confidence,
  FixSpec,
  Healthy,
  Judgement,
  JudgeSpec,
  NotApplicable,
  NotKnown,
  Rule,
  RuleContext,
  RuleSpec,
  Undecided,
  VersionEdge,
} from './rule.ts';
import { toFix } from './shared/no-cli-fix.ts';
import { REFERENCES } from './shared/references.ts';

/**
 * Creates a rule from its specification. `check` runs only when every needed fact is known; otherwise the verdict
 * follows from the missing or conflicting fact, so that no rule can mistake missing evidence for health.
 */
export function defineRule<const N extends FactKey, const W extends FactKey = never>(
  spec: RuleSpec<N, W>,
): Rule {
  const { check: _, checkPartial: __, wants: ___, versions = 'all', references, ...statement } = spec;
  return {
    ...statement,
    versions,
    references: references.map((name) => REFERENCES[name]),
    ...judgedBy(spec),
  };
}

/** `check` judges the facts for `context.version`, the release of the upgrade. */
export function versionEdge<const N extends FactKey, const W extends FactKey = never>({
  since,
  ...spec
}: JudgeSpec<N, W> & Pick<VersionEdge, 'since'>): VersionEdge {
  return { since, needs: spec.needs, ...judgedBy(spec) };
}

function judgedBy<N extends FactKey, W extends FactKey>(
  spec: JudgeSpec<N, W>,
): Pick<Rule, 'facts' | 'judge'> {
  const { check, checkPartial, wants = [] } = spec;
  return {
    facts: [...spec.needs, ...wants],
    judge(facts: Facts, context: RuleContext): Judgement {
      const seen = checkPartial?.(facts, context);
      if (seen) return finishJudgement(seen, facts);
      for (const key of spec.needs) {
        const fact = facts[key];
        if (fact.state !== 'known') return judgeWithoutFact(key, fact);
      }
      return finishJudgement(check(facts as Parameters<typeof check>[0], context), facts);
    },
  };
}

/** The cause is there; `confidence` says what the evidence proves of it. */
export function broken(confidence: Confidence, { fix, ...finding }: FindingSpec): Broken {
  return { verdict: 'broken', confidence, ...finding, fix: toFix(fix) };
}

interface FindingSpec extends Omit<Broken, 'verdict' | 'confidence' | 'fix'> {
  readonly fix: FixSpec;
}

export function undecided(open: Omit<Undecided, 'verdict'>): Undecided {
  return { verdict: 'unknown', ...open };
}

/** `reason`: what excludes the cause, as the quoted evidence shows. `decidedBy`: see `DecidedBy`. */
export function healthy(reason: string, evidence: readonly Quote[], decidedBy?: readonly FactKey[]): Healthy {
  return { verdict: 'healthy', reason, evidence, ...(decidedBy ? { decidedBy } : {}) };
}

/** `reason`: why the question does not arise. `decidedBy`: see `DecidedBy`. */
export function notApplicable(reason: string, decidedBy?: readonly FactKey[]): NotApplicable {
  return { verdict: 'not-applicable', reason, ...(decidedBy ? { decidedBy } : {}) };
}

function finishJudgement(judgement: Judgement, facts: Facts): Judgement {
  if (judgement.verdict !== 'broken') return judgement;
  return (
    undecidedByPlaceholder(judgement) ?? withPlaceholders(ofUnclearClient(inSentences(judgement), facts))
  );
}

/** Where another gateway may have begun every negotiation of the log, no finding about them is sure of a person. */
function ofUnclearClient(broken: Broken, { attempts }: Facts): Broken {
  const isUnclear = attempts.state === 'known' && attempts.value.every(({ trace }) => trace.unclear);
  const isOfLog = broken.evidence.some(({ text }) => /\bike /.test(text));
  if (!isUnclear || !isOfLog) return broken;
  return {
    ...broken,
    confidence: broken.confidence === 'certain' ? 'likely' : broken.confidence,
    summary: `${broken.summary} Nothing in the log shows whether this is a person’s client or another gateway.`,
  };
}

/**
 * A summary is put together from phrases: `the login` begins with a capital where it begins a sentence, and is left
 * out where it only says that this login failed.
 */
function inSentences(broken: Broken): Broken {
  const summary = broken.summary
    .replace(ONLY_THIS, (_, next = '') => `.${next.toUpperCase()}`)
    .replace(SENTENCE_START, (_, before, letter) => `${before}${letter.toUpperCase()}`);
  return { ...broken, summary, title: broken.title.replace(/^a(?= user\b)/, 'A') };
}

/** Sample: `; the login failed this way; whether the password was right is not known`. */
const ONLY_THIS = /[.;] the login (?:failed|ended) this way[.;]( .)?/;
const SENTENCE_START = /(^|[.?!] )([abt])(?=(?:he|ll|oth) )/g;

/** A placeholder of an instruction, or a masked value, may stand for any value: no finding rests on one. */
function undecidedByPlaceholder({ evidence }: Broken): Judgement | undefined {
  const line = evidence.map(({ text }) => text.trim()).find((text) => SETTING.test(text) && isOpen(text));
  if (line === undefined) return undefined;
  const reason = `\`${line}\` holds a placeholder in the place of a value`;
  return { verdict: 'unknown', reason, need: reason, commands: [], allowsHealthyCase: false };
}

function isOpen(line: string): boolean {
  return (
    findPlaceholder(line.replace(TAG, '')) !== undefined ||
    line.replace(SETTING, '').split(/\s+/).every(isMasked)
  );
}

/** `set server "<public-ip>"`, and of `get`: `server              : <public-ip>`. */
const SETTING = /^(?:set|append) [\w-]+ ?|^[a-z][a-z-]{1,40}[ \t]*: ?/;
/** `set status disable<br>` in a page, `dump: <saml:Issuer>`. */
const TAG = /(?<=\w)<\/?\w+ ?\/?>|<\/?\w{1,20}:\w{1,40}>/g;
const PLACEHOLDER = /<[A-Za-z][\w-]*(?:#\d+)?>/g;

/** Lines with a `<placeholder>` cannot be pasted unchanged, so the fix warns about them. */
export function withPlaceholders(judgement: Broken): Broken {
  const { fix } = judgement;
  const lines = [...fix.apply, ...fix.verify];
  const names = new Set(lines.flatMap((line) => line.match(PLACEHOLDER) ?? []));
  if (names.size === 0) return judgement;
  const all = [...names].map((name) => `\`${name}\``);
  const last = all.pop();
  const list = all.length === 0 ? last : `${all.join(', ')} and ${last}`;
  return { ...judgement, fix: { ...fix, replace: fix.replace ?? `Replace ${list} first.` } };
}

/**
 * `unknown`, with what would show the fact, or `conflicting`. `defineRule` calls it for every fact in `needs`; a rule calls
 * it for a fact that it needs in some cases only.
 */
export function judgeWithoutFact(key: FactKey, fact: NotKnown): Judgement {
  if (fact.state === 'conflicting') {
    return { verdict: 'conflicting', reason: fact.reason, evidence: fact.quotes };
  }
  return {
    verdict: 'unknown',
    reason: fact.reason,
    need: FACTS[key].fromLog ? 'the debug output of one login' : fact.reason,
    commands: FACTS[key].fromLog ? 'debug-recipe' : fact.commands,
  };
}
