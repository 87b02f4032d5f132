import { createReadStream } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { packedWith } from '../../engine/evidence/decode-text.ts';
import { CASE_LIMITS, limitArchives, unpack } from '../../engine/evidence/unpack/unpack.ts';
import type { UnpackedFile } from '../../engine/evidence/unpack/unpacked-file.ts';
import { UnreadableFile } from '../../engine/evidence/unreadable-file.ts';
import { throwUnreadable } from '../evidence/unreadable-reason.ts';

/** One case to read: a file, or what an archive holds. */
export type ListedFile = { readonly name: string; readonly path: string } | UnpackedFile;
/** What can be read. */
export type CaseFile = Exclude<ListedFile, { readonly why: string }>;

/** Limit for one archive, unpacked: allows a backup of thousands of devices, and stops an archive bomb. */
const ARCHIVE_LIMITS = { bytes: 4 * 2 ** 30, files: 1_000_000, fileBytes: CASE_LIMITS.bytes };
const HEAD_BYTES = 512;

/**
 * The files below folders and in archives, and single files, each a separate case; hidden files and folders (the
 * `.git` of a working tree) are skipped. Names are relative to the folder, with `/`; with several paths they begin
 * with the path, so that none occurs twice. Rejects with `ftm_evidence_*`.
 */
export async function* listCases(paths: readonly string[]): AsyncGenerator<ListedFile> {
  const isOne = paths.length === 1;
  for (const path of new Set(paths)) {
    const files = isOne ? listPath(path) : readable(path, listPath(path));
    for await (const file of files) {
      yield isOne || file.name === path ? file : { ...file, name: `${path}/${file.name}` };
    }
  }
}

async function* listPath(path: string): AsyncGenerator<ListedFile> {
  const found = await stat(path).catch((cause: unknown) => throwUnreadable(path, cause));
  if (found.isDirectory()) yield* filesBelow(path, path);
  else if (found.isFile() && (await isArchive(path))) {
    yield* readable(path, unpack(path, createReadStream(path), limitArchives(ARCHIVE_LIMITS)));
  } else yield { name: path, path };
}

/** What cannot be read is a file of the list, so that the others are read. */
async function* readable(name: string, files: AsyncIterable<ListedFile>): AsyncGenerator<ListedFile> {
  try {
    yield* files;
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    yield { name, state: 'failed', why: error.reason };
  }
}

/** Sorted by name, so that every run has the same order. Links to folders are not followed. */
async function* filesBelow(root: string, folder: string): AsyncGenerator<ListedFile> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) =>
    throwUnreadable(folder, cause),
  );
  for (const entry of entries.toSorted(({ name: one }, { name: other }) => (one < other ? -1 : 1))) {
    if (entry.name.startsWith('.')) continue;
    const path = join(folder, entry.name);
    const name = relative(root, path).split(sep).join('/');
    if (entry.isDirectory()) yield* readable(name, filesBelow(root, path));
    else if (entry.isFile() || (entry.isSymbolicLink() && !(await leadsToFolder(path)))) yield { name, path };
  }
}

/** False for a broken link: reading it reports the problem. */
async function leadsToFolder(link: string): Promise<boolean> {
  const found = await stat(link).catch(() => undefined);
  return found?.isDirectory() ?? false;
}

/** A pipe is not: looking at its start would take the start from its reader. A single file in gzip is one case. */
async function isArchive(path: string): Promise<boolean> {
  const format = packedWith(await readStart(path));
  return format === 'gzip' ? /\.(?:tgz|tar\.gz)$/i.test(path) : format !== undefined;
}

async function readStart(path: string): Promise<Uint8Array> {
  await using file = await open(path).catch((cause: unknown) => throwUnreadable(path, cause));
  const head = file.read(new Uint8Array(HEAD_BYTES), 0, HEAD_BYTES, 0);
  const { buffer: bytes, bytesRead } = await head.catch((cause: unknown) => throwUnreadable(path, cause));
  return bytes.subarray(0, bytesRead);
}
