import { setTimeout as sleep } from 'node:timers/promises';
import { FtmError } from '../ftm-error.ts';
import { openBudget } from './budget.ts';
import { collectItems } from './collect/collect-items.ts';
import { Navigator } from './collect/navigator.ts';
import { wantedCommands } from './collect/wanted-commands.ts';
import type { Collect } from './collector.ts';
import { createDeviceConnection } from './device-connection.ts';
import { connectionError, timedOut } from './device-errors.ts';
import { type DeviceLogger, SILENT } from './device-logger.ts';
import { DEBUG_SESSION_TIMING, type DebugSessionTiming } from './live/debug-session.ts';
import { watchLogin } from './live/live-check.ts';
import { switchOffLeftover } from './live/switch-off.ts';
import type { OnReceived } from './report-traffic.ts';
import type { ReadSecret } from './transport/credential.ts';

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
      const navigator = new Navigator(await connection.connect(signal), {
        reopen: () => connection.openSession(signal),
        reconnect: async () => {
          await sleep(RECONNECT_DELAY_MS, undefined, { signal }).catch(() => undefined);
          return await connection.connect(signal);
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
