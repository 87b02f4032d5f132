import { type UnzipFileInfo, unzipSync } from 'fflate';
import { UnreadableFile } from '../unreadable-file.ts';
import { collect } from './byte-chunks.ts';
import { DAMAGED, tooLargeFile, type UnpackBudget, type UnpackedFile } from './unpacked-file.ts';

/** The list of entries stands at the end, so that a zip archive is read as a whole. Bytes. */
const MAX_ZIP_BYTES = 64 << 20;

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
  for (const entry of listEntries(archive, bytes)) {
    const { name, originalSize } = entry;
    if (name.endsWith('/')) yield { name, bytes: new Uint8Array() };
    else if (originalSize > fileBytes) yield tooLargeFile(name, fileBytes);
    else {
      take(originalSize);
      yield readEntry(bytes, entry);
    }
  }
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
function readEntry(archive: Uint8Array, { name, originalSize }: UnzipFileInfo): UnpackedFile {
  try {
    const bytes = unzipSync(archive, { filter: (entry) => entry.name === name })[name];
    if (bytes?.length === originalSize) return { name, bytes };
  } catch {
    // Its only errors are about this data.
  }
  return { name, state: 'failed', why: `${DAMAGED}, or is protected with a password` };
}
