import { basename } from 'node:path';
import type { EvidenceItem } from '../src/evidence/types.ts';
import { isText, readGzip, readZip, type Unpacked } from './archives.ts';
import type { IncomingFile } from './incoming-message.ts';

export type FetchedFile =
  | { readonly kind: 'texts'; readonly items: readonly EvidenceItem[] }
  /** `reason` is for the person. */
  | { readonly kind: 'unreadable'; readonly name: string; readonly reason: string };

export interface FileAccess {
  readonly token: string;
  /** Of the Web API in use; files from its origin are fetched too (a local Slack, a proxy). */
  readonly slackApiUrl: string;
}

const MAX_BYTES = 5_000_000;
const TIMEOUT_MS = 10_000;
const SLACK_HOSTS = /(^|\.)slack(-gov)?\.com$/;
/** Slack calls many of them binary. */
const TEXT_NAMES = /\.(?:txt|log|conf|cfg|csv|out|text)$/i;

/** True for a text, a snippet or an archive, of a size that we read. */
export function isReadableFile(file: IncomingFile): boolean {
  return (file.size ?? 0) <= MAX_BYTES && formatOf(file) !== undefined;
}

type Format = 'text' | 'gzip' | 'zip';

function formatOf({ name, mimetype = '', filetype = '' }: IncomingFile): Format | undefined {
  const ending = name ?? '';
  if (/\.gz$/i.test(ending) || /^application\/(?:x-)?gzip$/.test(mimetype)) return 'gzip';
  if (/\.zip$/i.test(ending) || /^application\/(?:x-)?zip(?:-compressed)?$/.test(mimetype)) return 'zip';
  const saysText = mimetype.startsWith('text/') || filetype === 'text';
  return saysText || TEXT_NAMES.test(ending) ? 'text' : undefined;
}

/** The texts in a file that somebody uploaded. The token goes to Slack alone, whatever address the event names. */
export async function fetchFile(file: IncomingFile, access: FileAccess): Promise<FetchedFile> {
  const name = file.name ?? 'file';
  const unreadable = (reason: string): FetchedFile => ({ kind: 'unreadable', name, reason });
  if ((file.size ?? 0) > MAX_BYTES) return unreadable(`is larger than ${MAX_BYTES / 1_000_000} MB`);
  const format = formatOf(file);
  if (format === undefined) return unreadable('is neither a text file nor packed with gzip or zip');
  const url = file.url_private_download ?? file.url_private ?? '';
  if (!isSlackAddress(url, access.slackApiUrl)) return unreadable('is not kept in Slack');
  try {
    const response = await fetch(url, {
      headers: { authorization: `Bearer ${access.token}` },
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    // Without the right to read it Slack answers 200 with its login page.
    const isPage = response.headers.get('content-type')?.includes('text/html') ?? false;
    if (!response.ok || isPage) return unreadable('could not be read: the app may lack `files:read`');
    const content = await readBounded(response);
    if (content === undefined) return unreadable(`is larger than ${MAX_BYTES / 1_000_000} MB`);
    const unpacked = await unpack(basename(name), content, format);
    return unpacked.kind === 'texts' ? unpacked : unreadable(unpacked.reason);
  } catch {
    return unreadable('could not be read: Slack did not answer');
  }
}

async function unpack(name: string, content: Buffer, format: Format): Promise<Unpacked> {
  if (format === 'gzip') return await readGzip(name, content);
  if (format === 'zip') return await readZip(content);
  const text = new TextDecoder().decode(content);
  if (content.length > 0 && !isText(text)) return { kind: 'unreadable', reason: 'is not a text file' };
  return { kind: 'texts', items: [{ name, text }] };
}

function isSlackAddress(url: string, slackApiUrl: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, origin } = new URL(url);
  if (origin === new URL(slackApiUrl).origin) return true;
  return protocol === 'https:' && SLACK_HOSTS.test(hostname);
}

/** The announced size may be wrong: reading ends where the limit is. */
async function readBounded(response: Response): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MAX_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
