import { excludedRules } from '../../../engine/diagnosis/compare.ts';
import type { Diagnosis, Finding } from '../../../engine/diagnosis/diagnosis.ts';
import type { MemberRow } from '../../../platform/runs/group.ts';

/** Summary of one of many cases: `name` is that of a file or device, unique among the rows. */
export interface CaseRow extends Omit<MemberRow, 'number' | 'findings'> {
  /** Most decisive first. */
  readonly findings: readonly RowFinding[];
  /** Rules of the baseline that this case excludes; absent without a baseline. */
  readonly excluded?: readonly string[];
  /** Exit status of the error if the case failed (2 or 4). */
  readonly status?: 2 | 4;
}

export interface RowFinding extends Pick<Finding, 'rule' | 'severity' | 'confidence' | 'title' | 'device'> {
  /** Not in the baseline; absent without one. */
  readonly isNew?: boolean;
}

/** `before`: rules of the findings that the case had in the baseline. */
export function toCaseRow(name: string, diagnosis: Diagnosis, before?: readonly string[]): CaseRow {
  const { verdict, headline, device, findings, looksLike, proof, notInUse, upgradeTo } = diagnosis;
  const excluded = before === undefined ? new Set<string>() : excludedRules(diagnosis);
  const { customer, site } = device;
  return {
    name,
    customer,
    site,
    state: looksLike ? 'unrelated' : verdict,
    headline,
    proof,
    notInUse,
    upgradeTo,
    hostname: device.hostname,
    version: device.version,
    findings: findings.map(({ rule, severity, confidence, title, device: of }) => ({
      rule,
      severity,
      confidence,
      title,
      device: of,
    })),
    excluded: before?.filter((rule) => excluded.has(rule)),
  };
}

/** `fine` has shades: logins that an upgrade does not stop, a login that was seen, a configuration in order, and push that no user has. */
export function healthyWord(row: Pick<CaseRow, 'proof' | 'notInUse' | 'upgradeTo'>): string {
  if (row.upgradeTo !== undefined) return 'not affected';
  if (row.notInUse) return 'not in use';
  return row.proof === 'login' ? 'works' : 'in order';
}

const STATE_WORDS = {
  broken: 'broken',
  failed: 'not read',
  inconclusive: 'not clear',
  skipped: 'skipped',
  unrelated: 'not from a FortiGate',
} as const satisfies Record<Exclude<CaseRow['state'], 'healthy'>, string>;

/** `not read`, `not clear`, `skipped`, `works`, `in order`, `not in use` … */
export function stateWord(row: Pick<CaseRow, 'state' | 'proof' | 'notInUse' | 'upgradeTo'>): string {
  if (row.state === 'broken' && row.upgradeTo !== undefined) return 'affected';
  return row.state === 'healthy' ? healthyWord(row) : STATE_WORDS[row.state];
}

/** Same with the severity of what is broken: `critical`. */
export function resultWord(row: CaseRow): string {
  return (row.state === 'broken' ? worstSeverity(row) : undefined) ?? stateWord(row);
}

export function failedRow(
  name: string,
  headline: string,
  status: 2 | 4,
  { customer, site }: Pick<CaseRow, 'customer' | 'site'> = {},
): CaseRow {
  return { name, customer, site, state: 'failed', headline, findings: [], status };
}

const STATES = ['broken', 'failed', 'inconclusive', 'skipped', 'healthy', 'unrelated'] as const;
const SEVERITIES = ['critical', 'high', 'medium', 'low'] as const;

/** Sorts the worst first, then by name. */
export function sortRows<Row extends CaseRow>(rows: readonly Row[]): readonly Row[] {
  return rows.toSorted(
    (one, other) =>
      STATES.indexOf(one.state) - STATES.indexOf(other.state) ||
      severityRank(one) - severityRank(other) ||
      // By code units, so that the order is the same on every machine.
      (one.name < other.name ? -1 : Number(one.name > other.name)),
  );
}

export function worstSeverity({ findings }: CaseRow): Finding['severity'] | undefined {
  return SEVERITIES.find((severity) => findings.some((finding) => finding.severity === severity));
}

function severityRank(row: CaseRow): number {
  const worst = worstSeverity(row);
  return worst === undefined ? SEVERITIES.length : SEVERITIES.indexOf(worst);
}
