import { createTarDecoder } from 'modern-tar';
import { packedWith } from '../decode-text.ts';
import { UnreadableFile } from '../unreadable-file.ts';
import { collect, countBytes, fromStream, gunzip, lookAtHead, once, toStream } from './byte-chunks.ts';
import { readZip } from './read-zip.ts';
import { DAMAGED, tooLargeFile, type UnpackBudget, type UnpackedFile } from './unpacked-file.ts';

export interface UnpackLimits {
  /** Bytes of everything that is unpacked, archives in archives included. */
  readonly bytes: number;
  readonly files: number;
  /** Bytes of one file, where a larger one is left out and the others are read. */
  readonly fileBytes?: number;
}

/** What one case may hold in archives, whatever their format. More is a mistake or an archive bomb. */
export const CASE_LIMITS = { bytes: 64 << 20, files: 500 } as const satisfies UnpackLimits;
const MB = 1 << 20;
const GB = 1 << 30;
/** Archives in archives. */
const MAX_DEPTH = 3;

/** The limits of several archives together: hand the same one in for each. */
export interface ArchiveLimits extends UnpackLimits {
  readonly used: { bytes: number; files: number };
}

export function limitArchives(limits: Partial<UnpackLimits> = {}): ArchiveLimits {
  return { ...CASE_LIMITS, ...limits, used: { bytes: 0, files: 0 } };
}

interface Archive {
  readonly name: string;
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Stands before the names of the files in it. */
  readonly prefix: string;
  readonly depth: number;
}

/**
 * The files in an archive (gzip, zip, tar, and these in one another), or the file itself where nothing is packed. The
 * content decides, not the name. Folders, hidden files and what archivers add are left out. Rejects with
 * `ftm_evidence_too_large` beyond the limits, and with `ftm_evidence_unreadable`.
 */
export function unpack(
  name: string,
  chunks: AsyncIterable<Uint8Array>,
  limits: ArchiveLimits = limitArchives(),
): AsyncGenerator<UnpackedFile> {
  return open({ name, chunks, prefix: '', depth: 0 }, createBudget(name, limits));
}

/** The name of a file without the ending of gzip. */
export function unpackedName(name: string): string {
  return name.replace(/\.gz$/i, '');
}

function createBudget(name: string, limits: ArchiveLimits): UnpackBudget {
  const { bytes, files, fileBytes = Number.POSITIVE_INFINITY, used } = limits;
  const advice = 'Unpack it, and name the text files.';
  return {
    fileBytes,
    take(count) {
      used.bytes += count;
      if (used.bytes <= bytes) return;
      const limit = bytes < GB ? `${Math.floor(bytes / MB)} MB` : `${bytes / GB} GB`;
      const reason = `is too large: the limit is ${limit} unpacked`;
      throw new UnreadableFile(name, reason, { advice, isTooLarge: true });
    },
    takeFile() {
      used.files += 1;
      if (used.files <= files) return;
      throw new UnreadableFile(name, `contains more than ${files} files`, { advice, isTooLarge: true });
    },
  };
}

async function* open(archive: Archive, budget: UnpackBudget): AsyncGenerator<UnpackedFile> {
  const { name, depth } = archive;
  const { head, all } = await lookAtHead(archive.chunks);
  const format = packedWith(head);
  if (format !== undefined && depth > MAX_DEPTH) {
    throw new UnreadableFile(name, `is packed more than ${MAX_DEPTH} times`);
  }
  if (format === 'gzip') {
    const chunks = countBytes(gunzip(name, all), budget.take);
    yield* open({ ...archive, chunks, depth: depth + 1 }, budget);
    return;
  }
  // The bytes of what is in an archive are counted already.
  const counted = depth === 0 && format !== 'zip' ? countBytes(all, budget.take) : all;
  if (format === undefined) yield await readFile(name, counted, budget);
  else
    yield* readEntries(
      archive,
      format === 'tar' ? readTar(name, counted, budget) : readZip(name, all, budget),
      budget,
    );
}

async function readFile(
  name: string,
  chunks: AsyncIterable<Uint8Array>,
  { fileBytes }: UnpackBudget,
): Promise<UnpackedFile> {
  const bytes = await collect(chunks, fileBytes);
  return bytes === undefined ? tooLargeFile(name, fileBytes) : { name, bytes };
}

async function* readEntries(
  { prefix, depth }: Archive,
  entries: AsyncIterable<UnpackedFile>,
  budget: UnpackBudget,
): AsyncGenerator<UnpackedFile> {
  for await (const entry of entries) {
    if (isLeftOut(entry.name)) continue;
    budget.takeFile();
    const name = `${prefix}${entry.name.replace(/^\.\//, '')}`;
    if (!('bytes' in entry)) yield { ...entry, name };
    else yield* readEntry({ name, chunks: once(entry.bytes), prefix: `${name}/`, depth: depth + 1 }, budget);
  }
}

/** What is damaged does not keep the other files of an archive from being read. */
async function* readEntry(archive: Archive, budget: UnpackBudget): AsyncGenerator<UnpackedFile> {
  try {
    yield* open(archive, budget);
  } catch (error) {
    if (!(error instanceof UnreadableFile) || error.code !== 'ftm_evidence_unreadable') throw error;
    yield { name: archive.name, state: 'failed', why: error.reason };
  }
}

function isLeftOut(name: string): boolean {
  if (name.endsWith('/') || name.startsWith('__MACOSX/')) return true;
  return name.split('/').some((part) => part.startsWith('.') && part !== '.');
}

/**
 * The files of a tar archive (pax, ustar, GNU), in its order. Rejects with `ftm_evidence_unreadable` where it is damaged.
 */
async function* readTar(
  archive: string,
  chunks: AsyncIterable<Uint8Array>,
  { fileBytes }: Pick<UnpackBudget, 'fileBytes'>,
): AsyncGenerator<UnpackedFile> {
  try {
    for await (const { header, body } of fromStream(
      toStream(chunks).pipeThrough(createTarDecoder({ strict: true })),
    )) {
      const { name, type, linkname = '' } = header;
      const isFile = type === 'file' && !name.endsWith('/');
      if (isFile && header.size <= fileBytes) {
        const bytes = await collect(fromStream(body), fileBytes);
        yield bytes === undefined ? tooLargeFile(name, fileBytes) : { name, bytes };
        continue;
      }
      await body.cancel();
      if (isFile) yield tooLargeFile(name, fileBytes);
      if (type === 'link' || type === 'symlink') {
        yield {
          name,
          state: 'skipped',
          why: `A link to ${linkname}: links in archives are not followed`,
        };
      }
    }
  } catch (cause) {
    throw cause instanceof UnreadableFile ? cause : new UnreadableFile(archive, DAMAGED, { cause });
  }
}
