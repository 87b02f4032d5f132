import type { Diagnosis } from '../../engine/diagnosis/diagnosis.ts';

/** One text of the case: a chosen file, or what was pasted. */
export interface PageFile {
  readonly name: string;
  readonly content: Blob;
}

/** From the page to its worker. */
export interface AnalyzeRequest {
  readonly files: readonly PageFile[];
  /** When the person asked. Milliseconds since the Unix epoch. */
  readonly readAt: number;
  readonly version: string;
}

/** A redacted text of the case. */
export interface ShownText {
  readonly name: string;
  readonly text: string;
}

export interface LinePlace {
  readonly source: string;
  readonly line: number;
}

export interface PageAnswer {
  readonly kind: 'answer';
  readonly verdict: Diagnosis['verdict'];
  readonly headline: string;
  /** `Broken`. */
  readonly verdictTitle: string;
  /** `2 causes`, `5,212 lines read`: short, the most important first. */
  readonly summary: readonly string[];
  /** The first quoted line of each step in the picture, in its order. */
  readonly stepPlaces: readonly (LinePlace | undefined)[];
  /** Empty if the case is too large to be shown. */
  readonly evidence: readonly ShownText[];
  /** Files of the case that are no part of the answer, each with a sentence why. */
  readonly notRead: readonly { readonly file: string; readonly reason: string }[];
  /** The same texts as `ftm-check analyze --format json|html|markdown` prints. */
  readonly json: string;
  readonly html: string;
  readonly markdown: string;
}

/** From the worker to the page: any number of `progress`, then one of the others. */
export type WorkerMessage =
  | { readonly kind: 'progress'; readonly bytes: number; readonly total: number }
  | PageAnswer
  /** No text could be read; `reason` and `advice` are for the person. */
  | { readonly kind: 'refused'; readonly reason: string; readonly advice?: string };
