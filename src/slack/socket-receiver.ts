import { setTimeout as sleep } from 'node:timers/promises';
import { type Logger as BoltLogger, SocketModeReceiver } from '@slack/bolt';
import { guardSocket } from './guard-socket.ts';

export interface SocketReceiverOptions {
  readonly appToken: string;
  readonly logger: BoltLogger;
  readonly slackApiUrl?: string | undefined;
}

const BETWEEN_TRIES_MS = 30_000;

/**
 * Bolt's Socket Mode receiver, made to survive. The SDK reconnects by itself but lets nobody catch a failure of that:
 * a stop during a reconnect, or Slack refusing the token for a while, would end the process as an unhandled rejection.
 * Here the first connection fails to the caller, and later ones are tried until there is one or the receiver is stopped.
 */
export function createSocketReceiver(options: SocketReceiverOptions): SocketModeReceiver {
  const { appToken, logger, slackApiUrl } = options;
  const receiver = new SocketModeReceiver({
    appToken,
    logger,
    installerOptions: {
      // Without a `retryConfig`: when one of ours runs out during a reconnect, that is an unhandled rejection too,
      // while the socket client's own goes on.
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
        await sleep(BETWEEN_TRIES_MS, undefined, { signal: stopped.signal, ref: false }).catch(() => {});
      }
    }
    return { ok: false };
  };
  return receiver;
}
