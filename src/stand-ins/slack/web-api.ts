import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { chatMethods } from './chat-methods.ts';
import type { Faults } from './faults.ts';
import { type Answer, fail, type Method, type MethodContext, stringArgument } from './methods.ts';
import { otherMethods } from './other-methods.ts';
import { parseArguments, readRequestBody } from './read-body.ts';
import { neededScope } from './scopes.ts';
import type { ApiCall } from './types.ts';
import { viewMethods } from './view-methods.ts';

const METHODS = new Map<string, Method>(Object.entries({ ...chatMethods, ...viewMethods, ...otherMethods }));

export interface WebApiOptions {
  readonly context: Omit<MethodContext, 'args'>;
  readonly faults: Faults;
  readonly appToken: string;
  /** Current scopes of the bot token; `undefined` if it was revoked. */
  scopes(): ReadonlySet<string> | undefined;
  record(call: ApiCall): void;
}

/** Answers `POST /api/<method>`. */
export async function answerWebApi(
  request: IncomingMessage,
  response: ServerResponse,
  method: string,
  options: WebApiOptions,
): Promise<void> {
  const args = parseArguments(await readRequestBody(request), request.headers['content-type'] ?? '');
  const fault = options.faults.take(method);
  const note = (failure?: string): void => options.record({ method, args, at: Date.now(), failure });

  if (fault?.hang) return note('hangs');
  if (fault?.delayMs !== undefined) await sleep(fault.delayMs);
  if (fault?.status !== undefined) {
    note(`http_${fault.status}`);
    const headers = fault.retryAfter === undefined ? {} : { 'retry-after': String(fault.retryAfter) };
    response.writeHead(fault.status, headers).end(JSON.stringify(fail('ratelimited')));
    return;
  }
  const answer = fault?.error === undefined ? perform(method, args, request, options) : fail(fault.error);
  if (fault?.dropResponse) {
    note('dropped');
    request.socket.destroy();
    return;
  }
  note(answer.error);
  const granted = [...(options.scopes() ?? [])].join(',');
  const headers = { 'content-type': 'application/json', ...(granted ? { 'x-oauth-scopes': granted } : {}) };
  response.writeHead(200, headers).end(JSON.stringify(answer));
}

function perform(
  method: string,
  args: Readonly<Record<string, unknown>>,
  request: IncomingMessage,
  options: WebApiOptions,
): Answer {
  const run = METHODS.get(method);
  if (!run) return fail('unknown_method');
  const refused = checkToken(method, args, request, options);
  return refused ?? run({ ...options.context, args });
}

function checkToken(
  method: string,
  args: Readonly<Record<string, unknown>>,
  request: IncomingMessage,
  options: WebApiOptions,
): Answer | undefined {
  // An app being installed has no token yet.
  if (method === 'oauth.v2.access' || method === 'api.test') return undefined;
  const token = request.headers.authorization?.replace(/^Bearer /, '') ?? args.token;
  if (token === undefined) return fail('not_authed');
  if (method === 'apps.connections.open') {
    return token === options.appToken ? undefined : fail('not_allowed_token_type');
  }
  const problem = options.context.tokens.problemOf(typeof token === 'string' ? token : '');
  if (problem !== undefined) return fail(problem);
  const scopes = options.scopes();
  if (!scopes) return fail('token_revoked');
  const channel = options.context.workspace.channel(
    stringArgument(args, 'channel') ?? stringArgument(args, 'channel_id') ?? '',
  );
  const needed = neededScope(method, channel);
  if (needed === undefined || scopes.has(needed)) return undefined;
  return fail('missing_scope', { needed, provided: [...scopes].join(',') });
}
