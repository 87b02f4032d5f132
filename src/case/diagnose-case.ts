import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import { DIAGNOSIS_SCHEMA_ID } from '../diagnosis/diagnosis.ts';
import { toFindings } from '../diagnosis/findings.ts';
import { headlineOf } from '../diagnosis/headline.ts';
import { firstBrokenHop, scoreHops } from '../diagnosis/hops.ts';
import { judge } from '../diagnosis/judge.ts';
import { toMissing } from '../diagnosis/missing.ts';
import { verdictOf } from '../diagnosis/verdict.ts';
import { describeKinds } from '../evidence/describe-kinds.ts';
import { toSections } from '../evidence/sections.ts';
import type { EvidenceItem, Section } from '../evidence/types.ts';
import { summariseAttempt } from '../facts/attempts/summarise-attempt.ts';
import { collectFacts } from '../facts/collect-facts.ts';
import { valueIfKnown } from '../facts/fact.ts';
import type { Facts } from '../facts/facts.ts';
import { formatVersion } from '../fortios/version.ts';
import type { RedactedCase } from '../redact/types.ts';
import { RULES } from '../rules/all-rules.ts';
import type { RuleContext } from '../rules/rule.ts';

/** What the request was about; narrows the rules that look at users. */
export interface CaseFocus {
  readonly alias?: string;
  readonly user?: string;
  readonly vdom?: string;
}

/** Evidence to diagnosis: the one function every door ends in. Pure; the same case gives the same diagnosis. */
export function diagnoseCase(evidence: RedactedCase, focus: CaseFocus = {}): Diagnosis {
  const perItem = evidence.items.map((item) => ({ item, sections: toSections(item) }));
  const sections = perItem.flatMap((each) => each.sections);
  const facts = collectFacts(sections);
  const context = contextOf(facts, focus);
  const judged = judge(RULES, facts, context);
  const attempts = (valueIfKnown(facts.attempts) ?? []).filter(
    (attempt) => focus.user === undefined || attempt.user === focus.user,
  );
  const findings = toFindings(judged);
  const hops = scoreHops(judged, findings, attempts);
  const verdict = verdictOf(findings, attempts, facts);
  const brokenHop = firstBrokenHop(hops);
  const recognised = sections.some((section) => section.kind !== 'other');
  return {
    schema: DIAGNOSIS_SCHEMA_ID,
    verdict,
    headline: headlineOf(verdict, findings, attempts, brokenHop, recognised),
    firstBrokenHop: brokenHop,
    hops,
    findings,
    checks: judged.map(({ rule, judgement }) => ({
      rule: rule.id,
      verdict: judgement.verdict,
      reason: judgement.verdict === 'broken' ? judgement.title : judgement.reason,
    })),
    attempts: attempts.map(summariseAttempt),
    device: deviceOf(facts, focus),
    sources: perItem.map(({ item, sections: own }) => sourceOf(item, own)),
    missing: toMissing(judged, context),
    redactions: { total: evidence.receipt.total, byKind: { ...evidence.receipt.byKind } },
  };
}

function contextOf(facts: Facts, focus: CaseFocus): RuleContext {
  const version = valueIfKnown(facts.version);
  const vdomMode = valueIfKnown(facts.vdomMode);
  return {
    ...(focus.user === undefined ? {} : { user: focus.user }),
    ...(focus.vdom === undefined ? {} : { vdom: focus.vdom }),
    ...(version ? { version } : {}),
    ...(vdomMode ? { vdomMode } : {}),
  };
}

function deviceOf(facts: Facts, focus: CaseFocus): Diagnosis['device'] {
  const device = valueIfKnown(facts.device);
  const version = valueIfKnown(facts.version);
  const vdomMode = valueIfKnown(facts.vdomMode);
  return {
    ...(focus.alias === undefined ? {} : { alias: focus.alias }),
    ...(device?.hostname === undefined ? {} : { hostname: device.hostname }),
    ...(device?.model === undefined ? {} : { model: device.model }),
    ...(version ? { version: formatVersion(version) } : {}),
    ...(vdomMode ? { vdomMode } : {}),
    ...(device?.haMode === undefined ? {} : { haMode: device.haMode }),
  };
}

function sourceOf(item: EvidenceItem, sections: readonly Section[]): Diagnosis['sources'][number] {
  const pieces = sections.reduce((sum, section) => sum + section.lines.length, 0);
  // A final line end begins no line.
  const lines = sections.at(-1)?.lines.at(-1) === '' ? pieces - 1 : pieces;
  return { name: item.name, lines, kinds: [...describeKinds(sections)] };
}
