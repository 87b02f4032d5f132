import type { Attempt } from '../facts/attempt.ts';
import { valueIfKnown } from '../facts/fact.ts';
import type { Facts } from '../facts/facts.ts';
import type { Diagnosis } from './diagnosis.ts';

/** The headline if a configuration is not called healthy only because its end is missing. */
export function truncatedBackupHeadline(
  verdict: Diagnosis['verdict'],
  attempts: readonly Attempt[],
  { truncatedBackup }: Facts,
): string | undefined {
  const cut = valueIfKnown(truncatedBackup);
  if (!cut || verdict !== 'inconclusive' || attempts.length > 0) return undefined;
  return `${cut.source} is an incomplete backup: it ends with \`${cut.endsWith}\`. Nothing before that is wrong`;
}
