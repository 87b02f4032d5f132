import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Unpacked } from './archives.ts';
import type { IncomingFile } from './incoming-message.ts';
import type { IntakeBudget } from './intake-budget.ts';
import { unpack } from './intake-thread.ts';

export type FetchedFile =
  | ({ readonly name: string } & Extract<Unpacked, { kind: 'texts' }>)
  /** `reason` is for the person; `denied`: somebody has to give the app a right; `missed`: Slack is away. */
  | {
      readonly kind: 'unreadable';
      readonly name: string;
      readonly reason: string;
      readonly denied?: boolean;
      readonly missed?: boolean;
    };

export interface FileAccess {
  readonly token: string;
  /** Of the Web API in use; files from its origin are fetched too (a local Slack, a proxy). */
  readonly slackApiUrl: string;
  /** Of the request that the files belong to. */
  readonly budget: IntakeBudget;
}

const MAX_BYTES = 5_000_000;
const TIMEOUT_MS = 10_000;
const SLACK_HOSTS = /(^|\.)slack(-gov)?\.com$/;
/** Slack calls many of them binary. */
const READ_NAMES = /\.(?:txt|log|conf|cfg|csv|out|text|gz|tgz|zip)$/i;
const PACKED_TYPES = /^application\/(?:x-)?(?:gzip|zip(?:-compressed)?)$/;

/** True for a text, a snippet or an archive, of a size that we read. */
export function isReadableFile(file: IncomingFile): boolean {
  return (file.size ?? 0) <= MAX_BYTES && mayBeRead(file);
}

/** By its name and what Slack says of it; what it really is its bytes tell. */
function mayBeRead({ name, mimetype = '', filetype = '' }: IncomingFile): boolean {
  const saysText = mimetype.startsWith('text/') || filetype === 'text';
  return saysText || PACKED_TYPES.test(mimetype) || READ_NAMES.test(name ?? '');
}

/** With less room left nothing more is fetched: unpacking what does not fit takes time, too. */
const LEAST_BYTES = 100_000;
const NOTHING_LEFT = 'was not read: what came before it is all that I read for one request, 20 MB';
const NO_ANSWER = 'could not be read: Slack did not answer';
const PAUSES_MS = [500, 1500];
const NOT_LET =
  'could not be read: the app may lack files:read. The operator of ftm-check can compare its scopes with ftm-check manifest and install it again';

/** The texts in a file that somebody uploaded. The token goes to Slack alone, whatever address the event names. */
export async function fetchFile(file: IncomingFile, access: FileAccess): Promise<FetchedFile> {
  const name = file.name ?? 'file';
  const unreadable = (reason: string) => ({ kind: 'unreadable', name, reason }) as const;
  if ((file.size ?? 0) > MAX_BYTES) return unreadable(`is larger than ${MAX_BYTES / 1_000_000} MB`);
  if (!mayBeRead(file)) return unreadable('is neither a text file nor packed with gzip or zip');
  const url = file.url_private_download ?? file.url_private ?? '';
  if (!isSlackAddress(url, access.slackApiUrl)) return unreadable('is not kept in Slack');
  if (access.budget.left() < LEAST_BYTES) return unreadable(NOTHING_LEFT);
  const downloaded = await download(url, access);
  if (downloaded === 'missed') return { ...unreadable(NO_ANSWER), missed: true };
  if (downloaded === 'denied') return { ...unreadable(NOT_LET), denied: true };
  if (downloaded === 'too-large') return unreadable(`is larger than ${MAX_BYTES / 1_000_000} MB`);
  const { budget } = access;
  const unpacked = await unpack(basename(name), downloaded, budget.left());
  if (unpacked.kind === 'unreadable') return unreadable(unpacked.reason);
  for (const { text } of unpacked.items) budget.take(text.length);
  return { ...unpacked, name };
}

async function download(
  url: string,
  access: FileAccess,
): Promise<Buffer | 'missed' | 'denied' | 'too-large'> {
  try {
    const response = await request(url, access);
    if (response === undefined) return 'missed';
    // Without the right to read it Slack answers 200 with its login page.
    const isPage = response.headers.get('content-type')?.includes('text/html') ?? false;
    if (!response.ok || isPage) return 'denied';
    return (await readBounded(response)) ?? 'too-large';
  } catch {
    return 'missed';
  }
}

/** Nothing where Slack is away, or asks to wait, for longer than a moment. */
async function request(url: string, { token, budget }: FileAccess): Promise<Response | undefined> {
  for (const pause of [...PAUSES_MS, undefined]) {
    const response = await fetch(url, {
      headers: { authorization: `Bearer ${token}` },
      redirect: 'error',
      signal: AbortSignal.any([AbortSignal.timeout(TIMEOUT_MS), budget.downloads]),
    }).catch(() => undefined);
    if (response !== undefined && response.status !== 429 && response.status < 500) return response;
    await response?.body?.cancel();
    if (budget.downloads.aborted) return undefined;
    if (pause !== undefined) await sleep(pause);
  }
  return undefined;
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
