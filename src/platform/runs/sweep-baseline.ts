import type { MemberFinding } from './group.ts';

/** What a sweep found, for comparison with the next one. */
export interface SweepBaseline {
  /** Id of the group check. */
  readonly run: string;
  readonly devices: readonly SweptDevice[];
}

export interface SweptDevice {
  readonly name: string;
  readonly findings: readonly Pick<MemberFinding, 'rule' | 'title' | 'device'>[];
  /** Whether it could be read the last time it was tried. */
  readonly isRead: boolean;
}
