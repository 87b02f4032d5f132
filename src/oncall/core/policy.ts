import type { PagerPolicy, PagerSeverity } from '../../platform/config/escalation-types.ts';
import type { Device } from '../../platform/config/inventory-types.ts';
import { listsDevice } from '../../platform/config/listed-devices.ts';
import type { Subject } from './escalation.ts';

const RANK: Readonly<Record<PagerSeverity, number>> = { critical: 3, high: 2, medium: 1, low: 0 };

export function ranksAtLeast(severity: PagerSeverity, min: PagerSeverity): boolean {
  return RANK[severity] >= RANK[min];
}

/** Returns the first policy whose threshold the diagnosis reaches. `known`: absent for pasted evidence. */
export function policyFor(
  policies: readonly PagerPolicy[],
  subject: Subject,
  known: Pick<Device, 'groups' | 'customer' | 'site'> | undefined,
): PagerPolicy | undefined {
  const device = { groups: [], ...known, alias: subject.alias ?? '' };
  return policies.find(
    (policy) =>
      listsDevice(policy.devices, device) &&
      ranksAtLeast(subject.severity, policy.severity) &&
      subject.affectedUsers >= policy.affectedUsers,
  );
}
