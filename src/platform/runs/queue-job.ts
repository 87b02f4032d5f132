import type { RedactedCase } from '../../engine/evidence/redacted-case.ts';
import type { Asker, CheckTarget, ReplyTo, Run } from './run.ts';

/** A job of the queue: no credential, no raw evidence. `stored-job.ts` validates it. */
export type QueueJob =
  | RequestJob
  | MemberJob
  | GroupAnswerJob
  | SweepJob
  | LateJob
  | WithdrawJob
  | CloseDebugJob
  | SelfCheckJob;

/** Requested by a person, an alert or a button. */
export type RequestJob = CheckJob | AnalyzeJob | GroupJob;

interface JobBase {
  readonly runId: string;
  /** Milliseconds since the Unix epoch. */
  readonly acceptedAt: number;
  /** Continues the trace of the request in its worker (`src/platform/observe/tracing.ts`). */
  readonly trace?: Readonly<Record<string, string>>;
}

interface RequestBase extends JobBase {
  readonly asker: Asker;
  readonly replyTo: ReplyTo;
  /** The run whose diagnosis this one is compared with (a re-check). */
  readonly comparesTo?: string;
  /** Runs that read a part of this run's text: their answers are collapsed once this one is posted. */
  readonly replaces?: readonly string[];
}

export interface CheckJob extends RequestBase, CheckTarget {
  readonly kind: 'check';
  /** A re-check by a person who has pasted the fix. */
  readonly afterFix?: true;
}

export interface AnalyzeJob extends RequestBase {
  readonly kind: 'analyze';
  /** Absent if it is too long for a job: then it lies beside it (`putJobEvidence`). */
  readonly evidence?: RedactedCase;
}

/** Starts the check of many devices: one `MemberJob` for each. */
export interface GroupJob extends RequestBase {
  readonly kind: 'group';
  /** Name of the group, or `ALL_DEVICES`. */
  readonly group: string;
  /** The devices that the person may check; empty if the store has them already. */
  readonly aliases: readonly string[];
  readonly user?: string;
  readonly vdom?: string;
  /** Name of the sweep that made it. */
  readonly sweep?: string;
}

/** One device of a group check. It posts nothing. `runId` is its own (`memberId`). */
export interface MemberJob extends JobBase, Omit<CheckTarget, 'live' | 'details'> {
  readonly kind: 'group-member';
  readonly asker: Asker;
  readonly replyTo: ReplyTo;
  readonly member: GroupMembership;
}

export interface GroupMembership {
  /** Id of the group's run. */
  readonly of: string;
  /** Place of the device in the roster, from 0. */
  readonly number: number;
  /** Number of devices in the roster. */
  readonly size: number;
  readonly sweep?: string;
}

/** All devices of a group check have a result, or it was cancelled: posts the result. `runId` is that of the group. */
export interface GroupAnswerJob extends JobBase {
  readonly kind: 'group-answer';
}

/** Made by a schedule. Starts a group check as the inventory describes it now. */
export interface SweepJob extends JobBase {
  readonly kind: 'sweep';
  readonly sweep: string;
}

/**
 * The run's own job ended without an answer: the outcome, or the loss of the request, is reported. Nothing runs
 * again.
 */
export interface LateJob extends JobBase {
  readonly kind: 'late';
  readonly asker: Asker;
  readonly replyTo: ReplyTo;
  /** Absent for a pasted text, and if only the run's id is known. */
  readonly alias?: string;
  /** The store lost the run. */
  readonly isRestored?: boolean | undefined;
}

/**
 * The person was told that the request was not accepted: the job occupies the run's id, so that nothing runs for it.
 */
export interface WithdrawJob extends JobBase {
  readonly kind: 'withdraw';
}

/** Closes a debug session that its process left open on the device. No person waits for it. */
export interface CloseDebugJob extends JobBase {
  readonly kind: 'close-debug';
  readonly alias: string;
}

/** Self-check of the simulated device (`src/bot/monitoring`). No person waits for it. */
export interface SelfCheckJob extends JobBase {
  readonly kind: 'self-check';
}

/** Record of a job whose answer a person waits for: everything except the evidence. */
export function toRun(job: RequestJob | LateJob): Run {
  const { runId: id, asker, replyTo, acceptedAt } = job;
  const run = { id, asker, replyTo, acceptedAt };
  switch (job.kind) {
    case 'check': {
      const { kind, alias, user, vdom, live, details, comparesTo, replaces, afterFix } = job;
      return { ...run, kind, alias, user, vdom, live, details, comparesTo, replaces, afterFix };
    }
    case 'analyze': {
      const { kind, comparesTo, replaces } = job;
      return { ...run, kind, comparesTo, replaces };
    }
    case 'group': {
      const { kind, group: name, aliases, user, vdom, sweep } = job;
      const group = { name, size: aliases.length, sweep };
      return { ...run, kind, group, user, vdom };
    }
    case 'late':
      return { ...run, kind: 'check', alias: job.alias };
    default:
      return job satisfies never;
  }
}
