import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

export interface GuardOptions {
  readonly password: string;
  readonly logger: { warn(fields: object, message: string): void };
  readonly now: () => number;
}

/** Failed attempts per address and minute. */
const MAX_ATTEMPTS = 10;
const WINDOW_MS = 60_000;
/** Maximum number of addresses remembered. A client with more addresses is inside the network anyway. */
const MAX_ADDRESSES = 1_000;

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
  const expected = digest(password);
  const wrong = new Map<string, number[]>();

  /** Failed attempts of the last minute, oldest first. */
  function attemptsOf(address: string): number[] {
    const recent = (wrong.get(address) ?? []).filter((at) => now() - at < WINDOW_MS);
    if (recent.length === 0) wrong.delete(address);
    else wrong.set(address, recent);
    return recent;
  }

  function remember(address: string, attempts: readonly number[]): void {
    wrong.delete(address);
    wrong.set(address, [...attempts, now()]);
    for (const oldest of wrong.keys()) {
      if (wrong.size <= MAX_ADDRESSES) break;
      wrong.delete(oldest);
    }
  }

  return (request, response) => {
    for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
    const address = request.socket.remoteAddress ?? 'unknown';
    const guesses = attemptsOf(address);
    if (guesses.length >= MAX_ATTEMPTS) {
      const seconds = Math.ceil(((guesses[0] ?? 0) + WINDOW_MS - now()) / 1000);
      refuse(response, 429, { 'retry-after': String(seconds) }, 'too many wrong passwords\n');
      return;
    }
    const given = passwordOf(request.headers.authorization);
    if (given !== undefined && timingSafeEqual(digest(given), expected)) {
      handler(request, response);
      return;
    }
    // A browser's first request has no password and is no attempt.
    if (given !== undefined) {
      remember(address, guesses);
      logger.warn({ address }, 'a wrong password for the queue dashboard');
    }
    const ask = { 'www-authenticate': 'Basic realm="ftm-check", charset="UTF-8"' };
    refuse(response, 401, ask, 'a password is needed\n');
  };
}

/** Digests have equal length, which `timingSafeEqual` requires. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function passwordOf(authorization = ''): string | undefined {
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
