import type { Run } from '../../../platform/runs/run.ts';
import type { GroupStore } from '../../../platform/store/group-store.ts';
import type { SweepStore } from '../../../platform/store/sweep-store.ts';
import type { AnswerOptions } from '../answer-run.ts';
import type { ProduceOptions } from '../produce-outcome.ts';

export interface GroupOptions extends AnswerOptions, ProduceOptions {
  readonly groups: GroupStore;
  readonly sweeps: SweepStore;
  /** Called with every sweep that starts, for the audit trail. */
  readonly onSweepStarted?: (run: Run) => void;
}
