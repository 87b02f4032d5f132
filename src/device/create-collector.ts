import { FtmError } from '../ftm-error.ts';
import { openBudget } from './budget.ts';
import { collectItems, wantedCommands } from './collect-items.ts';
import type { Collect } from './collector.ts';
import type { Connection } from './connect.ts';
import type { ReadSecret } from './credential.ts';
import { connectionError, timedOut } from './device-errors.ts';
import { type DeviceLogger, SILENT } from './device-logger.ts';
import { createNavigator } from './navigator.ts';
import { openRoute, type Route } from './route.ts';
import { openSession, type Session } from './session.ts';
import { signIn } from './sign-in.ts';

export interface CollectorOptions {
  readonly readSecret: ReadSecret;
  readonly logger?: DeviceLogger;
}

/** Reads devices over SSH. Every promise settles within the device's job budget, and leaves no socket behind. */
export function createCollector({ readSecret, logger = SILENT }: CollectorOptions): Collect {
  return async (request) => {
    const { device } = request;
    using job = openBudget(device.timeouts.job, () => timedOut(device, 'job'), request.signal);
    let route: Route | undefined;
    let connection: Connection | undefined;
    try {
      request.onProgress?.({ phase: 'connecting', step: 0, steps: wantedCommands(request).length });
      const way = await openRoute(device, readSecret, job.signal);
      route = way;
      const session = await withinConnectBudget(async (signal) => {
        connection = await signIn(device, readSecret, signal, await way.toDevice(signal));
        return startSession(connection, signal);
      });
      const navigator = createNavigator(session, () =>
        withinConnectBudget((signal) => startSession(connection, signal)),
      );
      const items = await collectItems(navigator, request);
      await navigator.leave();
      return items;
    } catch (error) {
      throw error instanceof FtmError ? error : connectionError(device, error);
    } finally {
      await connection?.close();
      await route?.close();
    }

    async function withinConnectBudget(work: (signal: AbortSignal) => Promise<Session>): Promise<Session> {
      using budget = openBudget(device.timeouts.connect, () => timedOut(device, 'connect'), job.signal);
      return await work(budget.signal);
    }

    function startSession(open: Connection | undefined, connectSignal: AbortSignal): Promise<Session> {
      if (!open) throw new Error('no connection yet');
      return openSession({
        connection: open,
        device,
        logger,
        connectSignal,
        signal: job.signal,
        onSent: request.onSent,
      });
    }
  };
}
