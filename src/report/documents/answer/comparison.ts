import { type Comparison, compareDiagnoses } from '../../../engine/diagnosis/compare.ts';
import type { Diagnosis } from '../../../engine/diagnosis/diagnosis.ts';
import { plural } from '../printable.ts';

/** The diagnosis an answer is compared with. */
export interface Earlier {
  /** Absent once it has expired. */
  readonly diagnosis?: Diagnosis;
  /** When it was asked for, in milliseconds since the Unix epoch. */
  readonly at: number;
  /** Time between the two requests. */
  readonly agoMs: number;
}

export interface ComparisonView {
  /** `Since 12 minutes before: 1 fixed, 1 still there`. */
  readonly summary: string;
  readonly groups: ReturnType<typeof groupChanges>;
}

export function viewComparison({ diagnosis, agoMs }: Earlier, now: Diagnosis): ComparisonView {
  if (diagnosis === undefined)
    return {
      summary: 'The earlier diagnosis is no longer stored, so there is nothing to compare',
      groups: [],
    };
  const groups = groupChanges(compareDiagnoses(diagnosis, now));
  const counts = groups.map(({ label, findings }) => `${findings.length} ${label}`);
  const what = counts.length === 0 ? 'nothing was wrong then, and nothing is now' : counts.join(', ');
  return { summary: `Compared with ${agoText(agoMs)} earlier: ${what}`, groups };
}

function groupChanges({ fixed, appeared, same, unseen }: Comparison) {
  return [
    { label: 'fixed', findings: fixed },
    { label: 'new', findings: appeared },
    { label: 'still there', findings: same },
    { label: 'not visible this time', findings: unseen },
  ].filter(({ findings }) => findings.length > 0);
}

/** `20 s`, `12 minutes`, `3 days`: as exact as needed. */
export function agoText(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 90) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return plural(minutes, 'minute');
  const hours = Math.round(minutes / 60);
  return hours < 36 ? plural(hours, 'hour') : plural(Math.round(hours / 24), 'day');
}
