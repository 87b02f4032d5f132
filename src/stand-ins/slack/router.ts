import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Files } from './files.ts';
import { parseArguments, readRequestBody } from './read-body.ts';
import type { ResponseUrls } from './response-urls.ts';
import type { Tokens } from './tokens.ts';
import { answerWebApi, type WebApiOptions } from './web-api.ts';

export interface RouterOptions {
  readonly files: Files;
  readonly responses: ResponseUrls;
  readonly tokens: Tokens;
  readonly webApi: WebApiOptions;
}

export function createRouter(options: RouterOptions) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    route(request, response, options).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else response.writeHead(500).end(String(error));
    });
  };
}

async function route(
  request: IncomingMessage,
  response: ServerResponse,
  options: RouterOptions,
): Promise<void> {
  const [, room, id = ''] = new URL(request.url ?? '/', 'http://localhost').pathname.split('/');
  if (room === 'api') return answerWebApi(request, response, id, options.webApi);
  if (room === 'response') return respond(request, response, id, options.responses);
  if (room === 'upload') return upload(request, response, id, options.files);
  if (room === 'files-pri') return download(request, response, id, options);
  response.writeHead(404).end();
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  id: string,
  responses: ResponseUrls,
): Promise<void> {
  const body = parseArguments(await readRequestBody(request), 'application/json');
  if (responses.use(id, body)) response.writeHead(200).end('ok');
  else response.writeHead(404).end('expired_url');
}

async function upload(
  request: IncomingMessage,
  response: ServerResponse,
  id: string,
  files: Files,
): Promise<void> {
  const taken = files.receive(id, await fileContent(request));
  response.writeHead(taken ? 200 : 404).end(taken ? 'OK' : 'not found');
}

/** The SDK sends a form with one part; a plain body is accepted too. */
async function fileContent(request: IncomingMessage): Promise<Buffer> {
  const body = await readRequestBody(request);
  const contentType = request.headers['content-type'] ?? '';
  if (!contentType.startsWith('multipart/')) return body;
  const form = await new Response(new Uint8Array(body), {
    headers: { 'content-type': contentType },
  }).formData();
  for (const value of form.values()) {
    return typeof value === 'string' ? Buffer.from(value) : Buffer.from(await value.arrayBuffer());
  }
  return Buffer.alloc(0);
}

/** Without the token Slack answers 200 with its login page, not an error. */
function download(
  request: IncomingMessage,
  response: ServerResponse,
  id: string,
  { files, tokens, webApi }: RouterOptions,
): void {
  const content = files.content(id);
  const token = request.headers.authorization?.replace(/^Bearer /, '') ?? '';
  const mayRead = webApi.scopes()?.has('files:read') ?? false;
  if (!mayRead || tokens.problemOf(token) !== undefined) {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!DOCTYPE html><title>Slack</title>');
    return;
  }
  if (!content) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { 'content-type': 'text/plain' }).end(content);
}
