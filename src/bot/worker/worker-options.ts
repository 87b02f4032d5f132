import type { Collect } from '../../device/collector.ts';
import type { CaseFocus } from '../../engine/diagnosis/case-focus.ts';
import type { RedactedCase } from '../../engine/evidence/redacted-case.ts';
import type { UserGroupsOf } from '../../platform/access/decide.ts';
import type { Dependencies } from '../../platform/dependencies.ts';
import type { JobContext } from '../../platform/queue/job-queue.ts';
import type { JobResult, RunHandler } from '../../platform/queue/run-queue.ts';
import type { SelfCheckJob } from '../../platform/runs/queue-job.ts';
import type { Run, RunOutcome } from '../../platform/runs/run.ts';
import type { GroupStore } from '../../platform/store/group-store.ts';
import type { PackedCase } from '../../platform/store/packed-case.ts';
import type { SweepStore } from '../../platform/store/sweep-store.ts';
import type { Delivery } from '../delivery/create-delivery.ts';
import type { DebugSessions } from '../recovery/debug-sessions.ts';
import type { CompareWithHealthy } from './compare-with-healthy.ts';

export type WorkContext = JobContext<JobResult>;

export interface AnswerOptions extends Pick<Dependencies, 'queue' | 'runs' | 'logger' | 'now'> {
  readonly debugSessions: DebugSessions;
  readonly delivery: Delivery;
  /** Adds the outcome of a check to the history of its device; never rejects. */
  readonly addToHistory?: (run: Run, outcome: RunOutcome) => Promise<void>;
  /**
   * Called after a final answer, for example to page; may be called again for the same run. `early`: the outcome is
   * stored, and Slack does not take it yet.
   */
  readonly onAnswered?: (runId: string, options?: { readonly early?: boolean }) => Promise<void>;
}

export interface WorkerOptions extends AnswerOptions, Pick<Dependencies, 'inventory' | 'records'> {
  readonly concurrency: number;
  readonly measured?: (work: RunHandler) => RunHandler;
  readonly selfCheck?: (job: SelfCheckJob) => Promise<void>;
  readonly collect: Collect;
  readonly userGroupsOf: UserGroupsOf;
  readonly compareWithHealthy?: CompareWithHealthy;
  /** Stores the evidence of a run for a limited time (`forMs`: milliseconds, if less than usual); never rejects. */
  readonly keepEvidence?: (
    runId: string,
    evidence: RedactedCase | PackedCase,
    focus: CaseFocus,
    forMs?: number,
  ) => Promise<void>;
  readonly groups: GroupStore;
  readonly sweeps: SweepStore;
  /** Called with every sweep that starts, for the audit trail. */
  readonly onSweepStarted?: (run: Run) => void;
}
