import type { Collect } from '../device/collector.ts';
import type { Logger } from '../observe/logger.ts';
import type { DebugSessions, DebugSessionToken } from './debug-sessions.ts';

export interface DebugSessionRegistryOptions {
  readonly debugSessions: Pick<DebugSessions, 'register' | 'remove' | 'ofDevice'>;
  readonly logger: Logger;
}

/**
 * The same collector, with every debug window remembered before it is opened and until it is closed. What another process
 * left open on a device is closed before anything else is done there.
 */
export function withDebugSessionRegistry(
  collect: Collect,
  { debugSessions: windows, logger }: DebugSessionRegistryOptions,
): Collect {
  async function leftAt(alias: string): Promise<readonly DebugSessionToken[]> {
    try {
      return await windows.ofDevice(alias);
    } catch (error) {
      // The device can still be read; the recovery retries later.
      logger.warn(
        { alias, err: error },
        'debug session registry unavailable: an open session may be unknown',
      );
      return [];
    }
  }

  async function forget(tokens: readonly DebugSessionToken[]): Promise<void> {
    try {
      for (const token of tokens) await windows.remove(token);
    } catch (error) {
      logger.warn({ err: error }, 'a closed debug session is still recorded as open');
    }
  }

  return async (request) => {
    const { live, onLeftover } = request;
    const { alias } = request.device;
    const left = await leftAt(alias);
    const opened: DebugSessionToken[] = [];
    return await collect({
      ...request,
      ...(left.length === 0
        ? {}
        : {
            closeDebugFirst: true,
            async onLeftover(isOff) {
              logger.warn({ alias, isOff }, 'a debug session of another process was open');
              if (isOff) await forget(left);
              await onLeftover?.(isOff);
            },
          }),
      ...(live
        ? {
            live: {
              ...live,
              async onOpening(applications) {
                opened.push(await windows.register(alias, live.seconds));
                try {
                  // Others put on record that it is opened: not before it may be.
                  await live.onOpening?.(applications);
                } catch (error) {
                  await forget(opened);
                  throw error;
                }
              },
              async onClosed() {
                await forget(opened);
                await live.onClosed?.();
              },
            },
          }
        : {}),
    });
  };
}
