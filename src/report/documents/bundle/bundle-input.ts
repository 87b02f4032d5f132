import type { EvidenceItem } from '../../../engine/evidence/types.ts';
import type { Run } from '../../../platform/runs/run.ts';

/** Everything about one run for the next engineer or the vendor's support. All of it is redacted. */
export interface BundleInput {
  readonly run: Run;
  /** The evidence in order; empty once it has expired. */
  readonly evidence: readonly EvidenceItem[];
  readonly threadLink?: string;
  /** Events around the run, such as who was paged; sorted here. */
  readonly events: readonly BundleEvent[];
  /** In the words of the person who escalated. */
  readonly impact?: string;
  readonly version: string;
}

export interface BundleEvent {
  /** Milliseconds since the Unix epoch. */
  readonly at: number;
  /** One line of plain text. */
  readonly text: string;
}

/** A file's text by its path in the archive. */
export type BundleFiles = ReadonlyMap<string, string>;
