import { buffer } from 'node:stream/consumers';
import { crc32, deflateRawSync } from 'node:zlib';
import { pack } from 'tar-stream';

export interface ZipEntry {
  readonly name: string;
  readonly content: string | Buffer;
  /** What the headers say the content's length is; the truth by default. */
  readonly claimed?: number;
  /** Scrambles the entry and marks it as locked with a password. */
  readonly encrypted?: boolean;
}

/** A zip file as archivers write them: deflated entries, then the central directory. */
export function zipOf(entries: readonly ZipEntry[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, claimed, encrypted = false } of entries) {
    const raw = Buffer.from(content);
    const deflated = deflateRawSync(raw);
    const packed = encrypted ? deflated.map((byte, at) => byte ^ ((at * 37 + 91) & 0xff)) : deflated;
    const nameBytes = Buffer.from(name);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(encrypted ? 1 : 0, 2);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(raw), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(claimed ?? raw.length, 18);
    common.writeUInt16LE(nameBytes.length, 22);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), common, nameBytes, packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(
      Buffer.concat([Buffer.from('PK\u0001\u0002'), Buffer.from([20, 0]), common, tail, nameBytes]),
    );
    locals.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 0, 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, central, end]);
}

export interface TarEntry {
  readonly name: string;
  readonly content?: string | Buffer;
  /** Where it leads, for a link. */
  readonly linkname?: string;
}

/** A tar archive, written by a program of others. */
export async function tarOf(entries: readonly TarEntry[]): Promise<Buffer> {
  const archive = pack();
  for (const { name, content = '', linkname } of entries) {
    if (linkname === undefined) archive.entry({ name }, content);
    else archive.entry({ name, linkname, type: 'symlink' });
  }
  archive.finalize();
  return await buffer(archive);
}
