import type { Logger, SocketModeReceiver } from '@slack/bolt';

type Client = SocketModeReceiver['client'];

/**
 * Slack's socket client reads an envelope outside of any `try`: an envelope or payload that is not an object would
 * cause an unhandled rejection, which ends the process. Such envelopes are ignored.
 */
export function guardSocket(client: Client, logger: Logger): void {
  for (const listener of client.listeners('ws_message') as readonly ((...all: unknown[]) => unknown)[]) {
    client.off('ws_message', listener);
    client.on('ws_message', (data: unknown, isBinary: unknown) => {
      Promise.resolve()
        .then(() => listener(data, isBinary))
        .catch((error: unknown) => logger.warn('a message of the socket was ignored:', error));
    });
  }
}
