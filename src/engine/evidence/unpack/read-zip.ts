import { type UnzipFileInfo, type Unzipped, unzipSync } from 'fflate';
import { UnreadableFile } from '../unreadable-file.ts';
import { collect } from './byte-chunks.ts';
import { DAMAGED, tooLargeFile, type UnpackBudget, type UnpackedFile } from './unpacked-file.ts';

/** The list of entries stands at the end, so that a zip archive is read as a whole. Bytes. */
const MAX_ZIP_BYTES = 64 << 20;
/** Entries that are unpacked together: for each batch the list of entries is read again. */
const MAX_BATCH = 1000;
const MAX_BATCH_BYTES = 16 << 20;

/** The files of a zip archive, in its order. Rejects with `ftm_evidence_*`. */
export async function* readZip(
  archive: string,
  chunks: AsyncIterable<Uint8Array>,
  { fileBytes, take }: UnpackBudget,
): AsyncGenerator<UnpackedFile> {
  const bytes = await collect(chunks, MAX_ZIP_BYTES);
  if (bytes === undefined) {
    const reason = `is too large: zip archives of up to ${MAX_ZIP_BYTES >> 20} MB are read`;
    throw new UnreadableFile(archive, reason, {
      advice: 'Unpack it, and name the text files.',
      isTooLarge: true,
    });
  }
  const entries = listEntries(archive, bytes);
  const isRead = ({ name, originalSize }: UnzipFileInfo) => !name.endsWith('/') && originalSize <= fileBytes;
  for (let from = 0; from < entries.length; ) {
    const batch = listBatch(entries, from, isRead);
    for (const entry of batch) if (isRead(entry)) take(entry.originalSize);
    const files = unzip(bytes, from, batch.length, isRead);
    for (const [index, entry] of batch.entries()) {
      const { name, originalSize } = entry;
      if (name.endsWith('/')) yield { name, bytes: new Uint8Array() };
      else if (!isRead(entry)) yield tooLargeFile(name, fileBytes);
      // One damaged entry lets the whole batch fail.
      else yield toFile(name, originalSize, files ?? unzip(bytes, from + index, 1, isRead));
    }
    from += batch.length;
  }
}

/** The entries from `from` that are unpacked together: no two of one name, because `unzipSync` keeps one of these. */
function listBatch(
  entries: readonly UnzipFileInfo[],
  from: number,
  isRead: (entry: UnzipFileInfo) => boolean,
): readonly UnzipFileInfo[] {
  const batch: UnzipFileInfo[] = [];
  const names = new Set<string>();
  let bytes = 0;
  for (const entry of entries.slice(from, from + MAX_BATCH)) {
    bytes += isRead(entry) ? entry.originalSize : 0;
    if (batch.length > 0 && (bytes > MAX_BATCH_BYTES || names.has(entry.name))) break;
    names.add(entry.name);
    batch.push(entry);
  }
  return batch;
}

function listEntries(archive: string, bytes: Uint8Array): readonly UnzipFileInfo[] {
  const entries: UnzipFileInfo[] = [];
  try {
    unzipSync(bytes, {
      filter(entry) {
        entries.push(entry);
        return false;
      },
    });
  } catch (cause) {
    throw new UnreadableFile(archive, DAMAGED, { cause });
  }
  return entries;
}

/** `fflate` unpacks no more than the header says. It knows no passwords: what is locked looks damaged. */
function unzip(
  archive: Uint8Array,
  from: number,
  count: number,
  isRead: (entry: UnzipFileInfo) => boolean,
): Unzipped | undefined {
  let index = -1;
  try {
    return unzipSync(archive, {
      filter(entry) {
        index += 1;
        return index >= from && index < from + count && isRead(entry);
      },
    });
  } catch {
    // Its only errors are about the data of these entries.
    return undefined;
  }
}

function toFile(name: string, size: number, files: Unzipped | undefined): UnpackedFile {
  const bytes = files?.[name];
  if (bytes?.length === size) return { name, bytes };
  return { name, state: 'failed', why: `${DAMAGED}, or is protected with a password` };
}
