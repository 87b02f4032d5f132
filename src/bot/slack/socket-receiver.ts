import { setTimeout as sleep } from 'node:timers/promises';
import { type Logger as BoltLogger, type Logger, SocketModeReceiver } from '@slack/bolt';
import type { Dispatcher } from 'undici';

export interface SocketReceiverOptions {
  readonly appToken: string;
  readonly logger: BoltLogger;
  readonly slackApiUrl?: string | undefined;
  /** For a connection through a proxy. The SDK's own dispatcher closes broken connections faster. */
  readonly dispatcher?: Dispatcher | undefined;
}

const RETRY_DELAY_MS = 30_000;

/**
 * Bolt's Socket Mode receiver with error handling. The SDK reconnects by itself, but a failed reconnect cannot be
 * caught: a stop during a reconnect, or a token refused for a while, would end the process as an unhandled rejection.
 * Here the first connection fails to the caller, and later ones are retried until one succeeds or the receiver is
 * stopped.
 */
export function createSocketReceiver(options: SocketReceiverOptions): SocketModeReceiver {
  const { appToken, logger, slackApiUrl, dispatcher } = options;
  const receiver = new SocketModeReceiver({
    appToken,
    logger,
    dispatcher,
    installerOptions: {
      // No `retryConfig`: when it runs out during a reconnect, that is an unhandled rejection too, while the socket
      // client's default continues.
      clientOptions: slackApiUrl === undefined ? {} : { slackApiUrl },
    },
  });
  const { client } = receiver;
  guardSocket(client, logger);
  const connect = client.start.bind(client);
  const stopped = new AbortController();
  client.on('disconnecting', () => stopped.abort());
  let isFirst = true;
  client.start = async () => {
    if (isFirst) {
      isFirst = false;
      return await connect();
    }
    while (!stopped.signal.aborted) {
      try {
        return await connect();
      } catch (error) {
        if (stopped.signal.aborted) break;
        logger.error('Socket Mode could not reconnect:', error);
        await sleep(RETRY_DELAY_MS, undefined, { signal: stopped.signal, ref: false }).catch(() => {});
      }
    }
    return { ok: false };
  };
  return receiver;
}

type Client = SocketModeReceiver['client'];

/**
 * Slack's socket client reads an envelope outside of any `try`: an envelope or payload that is not an object would
 * cause an unhandled rejection, which ends the process. Such envelopes are ignored.
 */
function guardSocket(client: Client, logger: Logger): void {
  for (const listener of client.listeners('ws_message') as readonly ((...all: unknown[]) => unknown)[]) {
    client.off('ws_message', listener);
    client.on('ws_message', (data: unknown, isBinary: unknown) => {
      Promise.resolve()
        .then(() => listener(data, isBinary))
        .catch((error: unknown) => logger.warn('a message of the socket was ignored:', error));
    });
  }
}
