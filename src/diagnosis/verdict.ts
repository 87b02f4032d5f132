import { valueIfKnown } from '../facts/fact.ts';
import type { FactKey, Facts } from '../facts/facts.ts';
import { gotInByPush, unresolved } from '../facts/unresolved.ts';
import type { Diagnosis, Finding } from './diagnosis.ts';
import { type CaseReading, noSuchVdom, reasonsNotHealthy, unread } from './reasons-not-healthy.ts';

interface CaseVerdict {
  readonly verdict: Diagnosis['verdict'];
  /** Of a case that would be healthy otherwise: what was not looked at, or does not agree. */
  readonly reasons: readonly string[];
}

/**
 * `broken` where any rule is. `healthy` where the login asked about got in by push, or where all that the question needs was
 * read, and nothing is left open. Otherwise nobody can say.
 */
export function verdictOf(findings: readonly Finding[], reading: CaseReading): CaseVerdict {
  if (findings.length > 0) return { verdict: 'broken', reasons: [] };
  const { attempts } = reading;
  const failing = unresolved(attempts).some((attempt) => attempt.outcome !== 'incomplete');
  if (failing) return { verdict: 'inconclusive', reasons: [] };
  const reasons = attempts.some(gotInByPush) ? unreadOfDevice(reading) : reasonsNotHealthy(reading);
  return { verdict: reasons.length === 0 ? 'healthy' : 'inconclusive', reasons };
}

/** A command that a device did not answer may have told of something wrong, whoever got in meanwhile. */
function unreadOfDevice(reading: CaseReading): readonly string[] {
  const clause = noSuchVdom(reading) ?? (reading.isCheck ? unread(reading) : undefined);
  return clause === undefined ? [] : [clause];
}

/** With these known, the part of a configuration that push depends on was readable as a whole. */
const WHOLE: readonly FactKey[] = ['version', 'pushService', 'interfaces', 'administrators', 'global'];

/** A whole configuration was read: what it does not say has its default. */
export function isWhole(facts: Facts): boolean {
  const unreadVdoms = valueIfKnown(facts.vdomCoverage)?.unread ?? [];
  return (
    facts.truncatedBackup.state !== 'known' &&
    unreadVdoms.length === 0 &&
    WHOLE.every((key) => facts[key].state === 'known')
  );
}
