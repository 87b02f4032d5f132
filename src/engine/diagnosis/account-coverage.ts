import type { RedactedCase } from '../evidence/redacted-case.ts';
import type { EvidenceItem } from '../evidence/types.ts';
import { FACTS } from '../facts/facts.ts';
import { commandSpec } from '../fortios/commands.ts';
import type { Rule } from '../rules/rule.ts';
import type { RuleId } from '../rules/rule-ids.ts';
import type { Diagnosis } from './diagnosis.ts';

export interface Undecidable {
  readonly rule: RuleId;
  readonly title: string;
  readonly why: readonly string[];
}

/** What a check with this account can decide. Every rule is in one of the lists. */
export interface AccountCoverage {
  readonly decides: readonly RuleId[];
  /** The account may not run a needed command. */
  readonly notWithThisAccount: readonly Undecidable[];
  /** No command shows it: a live login or a person is needed. */
  readonly notByReading: readonly Undecidable[];
  /** Commands that no cause needs alone, and that the account may not run: the log of failed logins. */
  readonly alsoRefused: readonly string[];
}

/** Computed from what the account could read and how the rules judged it. Pure. */
export function accountCoverage(
  rules: readonly Rule[],
  evidence: RedactedCase,
  diagnosis: Diagnosis,
): AccountCoverage {
  const failed = new Map(evidence.items.flatMap(failureByCommand));
  const verdicts = new Map(diagnosis.checks.map((check) => [check.rule, check.verdict]));
  const needs = new Map(diagnosis.missing.map((missing) => [missing.rule, missing.need]));
  const decides: RuleId[] = [];
  const notWithThisAccount: Undecidable[] = [];
  const notByReading: Undecidable[] = [];

  for (const rule of rules) {
    const { id, title } = rule;
    if (verdicts.get(id) !== 'unknown') {
      decides.push(id);
      continue;
    }
    const refused = listReasons(rule, failed);
    if (refused.length > 0) notWithThisAccount.push({ rule: id, title, why: refused });
    else notByReading.push({ rule: id, title, why: [needs.get(id) ?? 'more than a device shows'] });
  }
  const needed = new Set(rules.flatMap(listCommands));
  const alsoRefused = [...failed].flatMap(([command, reason]) =>
    needed.has(command) ? [] : [`\`${command}\`: ${reason}`],
  );
  return { decides, notWithThisAccount, notByReading, alsoRefused };
}

function listCommands(rule: Rule): readonly string[] {
  return rule.facts.flatMap((key) => FACTS[key].commands).map((id) => commandSpec(id).text);
}

function failureByCommand({ command, failure }: EvidenceItem): [string, string][] {
  return command === undefined || failure === undefined ? [] : [[command, failure.reason]];
}

function listReasons(rule: Rule, failed: ReadonlyMap<string, string>): readonly string[] {
  return [...new Set(listCommands(rule))].flatMap((command) => {
    const reason = failed.get(command);
    return reason === undefined ? [] : [`\`${command}\`: ${reason}`];
  });
}
