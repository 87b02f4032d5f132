import type { IncomingMessage } from 'node:http';

export async function readRequestBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Arguments as the Web API takes them: a JSON body, or a form in which structured values are JSON. */
export function parseArguments(body: Buffer, contentType: string): Record<string, unknown> {
  const text = body.toString('utf8');
  if (contentType.includes('application/json')) return text === '' ? {} : JSON.parse(text);
  return Object.fromEntries(
    [...new URLSearchParams(text)].map(([name, value]) => [name, parseValue(name, value)]),
  );
}

const STRUCTURED = new Set(['blocks', 'metadata', 'files', 'view', 'attachments']);

function parseValue(name: string, value: string): unknown {
  if (STRUCTURED.has(name)) return JSON.parse(value);
  if (value === 'true' || value === 'false') return value === 'true';
  return value;
}
