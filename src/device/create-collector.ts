import { setTimeout as sleep } from 'node:timers/promises';
import { FtmError } from '../ftm-error.ts';
import { openBudget } from './budget.ts';
import { collectItems } from './collect-items.ts';
import type { Collect } from './collector.ts';
import type { ReadSecret } from './credential.ts';
import { DEBUG_SESSION_TIMING, type DebugSessionTiming } from './debug-session.ts';
import { createDeviceConnection } from './device-connection.ts';
import { connectionError, timedOut } from './device-errors.ts';
import { type DeviceLogger, SILENT } from './device-logger.ts';
import { watchLogin } from './live-check.ts';
import { createNavigator } from './navigator.ts';
import type { OnReceived } from './report-traffic.ts';
import { switchOffLeftover } from './switch-off.ts';
import { wantedCommands } from './wanted-commands.ts';

export interface CollectorOptions {
  readonly readSecret: ReadSecret;
  readonly logger?: DeviceLogger | undefined;
  readonly onReceived?: OnReceived | undefined;
  readonly timing?: Partial<DebugSessionTiming>;
}

/** A device that closed a session may need a moment to accept another. */
const RECONNECT_DELAY_MS = 500;

/**
 * Reads devices over SSH. Every promise settles within the device's job budget and the time of a live session with its
 * closing, and leaves no socket behind.
 */
export function createCollector({
  readSecret,
  logger = SILENT,
  onReceived,
  timing,
}: CollectorOptions): Collect {
  return async (request) => {
    const { device, live, onSent } = request;
    const jobMs = device.timeouts.job + (live?.seconds ?? 0) * 1000;
    using job = openBudget(jobMs, () => timedOut(device, 'job'), request.signal);
    const { signal } = job;
    await using connection = createDeviceConnection({ device, readSecret, logger, onSent, onReceived });
    try {
      request.onProgress?.({ phase: 'connecting', step: 0, steps: wantedCommands(request).length });
      const navigator = createNavigator(await connection.openShell(signal), {
        reopen: () => connection.reopenShell(signal),
        reconnect: async () => {
          await sleep(RECONNECT_DELAY_MS, undefined, { signal }).catch(() => undefined);
          return await connection.openShell(signal);
        },
      });
      if (request.closeDebugFirst) {
        await request.onLeftover?.(
          (await switchOffLeftover(navigator, { signal, fast: timing?.fast })) === 'off',
        );
      }
      const items = await collectItems(navigator, request, signal);
      const watched = live && {
        item: await watchLogin({
          navigator,
          connection,
          request,
          live,
          items,
          timing: { ...DEBUG_SESSION_TIMING, ...timing },
          signal,
        }),
      };
      await navigator.leave();
      return watched ? [...items, watched.item] : items;
    } catch (error) {
      throw error instanceof FtmError ? error : connectionError(device, error);
    }
  };
}
