import type { RequestListener } from 'node:http';
import { type HTTPReceiver, HTTPModuleFunctions as http, type Logger } from '@slack/bolt';
import { isBody } from './request-body.ts';

const MAX_SKEW_MS = 5 * 60_000;

/**
 * Checks requests before Bolt does: the timestamp may differ by five minutes in either direction (Bolt checks only
 * the past), and the body must be an object (Bolt reads `null` outside of any `try`, which ends the process).
 */
export function guardRequests(receiver: HTTPReceiver, logger: Logger, now: () => number = Date.now): void {
  const inner: RequestListener = receiver.requestListener;
  receiver.requestListener = (request, response) => {
    if (request.method !== 'POST' || pathOf(request.url) !== '/slack/events') return inner(request, response);
    const at = Number(request.headers['x-slack-request-timestamp']) * 1000;
    if (at > now() + MAX_SKEW_MS) {
      logger.warn('a request was refused: its time is more than five minutes ahead');
      response.writeHead(401).end();
      return undefined;
    }
    http.bufferIncomingMessage(request, http.defaultBodyLimit).then(
      (buffered) => {
        if (isBody(() => http.parseHTTPRequestBody(buffered))) return inner(buffered, response);
        logger.warn('a request was refused: its body is not an object');
        response.writeHead(400).end();
        return undefined;
      },
      (error: unknown) => {
        logger.warn('a request could not be read:', error);
        response.writeHead(413).end();
      },
    );
    return undefined;
  };
}

/** Parses the path as Bolt does, so that no spelling bypasses the check. */
function pathOf(url = ''): string | undefined {
  return URL.canParse(url, 'http://localhost') ? new URL(url, 'http://localhost').pathname : undefined;
}
