import type { Collect } from '../../device/collector.ts';
import type { Logger } from '../../platform/observe/logger.ts';
import type { DebugSessions, DebugSessionToken } from './debug-sessions.ts';

export interface DebugSessionRegistryOptions {
  readonly debugSessions: Pick<DebugSessions, 'register' | 'remove' | 'ofDevice'>;
  readonly logger: Logger;
}

/**
 * Registers every debug session before it is opened and until it is closed. A session that another process left open
 * on the device is closed first.
 */
export function withDebugSessionRegistry(
  collect: Collect,
  { debugSessions: sessions, logger }: DebugSessionRegistryOptions,
): Collect {
  async function leftAt(alias: string): Promise<readonly DebugSessionToken[]> {
    try {
      return await sessions.ofDevice(alias);
    } catch (error) {
      // The device can still be read; the recovery closes the session later.
      logger.warn(
        { alias, err: error },
        'debug session registry unavailable: an open session may be unknown',
      );
      return [];
    }
  }

  async function forget(tokens: readonly DebugSessionToken[]): Promise<void> {
    try {
      for (const token of tokens) await sessions.remove(token);
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
                opened.push(await sessions.register(alias, live.seconds));
                try {
                  // Outer decorators record the opening only after the session is registered.
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
