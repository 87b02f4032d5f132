import type { Collect } from '../../device/collector.ts';
import { FtmError } from '../../engine/ftm-error.ts';
import { findDevice } from '../../platform/config/find-device.ts';
import type { Dependencies } from '../../platform/dependencies.ts';
import type { DebugSessions } from './debug-sessions.ts';

export interface CloseDebugSessionOptions extends Pick<Dependencies, 'inventory' | 'logger'> {
  readonly debugSessions: DebugSessions;
  /** Closes leftover debug sessions (`with-debug-session-registry.ts`). */
  readonly collect: Collect;
}

/** Closes debug sessions whose process is gone. Rejects if another attempt may succeed. */
export async function closeDebugSession(
  alias: string,
  signal: AbortSignal,
  { inventory, debugSessions, collect, logger }: CloseDebugSessionOptions,
): Promise<void> {
  if ((await debugSessions.ofDevice(alias)).length === 0) return;
  const device = findDevice(inventory, alias);
  if (!device) {
    logger.error({ alias }, 'debug may be enabled on a device that is no longer in the inventory');
    return;
  }
  try {
    await collect({ device, commands: [], signal });
  } catch (error) {
    // Another login with a wrong password could lock the account.
    if (error instanceof FtmError && !error.retryable) {
      logger.error({ alias, err: error }, 'debug may be enabled, and the device cannot be reached');
      return;
    }
    throw error;
  }
  if ((await debugSessions.ofDevice(alias)).length === 0) return;
  throw new FtmError('ftm_debug_left_on', `Debug on ${alias} could not be disabled.`, { retryable: true });
}
