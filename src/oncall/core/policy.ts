import { listsDevice, type PagerPolicy, type PagerSeverity } from '../../platform/config/escalation-types.ts';
import type { Subject } from './escalation.ts';

const RANK: Readonly<Record<PagerSeverity, number>> = { critical: 3, high: 2, medium: 1, low: 0 };

export function ranksAtLeast(severity: PagerSeverity, min: PagerSeverity): boolean {
  return RANK[severity] >= RANK[min];
}

/**
 * Returns the first policy whose threshold the diagnosis reaches. `groups` are the device's; pasted evidence has
 * none.
 */
export function policyFor(
  policies: readonly PagerPolicy[],
  subject: Subject,
  groups: readonly string[],
): PagerPolicy | undefined {
  const device = { alias: subject.alias ?? '', groups };
  return policies.find(
    (policy) =>
      listsDevice(policy.devices, device) &&
      ranksAtLeast(subject.severity, policy.severity) &&
      subject.affectedUsers >= policy.affectedUsers,
  );
}
