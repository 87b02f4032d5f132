import { inflateSync, strFromU8 } from 'fflate';
import { UnreadableFile } from '../unreadable-file.ts';
import { collect } from './byte-chunks.ts';
import { DAMAGED, tooLargeFile, type UnpackBudget, type UnpackedFile } from './unpacked-file.ts';

/** The list of entries stands at the end, so that a zip archive is read as a whole. Bytes. */
const MAX_ZIP_BYTES = 64 << 20;

/** First four bytes of the records (APPNOTE.TXT of PKWARE, 4.3). `64`: of archives whose numbers may have 64 bits. */
const ENTRY = 0x02014b50;
const END = 0x06054b50;
const END_64 = 0x06064b50;
const PLACE_OF_END_64 = 0x07064b50;
/** Bytes of the records, without a comment, a name and extra fields. */
const END_LENGTH = 22;
const ENTRY_LENGTH = 46;
const LOCAL_LENGTH = 30;
const MAX_COMMENT = 0xffff;
/** In place of a number: the extra field `EXTRA_64` has it. */
const IN_EXTRA = 0xffffffff;
const EXTRA_64 = 1;
/** Bit of the flags of an entry: the name is UTF-8. */
const UTF8 = 0x800;
const STORED = 0;
const DEFLATED = 8;

/** Of the list of entries. Sizes in bytes. */
interface Entry {
  readonly name: string;
  readonly method: number;
  readonly size: number;
  readonly originalSize: number;
  /** Offset of the local header, which comes before the data. */
  readonly local: number;
}

/**
 * The files of a zip archive, in its order. Rejects with `ftm_evidence_*`. The list of entries is read here, because
 * `unzipSync` keeps one of the entries of a name.
 */
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
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (const entry of listEntries(archive, bytes, view)) {
    const { name, originalSize } = entry;
    if (name.endsWith('/')) yield { name, bytes: new Uint8Array() };
    else if (originalSize > fileBytes) yield tooLargeFile(name, fileBytes);
    else {
      take(originalSize);
      yield unpackEntry(bytes, view, entry);
    }
  }
}

function listEntries(archive: string, bytes: Uint8Array, view: DataView): readonly Entry[] {
  const entries: Entry[] = [];
  try {
    const { count, first } = findList(view);
    for (let at = first; entries.length < count; ) {
      if (view.getUint32(at, true) !== ENTRY) throw new RangeError(`no entry at ${at}`);
      const [nameLength, extraLength, commentLength] = [28, 30, 32].map((by) =>
        view.getUint16(at + by, true),
      );
      const extra = at + ENTRY_LENGTH + (nameLength ?? 0);
      const end = extra + (extraLength ?? 0);
      const [originalSize = 0, size = 0, local = 0] = readNumbers(view, at, extra, end);
      const isUtf8 = (view.getUint16(at + 8, true) & UTF8) !== 0;
      const name = strFromU8(bytes.subarray(at + ENTRY_LENGTH, extra), !isUtf8);
      entries.push({ name, method: view.getUint16(at + 10, true), size, originalSize, local });
      at = end + (commentLength ?? 0);
    }
  } catch (cause) {
    throw new UnreadableFile(archive, DAMAGED, { cause });
  }
  return entries;
}

/** Number of entries, and the place of the first. Throws if there is no list, as in an archive that is cut. */
function findList(view: DataView): { readonly count: number; readonly first: number } {
  let end = view.byteLength - END_LENGTH;
  const last = Math.max(0, end - MAX_COMMENT);
  while (end > last && view.getUint32(end, true) !== END) end -= 1;
  if (view.getUint32(end, true) !== END) throw new RangeError('no end of a list');
  const is64 = end >= 20 && view.getUint32(end - 20, true) === PLACE_OF_END_64;
  const end64 = is64 ? Number(view.getBigUint64(end - 12, true)) : 0;
  return is64 && view.getUint32(end64, true) === END_64
    ? {
        count: Number(view.getBigUint64(end64 + 32, true)),
        first: Number(view.getBigUint64(end64 + 48, true)),
      }
    : { count: view.getUint16(end + 8, true), first: view.getUint32(end + 16, true) };
}

/** Size of the file, size of its data, and place of the local header: in this order also in the extra field. */
function readNumbers(view: DataView, at: number, extra: number, end: number): readonly number[] {
  const numbers = [24, 20, 42].map((by) => view.getUint32(at + by, true));
  for (let field = extra; field + 4 < end; field += 4 + view.getUint16(field + 2, true)) {
    if (view.getUint16(field, true) !== EXTRA_64) continue;
    let next = field + 4;
    return numbers.map((number) => {
      if (number !== IN_EXTRA) return number;
      next += 8;
      return Number(view.getBigUint64(next - 8, true));
    });
  }
  return numbers;
}

/** Unpacks no more than the header says. Passwords are not known: what is locked looks damaged. */
function unpackEntry(bytes: Uint8Array, view: DataView, entry: Entry): UnpackedFile {
  const { name, method, size, originalSize, local } = entry;
  const unpacked = () => {
    const lengths = view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    const from = local + LOCAL_LENGTH + lengths;
    const data = bytes.subarray(from, from + size);
    if (method === STORED) return data.slice();
    return method === DEFLATED ? inflateSync(data, { out: new Uint8Array(originalSize) }) : undefined;
  };
  try {
    const file = unpacked();
    if (file?.length === originalSize) return { name, bytes: file };
  } catch {
    // The entry is reported as damaged; the others are read.
  }
  return { name, state: 'failed', why: `${DAMAGED}, or is protected with a password` };
}
