import type { Diagnosis, Finding } from '../../../engine/diagnosis/diagnosis.ts';
import type { Hop } from '../../../engine/facts/hop.ts';
import { plural, printableProse } from '../printable.ts';
import { ENGLISH_WORDING } from '../wording.ts';
import { type FoldedFinding, foldFindings } from './folded-findings.ts';

/** The title of a finding, or nothing if the headline already says it. */
export function titleBeside(headline: string, { title }: Finding): string {
  return title !== '' && headline.includes(title) ? '' : printableProse(title);
}

/** A fault in one of these hops stops every login. */
const STOPS_EVERYBODY: ReadonlySet<Hop> = new Set(['callback', 'tls']);

/** Number of findings that stop the login at its first broken hop; 0 if fixing the first one is enough. */
function neededFixes({ findings, firstBrokenHop }: Diagnosis): number {
  const [first, ...others] = foldFindings(findings).map(({ finding }) => finding);
  if (!first || !stopsLogin(first, firstBrokenHop)) return 0;
  const same = others.filter((each) => each.device === first.device && stopsLogin(each, firstBrokenHop));
  return same.length === 0 ? 0 : same.length + 1;
}

function stopsLogin({ hop }: Finding, firstBrokenHop: Hop | null): boolean {
  return hop === firstBrokenHop && STOPS_EVERYBODY.has(hop);
}

/** Below the fix: fixing this one is not enough. */
export function allNeededText(diagnosis: Diagnosis): string {
  const count = neededFixes(diagnosis);
  if (count === 0) return '';
  return count === 2
    ? '1 more finding stops the same step: fix both.'
    : `${plural(count - 1, 'more finding')} stop the same step: fix all ${count}.`;
}

/** `Also found: all 3 administrators have trusted hosts (certain; stops the same step, fix both)`. */
export function alsoFoundTitle({ finding }: FoldedFinding, number: number, diagnosis: Diagnosis): string {
  const count = foldFindings(diagnosis.findings).length;
  const start = count === 2 ? 'Also found: ' : `${number}. `;
  return `${start}${printableProse(finding.title)} (${alsoFoundGrade(finding, diagnosis)})`;
}

function alsoFoundGrade(finding: Finding, diagnosis: Diagnosis): string {
  const sure = ENGLISH_WORDING.confidence[finding.confidence];
  const count = neededFixes(diagnosis);
  const [first] = diagnosis.findings;
  if (count === 0 || finding.device !== first?.device || !stopsLogin(finding, diagnosis.firstBrokenHop)) {
    return sure;
  }
  return `${sure}; stops the same step, fix ${count === 2 ? 'both' : `all ${count}`}`;
}
