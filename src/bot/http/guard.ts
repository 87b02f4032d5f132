import type { IncomingMessage, ServerResponse } from 'node:http';
import { createFailureLimit } from '../../platform/access/failure-limit.ts';
import { sameSecret } from '../../platform/store/sha256.ts';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

export interface GuardOptions {
  readonly password: string;
  readonly logger: { warn(fields: object, message: string): void };
  readonly now: () => number;
}

/** For each address. */
const WRONG_PASSWORDS = { max: 10, windowMs: 60_000 } as const;

const HEADERS = {
  'cache-control': 'no-store',
  // The page loads nothing from other hosts, and no page may frame it.
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'self'; form-action 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
} as const;

/** Requires the password (HTTP Basic authentication, any user name); otherwise answers 401 or 429. */
export function withPassword(handler: Handler, { password, logger, now }: GuardOptions): Handler {
  const wrong = createFailureLimit(now, WRONG_PASSWORDS);

  return (request, response) => {
    for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
    const address = request.socket.remoteAddress ?? 'unknown';
    if (wrong.isReached(address)) {
      const wait = { 'retry-after': String(WRONG_PASSWORDS.windowMs / 1000) };
      return refuse(response, 429, wait, 'too many wrong passwords\n');
    }
    const given = parsePassword(request.headers.authorization);
    if (given !== undefined && sameSecret(given, password)) return handler(request, response);
    // A browser's first request has no password and is no attempt.
    if (given !== undefined) {
      wrong.count(address);
      logger.warn({ address }, 'a wrong password for the queue dashboard');
    }
    const ask = { 'www-authenticate': 'Basic realm="ftm-check", charset="UTF-8"' };
    refuse(response, 401, ask, 'a password is needed\n');
  };
}

function parsePassword(authorization = ''): string | undefined {
  const [, encoded] = /^Basic +([A-Za-z0-9+/]+={0,2})$/i.exec(authorization) ?? [];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  return text.includes(':') ? text.slice(text.indexOf(':') + 1) : undefined;
}

function refuse(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  text: string,
): void {
  response.writeHead(status, { 'content-type': 'text/plain', ...headers }).end(text);
}
