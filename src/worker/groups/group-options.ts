import type { GroupStore } from '../../store/group-store.ts';
import type { AnswerOptions } from '../answer-run.ts';
import type { ProduceOptions } from '../produce-outcome.ts';

export interface GroupOptions extends AnswerOptions, Omit<ProduceOptions, 'keep'> {
  readonly groups: GroupStore;
}
