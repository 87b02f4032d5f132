import type { CommandId } from '../fortios/commands.ts';
import type { EvidenceItem } from './types.ts';

/** Plans which VDOMs of a device a check reads. `items`: the answers of global scope. `listed`: the VDOMs of the device. */
export type VdomPlanner = (
  items: readonly EvidenceItem[],
  listed: readonly string[],
  asked: string | undefined,
) => VdomPlan;

export interface VdomPlan {
  /** VDOMs that may be concerned, the most important first. */
  readonly names: readonly string[];
  /**
   * What to ask next in this VDOM, which has answered `items`; nothing if it is not concerned, or everything was
   * asked.
   */
  readonly next: (vdom: string, items: readonly EvidenceItem[]) => readonly CommandId[];
}
