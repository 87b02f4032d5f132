import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { packedWith } from '../../engine/evidence/decode-text.ts';
import { readBounded } from '../../platform/net/read-bounded.ts';
import type { Unpacked } from './archives.ts';
import type { IncomingFile } from './incoming-message.ts';
import { type IntakeBudget, isPackedFile } from './intake-budget.ts';
import { unpackInThread } from './intake-thread.ts';

export type FetchedFile =
  | ({ readonly name: string } & Extract<Unpacked, { kind: 'texts' }>)
  /** `reason` is for the person; `denied`: the app lacks a permission; `missed`: Slack is unavailable. */
  | {
      readonly kind: 'unreadable';
      readonly name: string;
      readonly reason: string;
      readonly denied?: boolean;
      readonly missed?: boolean;
    };

export interface FileAccess {
  readonly token: string;
  /** Address of the Web API; files from its origin are fetched too (a local Slack, a proxy). */
  readonly slackApiUrl: string;
  readonly budget: IntakeBudget;
}

const MAX_BYTES = 5_000_000;
const TIMEOUT_MS = 10_000;
const SLACK_HOSTS = /(^|\.)slack(-gov)?\.com$/;
/** Slack reports many of these files as binary. */
const READ_NAMES = /\.(?:txt|log|conf|cfg|csv|out|text|gz|tgz|tar|zip)$/i;
const PACKED_TYPES = /^application\/(?:x-)?(?:gzip|tar|zip(?:-compressed)?)$/;

/** True for a text, a snippet or an archive within the size limit. */
export function isReadableFile(file: IncomingFile): boolean {
  return (file.size ?? 0) <= MAX_BYTES && mayBeRead(file);
}

/** Judges by name and Slack's type; the actual type is known from the bytes. */
function mayBeRead({ name, mimetype = '', filetype = '' }: IncomingFile): boolean {
  const isTextType = mimetype.startsWith('text/') || filetype === 'text';
  return isTextType || PACKED_TYPES.test(mimetype) || READ_NAMES.test(name ?? '');
}

/** With less room left nothing more is fetched, because unpacking takes time too. */
const MIN_BYTES_LEFT = 100_000;
const NOTHING_LEFT = 'was not read: what came before it is all that I read for one request, 20 MB';
/** Only the packed size is reserved for such a file. */
const DISGUISED =
  'is packed, but its name does not say so: please send it again with a name that ends with .gz, .tgz, .tar or .zip';
const NO_ANSWER = 'could not be read: Slack did not answer';
const RETRY_DELAYS_MS = [500, 1500];
const NO_PERMISSION =
  'could not be read: the app may lack files:read. The operator of ftm-check can compare its scopes with ftm-check manifest and install it again';

/** Returns the texts in an uploaded file. The token is sent to Slack only, whatever address the event names. */
export async function fetchFile(file: IncomingFile, access: FileAccess): Promise<FetchedFile> {
  const name = file.name ?? 'file';
  const unreadable = (reason: string) => ({ kind: 'unreadable', name, reason }) as const;
  if ((file.size ?? 0) > MAX_BYTES) return unreadable(`is larger than ${MAX_BYTES / 1_000_000} MB`);
  if (!mayBeRead(file)) return unreadable('is neither a text file nor packed with gzip, zip or tar');
  const url = file.url_private_download ?? file.url_private ?? '';
  if (!isSlackAddress(url, access.slackApiUrl)) return unreadable('is not kept in Slack');
  if (access.budget.left() < MIN_BYTES_LEFT) return unreadable(NOTHING_LEFT);
  const downloaded = await download(url, access);
  if (downloaded === 'missed') return { ...unreadable(NO_ANSWER), missed: true };
  if (downloaded === 'denied') return { ...unreadable(NO_PERMISSION), denied: true };
  if (downloaded === 'too-large') return unreadable(`is larger than ${MAX_BYTES / 1_000_000} MB`);
  const packed = packedWith(downloaded);
  if (packed !== undefined && !isPackedFile(file)) return unreadable(DISGUISED);
  const { budget } = access;
  const unpacked = await unpackInThread(basename(name), downloaded, budget.left());
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
    // Without the permission Slack answers 200 with its login page.
    const isPage = response.headers.get('content-type')?.includes('text/html') ?? false;
    if (!response.ok || isPage) return 'denied';
    return (await readBounded(response, MAX_BYTES)) ?? 'too-large';
  } catch {
    return 'missed';
  }
}

/** Undefined if Slack is unavailable or asks for a long wait. */
async function request(url: string, { token, budget }: FileAccess): Promise<Response | undefined> {
  for (const pause of [...RETRY_DELAYS_MS, undefined]) {
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
