import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { type HTTPReceiver, HTTPModuleFunctions as http, type Logger } from '@slack/bolt';
import { readBoundedBody } from './read-bounded-body.ts';

const MAX_SKEW_MS = 5 * 60_000;
/** Bytes. The longest message of Slack, with every character escaped, stays below. */
const MAX_BODY_BYTES = 2 * 1024 * 1024;

export interface GuardRequestsOptions {
  readonly signingSecret: string;
  readonly logger: Logger;
  /** Milliseconds since the Unix epoch. */
  readonly now?: () => number;
}

/**
 * Checks requests before Bolt does: the timestamp may differ by five minutes in either direction (Bolt checks only
 * the past), bodies have a limit that holds over all requests (Bolt reads 4 MB of each before it checks the signature),
 * and the body must be an object (Bolt reads `null` outside of any `try`, which ends the process).
 */
export function guardRequests(
  receiver: HTTPReceiver,
  { signingSecret, logger, now = Date.now }: GuardRequestsOptions,
): void {
  const inner: RequestListener = receiver.requestListener;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBoundedBody(request, MAX_BODY_BYTES);
    if (body.kind === 'refused') {
      logger.warn(`a request was refused: ${body.reason}`);
      response.writeHead(body.status, { connection: 'close' }).end();
      return;
    }
    const buffered = Object.assign(request, { rawBody: body.bytes });
    // Only what Slack signed is parsed here: Bolt refuses the rest.
    const isGenuine = await http.parseAndVerifyHTTPRequest({ signingSecret }, buffered, response).then(
      () => true,
      () => false,
    );
    if (isGenuine && !isBody(() => http.parseHTTPRequestBody(buffered))) {
      logger.warn('a request was refused: its body is not an object');
      response.writeHead(400).end();
      return;
    }
    inner(buffered, response);
  }

  receiver.requestListener = (request, response) => {
    // The path as Bolt parses it, so that no spelling bypasses the check.
    const path = URL.parse(request.url ?? '', 'http://localhost')?.pathname;
    if (request.method !== 'POST' || path !== '/slack/events') return inner(request, response);
    const at = Number(request.headers['x-slack-request-timestamp']) * 1000;
    if (at > now() + MAX_SKEW_MS) {
      logger.warn('a request was refused: its time is more than five minutes ahead');
      response.writeHead(401).end();
      return undefined;
    }
    answer(request, response).catch((error: unknown) => {
      logger.warn('a request could not be read:', error);
      if (!response.headersSent) response.writeHead(400).end();
    });
    return undefined;
  };
}

/** True if the body is an object. A body that cannot be parsed is the caller's to answer. */
function isBody(parse: () => unknown): boolean {
  try {
    const body = parse();
    return typeof body === 'object' && body !== null && !Array.isArray(body);
  } catch {
    return true;
  }
}
