import { findDevice } from '../../../platform/config/find-device.ts';
import { listsDevice } from '../../../platform/config/listed-devices.ts';
import type { Dependencies } from '../../../platform/dependencies.ts';
import type { MemberJob } from '../../../platform/runs/queue-job.ts';
import { KEEP_OUTCOMES_MS } from '../../../platform/store/group-store.ts';
import { endOfQuietHours, endOfWindow } from './time-windows.ts';

type SweepTimesOptions = Pick<Dependencies, 'inventory' | 'now'>;

/** Why a device of a sweep is not read now; undefined if it is. */
export function maintenanceOf(
  { alias, member }: MemberJob,
  { inventory, now }: SweepTimesOptions,
): string | undefined {
  const sweep = member.sweep === undefined ? undefined : inventory.sweeps.get(member.sweep);
  const device = findDevice(inventory, alias);
  if (sweep === undefined || device === undefined) return undefined;
  const at = now();
  const isIn = sweep.maintenance.some(
    (window) =>
      listsDevice(window.devices, device) &&
      endOfWindow(window, window.timeZone ?? sweep.timeZone, at) !== undefined,
  );
  return isIn ? 'In a maintenance window' : undefined;
}

/** How long the diagnosis of a device of a group is kept, and what it was made of: a day from when they can be seen. */
export function memberKeepMs({ member }: MemberJob, options: SweepTimesOptions): number {
  return KEEP_OUTCOMES_MS + holdBackMs(member.sweep, options);
}

/** How long the result of a sweep is held back: until the end of the quiet hours. Milliseconds. */
export function holdBackMs(name: string | undefined, { inventory, now }: SweepTimesOptions): number {
  const sweep = name === undefined ? undefined : inventory.sweeps.get(name);
  if (sweep === undefined) return 0;
  const at = now();
  return endOfQuietHours(sweep.quietHours, sweep.timeZone, at) - at;
}
