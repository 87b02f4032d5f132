import { createReadStream, statSync } from 'node:fs';
import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import type { OpenText } from '../../engine/diagnosis/diagnose-texts.ts';
import { packedWith } from '../../engine/evidence/decode-text.ts';
import {
  type FirstBytes,
  readAtLeast,
  readTextHead,
  WHAT_TO_PASTE,
} from '../../engine/evidence/read-head.ts';
import type { ArchiveLimits } from '../../engine/evidence/unpack/unpack.ts';
import { FtmError } from '../../engine/ftm-error.ts';
import type { ListedFile } from '../each/list-cases.ts';
import { type Io, printNow } from '../terminal/io.ts';
import { throwUnreadable } from './unreadable-reason.ts';

export interface EvidenceSource extends OpenText {
  /** Bytes, if known. */
  readonly size?: number | undefined;
}

/** Bytes: enough to detect the kind, and all of what people paste. */
const HEAD_BYTES = 1 << 20;
const CHUNK_BYTES = 1 << 20;
/** Files of one folder. */
const MAX_FILES = 500;

/**
 * Opens the named files; `-` or no name is standard input. `unread`: those that could not be read, each of which was
 * reported on standard error. Rejects with `ftm_usage`, and with `ftm_evidence_*` if none can be read.
 */
export async function openEvidence(files: readonly string[], io: Io) {
  const names = files.length > 0 ? [...new Set(files)] : ['-'];
  if (names.includes('-') && io.stdin.isTTY) {
    throw new FtmError(
      'ftm_usage',
      'There is nothing to analyze: no file is named, and standard input is a terminal.',
      { advice: 'Try `ftm-check analyze debug.log`, or `… | ftm-check analyze`.' },
    );
  }
  const place: OpenOptions = { isOneOfSeveral: names.length > 1, io };
  const sources: EvidenceSource[] = [];
  const failures: FtmError[] = [];
  for (const name of names) {
    try {
      sources.push(...(await openNamed(name, place)));
    } catch (error) {
      if (!(error instanceof FtmError) || error.code !== 'ftm_evidence_unreadable') throw error;
      failures.push(error);
    }
  }
  const [first] = failures;
  if (first !== undefined && sources.length === 0) throw first;
  for (const { message } of failures) printNow(io.stderr, `Not read: ${message}`);
  return { sources: withoutFolders(sources), unread: failures.length };
}

/** Folders tell about the machine of the person who asks, and an answer is forwarded. Equal names of files are numbered. */
function withoutFolders(sources: readonly EvidenceSource[]): readonly EvidenceSource[] {
  const seen = new Map<string, number>();
  return sources.map((source) => {
    const name = basename(source.name);
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return { ...source, name: count === 1 ? name : `${name} (${count})` };
  });
}

interface OpenOptions {
  readonly isOneOfSeveral: boolean;
  /** Set with the first archive. */
  limits?: ArchiveLimits;
  readonly io: Io;
}

/** Opens what a path names: for a folder, all texts in it. */
async function openNamed(name: string, options: OpenOptions): Promise<readonly EvidenceSource[]> {
  if (name === '-') return await open('standard input', readChunks(options.io.stdin), undefined, options);
  if (!isFolder(name)) return await open(name, fileChunks(name), readSize(name), options);
  const { listCases } = await import('../each/list-cases.ts');
  await refuseManyFiles(name, listCases([name]));
  return await openAll(name, listCases([name]), options);
}

/** The texts among the files of a folder or an archive. */
async function openAll(
  name: string,
  files: AsyncIterable<ListedFile>,
  options: OpenOptions,
): Promise<readonly EvidenceSource[]> {
  const sources: EvidenceSource[] = [];
  const notRead = (what: string) => printNow(options.io.stderr, `Not read: ${what}.`);
  for await (const file of files) {
    if ('why' in file) {
      notRead(`${file.name}: ${file.why}`);
      continue;
    }
    const shown = options.isOneOfSeveral && file.name !== name ? `${name}/${file.name}` : file.name;
    try {
      if ('path' in file)
        sources.push(...(await open(shown, fileChunks(file.path), readSize(file.path), options)));
      else sources.push(await openBytes(shown, file.bytes));
    } catch (error) {
      // Folders of logs also contain pictures and empty files.
      if (!(error instanceof FtmError) || error.code !== 'ftm_evidence_unreadable') throw error;
      notRead(error.message.replace(/\.$/, ''));
    }
  }
  if (sources.length > 0) return sources;
  throw new FtmError('ftm_evidence_unreadable', `${name} holds no text that can be read.`, {
    advice: WHAT_TO_PASTE,
  });
}

/** Thousands of files are a project or the backups of many devices, and no case. Contents are not read. */
async function refuseManyFiles(name: string, files: AsyncIterable<{ readonly name: string }>): Promise<void> {
  const names: string[] = [];
  for await (const file of files) {
    names.push(file.name);
    if (names.length > MAX_FILES) {
      const folders = [...new Set(names.map((each) => each.split('/')[0]))].slice(0, 4).join(', ');
      throw new FtmError(
        'ftm_usage',
        `${name} holds more than ${MAX_FILES} files (${folders} …), which would all be read as the evidence of one case. Nothing was read.`,
        { advice: 'Name the files of the case, or use --each to make every file its own case.' },
      );
    }
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** Opens one text, or those in an archive. */
async function open(
  name: string,
  chunks: AsyncGenerator<Uint8Array>,
  size: number | undefined,
  options: OpenOptions,
): Promise<readonly EvidenceSource[]> {
  const opened = await readAtLeast(chunks, HEAD_BYTES);
  if (packedWith(opened.taken) === undefined) return [await openText(name, opened, chunks, size)];
  // What unpacks takes longer to load than a pasted text to open.
  const { limitArchives, unpack } = await import('../../engine/evidence/unpack/unpack.ts');
  options.limits ??= limitArchives();
  return await openAll(name, unpack(name, afterHead(opened.taken, chunks), options.limits), options);
}

async function openBytes(name: string, bytes: Uint8Array): Promise<EvidenceSource> {
  const { unpackedName } = await import('../../engine/evidence/unpack/unpack.ts');
  const chunks = (async function* () {
    for (let at = 0; at < bytes.length; at += CHUNK_BYTES) yield bytes.subarray(at, at + CHUNK_BYTES);
  })();
  return await openText(unpackedName(name), await readAtLeast(chunks, HEAD_BYTES), chunks, bytes.length);
}

async function* afterHead(head: Uint8Array, rest: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield head;
  yield* rest;
}

async function openText(
  name: string,
  first: FirstBytes,
  rest: AsyncGenerator<Uint8Array>,
  size: number | undefined,
): Promise<EvidenceSource> {
  const { head, isComplete } = await readTextHead(name, first, rest);
  return { name, size, head, rest: isComplete ? undefined : rest };
}

async function* readChunks(stream: Readable): AsyncGenerator<Uint8Array> {
  for await (const chunk of stream) yield Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
}

async function* fileChunks(path: string): AsyncGenerator<Uint8Array> {
  try {
    yield* readChunks(createReadStream(path, { highWaterMark: CHUNK_BYTES }));
  } catch (error) {
    throwUnreadable(path, error);
  }
}

function readSize(path: string): number | undefined {
  try {
    return statSync(path).size;
  } catch {
    // Reading it reports the problem.
    return undefined;
  }
}
