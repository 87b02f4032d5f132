import type { EvidenceItem } from '../../evidence/types.ts';
import type { Run } from '../../runs/run.ts';

/** Everything of one run that the next engineer, or the vendor's support, is given. All of it went through redaction. */
export interface BundleInput {
  readonly run: Run;
  /** What was read, in order; empty where it is not kept any more. */
  readonly evidence: readonly EvidenceItem[];
  readonly threadLink?: string;
  /** What happened around it, such as who was paged; put in order here. */
  readonly events: readonly BundleEvent[];
  /** In the words of whoever escalated. */
  readonly impact?: string;
  /** Of ftm-check. */
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
