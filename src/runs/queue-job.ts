import type { RedactedCase } from '../redact/types.ts';
import type { Asker, CheckTarget, ReplyTo, Run } from './run.ts';

/** What the queue holds: no credential, no raw evidence. Its form in Redis is `stored-job.ts`'s business. */
export type QueueJob = RequestJob | LateAnswerJob | ReleaseIdJob | CloseDebugJob | SyntheticCheckJob;

/** What a person, an alert or a button asked for. */
export type RequestJob = CheckJob | AnalyzeJob;

interface JobBase {
  readonly runId: string;
  /** Milliseconds since the Unix epoch. */
  readonly acceptedAt: number;
  /** Continues the trace of the request in its worker (`src/observe/tracing.ts`). */
  readonly trace?: Readonly<Record<string, string>>;
}

interface RequestBase extends JobBase {
  readonly asker: Asker;
  readonly replyTo: ReplyTo;
  /** The run whose diagnosis this one is compared with (a re-check). */
  readonly comparesTo?: string;
  /** Runs that read a part of what this one reads as a whole: their answers give way to this one's. */
  readonly replaces?: readonly string[];
}

export interface CheckJob extends RequestBase, CheckTarget {
  readonly kind: 'check';
}

export interface AnalyzeJob extends RequestBase {
  readonly kind: 'analyze';
  readonly evidence: RedactedCase;
  /** Set where the texts of `evidence` are left out because they are long: the job as `packPayload` packed it. */
  readonly packed?: string;
}

/** The run's own job ended without an answer: say what was found, or that the request was lost. Nothing is run again. */
export interface LateAnswerJob extends JobBase {
  readonly kind: 'late-answer';
  readonly asker: Asker;
  readonly replyTo: ReplyTo;
  /** Absent for a pasted text, and where only the id of the run is known. */
  readonly alias?: string;
}

/** The person was told that the request was not taken: the job uses up its id, so that nothing is run for it. */
export interface ReleaseIdJob extends JobBase {
  readonly kind: 'release-id';
}

/** Closes a debug session that its process left open on the device. No person waits for it. */
export interface CloseDebugJob extends JobBase {
  readonly kind: 'close-debug';
  readonly alias: string;
}

/** Synthetic check of the simulated device (`src/monitoring`). No person waits for it. */
export interface SyntheticCheckJob extends JobBase {
  readonly kind: 'synthetic-check';
}

/** Record of a job whose answer a person waits for: everything except the evidence. */
export function toRun(job: RequestJob | LateAnswerJob): Run {
  const { runId: id, asker, replyTo, acceptedAt } = job;
  const run = { id, asker, replyTo, acceptedAt };
  switch (job.kind) {
    case 'check': {
      const { kind, alias, user, vdom, live, comparesTo, replaces } = job;
      return { ...run, kind, alias, user, vdom, live, comparesTo, replaces };
    }
    case 'analyze': {
      const { kind, comparesTo, replaces } = job;
      return { ...run, kind, comparesTo, replaces };
    }
    case 'late-answer':
      return { ...run, kind: 'check', alias: job.alias };
    default:
      return job satisfies never;
  }
}
