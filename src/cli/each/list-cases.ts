import { createReadStream } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { createGunzip } from 'node:zlib';
import { extract, type Header } from 'tar-stream';
import { MAX_UNPACKED_BYTES, packedWith } from '../../engine/evidence/decode-text.ts';
import { FtmError } from '../../ftm-error.ts';
import { unreadableReason } from '../evidence/unreadable-reason.ts';

/** One case to read: a file, or bytes of an archive. */
export type CaseFile =
  | { readonly name: string; readonly path: string }
  | { readonly name: string; readonly bytes: Uint8Array };

/** What an archive holds and is not read. */
export interface UnreadFile {
  readonly name: string;
  readonly state: 'failed' | 'skipped';
  readonly why: string;
}

export type ListedFile = CaseFile | UnreadFile;

/** Larger files are logs, which `analyze` reads alone. Bytes. */
export const MAX_CASE_BYTES = MAX_UNPACKED_BYTES;
/** Limit for one archive, unpacked: allows a backup of thousands of devices, and stops an archive bomb. Bytes. */
const MAX_ARCHIVE_BYTES = 4_000_000_000;
const HEAD_BYTES = 512;
export const TOO_LARGE = 'is larger than 64 MB: analyze it alone';

/**
 * The files below folders and in tar archives, and single files, each a separate case; hidden files and folders (the
 * `.git` of a working tree) are skipped. Names are relative to the folder, with `/`; with several paths they begin
 * with the path, so that none occurs twice. Rejects with `ftm_evidence_*`.
 */
export async function* listCases(paths: readonly string[]): AsyncGenerator<ListedFile> {
  const isOne = paths.length === 1;
  for (const path of new Set(paths)) {
    if (!(await isFolder(path)) && !(await isTar(path))) {
      yield { name: path, path };
      continue;
    }
    const files = (await isFolder(path)) ? filesBelow(path, path) : filesIn(path);
    for await (const file of files) yield isOne ? file : { ...file, name: `${path}/${file.name}` };
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (cause) {
    throw new FtmError('ftm_evidence_unreadable', `${path} ${unreadableReason(cause)}.`, { cause });
  }
}

/** Sorted by name, so that every run has the same order. Links to folders are not followed. */
async function* filesBelow(root: string, folder: string): AsyncGenerator<CaseFile> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
    throw new FtmError('ftm_evidence_unreadable', `${folder} ${unreadableReason(cause)}.`, { cause });
  });
  for (const entry of entries.toSorted(({ name: one }, { name: other }) => (one < other ? -1 : 1))) {
    if (entry.name.startsWith('.')) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(root, path);
    else if (entry.isFile() || (entry.isSymbolicLink() && !(await leadsToFolder(path)))) {
      yield { name: relative(root, path).split(sep).join('/'), path };
    }
  }
}

/** False for a broken link: reading it reports the problem. */
async function leadsToFolder(link: string): Promise<boolean> {
  const found = await stat(link).catch(() => undefined);
  return found?.isDirectory() ?? false;
}

/** A pipe is not: looking at its start would take the start from its reader. */
async function isTar(path: string): Promise<boolean> {
  if (!(await stat(path)).isFile()) return false;
  const head = await headOf(path);
  if (packedWith(head) === 'tar') return true;
  return packedWith(head) === 'gzip' && /\.(?:tgz|tar\.gz)$/i.test(path);
}

async function headOf(path: string): Promise<Uint8Array> {
  try {
    await using file = await open(path);
    const { buffer: bytes, bytesRead } = await file.read(new Uint8Array(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return bytes.subarray(0, bytesRead);
  } catch (cause) {
    throw new FtmError('ftm_evidence_unreadable', `${path} ${unreadableReason(cause)}.`, { cause });
  }
}

async function* filesIn(path: string): AsyncGenerator<ListedFile> {
  const entries = extract();
  const source = createReadStream(path);
  const fail = (error: Error) => entries.destroy(error);
  source.on('error', fail);
  if (packedWith(await headOf(path)) === 'gzip') source.pipe(createGunzip().on('error', fail)).pipe(entries);
  else source.pipe(entries);
  let left = MAX_ARCHIVE_BYTES;
  try {
    for await (const entry of entries) {
      const { name, type, size } = entry.header;
      left -= size;
      if (left < 0) throw tooLarge(path);
      const isHidden = name.split('/').some((part) => part.startsWith('.') && part !== '.');
      const unread = isHidden ? undefined : whyUnread(entry.header);
      const plain = name.replace(/^\.\//, '');
      if (unread === undefined && type === 'file' && !isHidden) {
        yield { name: plain, bytes: await buffer(entry) };
        continue;
      }
      entry.resume();
      if (unread !== undefined) yield { name: plain, ...unread };
    }
  } catch (cause) {
    if (cause instanceof FtmError) throw cause;
    throw new FtmError('ftm_evidence_unreadable', `${path} is damaged and cannot be unpacked.`, { cause });
  } finally {
    source.destroy();
  }
}

function whyUnread({ type, linkname, size }: Header): Omit<UnreadFile, 'name'> | undefined {
  if (type === 'symlink' || type === 'link')
    return { state: 'skipped', why: `A link to ${linkname}: links in archives are not followed` };
  if (type !== 'file' || size <= MAX_CASE_BYTES) return undefined;
  return { state: 'failed', why: TOO_LARGE };
}

function tooLarge(path: string): FtmError {
  return new FtmError('ftm_evidence_too_large', `${path} is too large: the limit is 4 GB unpacked.`);
}
