import { open, unlink } from 'node:fs/promises';
import { PassThrough, type Writable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { unwritable } from '../process/private-file.ts';
import type { Io } from './io.ts';

export const COLOURS = ['auto', 'always', 'never'] as const;

export interface OutputOptions {
  readonly output?: string;
  readonly color: (typeof COLOURS)[number];
}

export async function withOutput(
  { output, color }: OutputOptions,
  io: Io,
  work: (io: Io) => Promise<number>,
): Promise<number> {
  const coloured = overrideIo(io, { env: { ...io.env, ...COLOUR_VARIABLES[color] } });
  if (output === undefined) return await work(coloured);
  return await intoFile(output, (stdout) => work(overrideIo(coloured, { stdout })));
}

const COLOUR_VARIABLES = { auto: {}, always: { FORCE_COLOR: '1' }, never: { FORCE_COLOR: '0' } } as const;

/** Node creates the streams of a process at first access, so the others are not touched here. */
function overrideIo(io: Io, values: Partial<Io>): Io {
  const properties = Object.entries(values).map(
    ([name, value]) => [name, { value, enumerable: true }] as const,
  );
  return Object.create(io, Object.fromEntries(properties)) as Io;
}

/**
 * The file is opened first, so that a wrong path is refused before anything is read, and written at the end, so that
 * an existing answer stays if there is no new one. Rejects with `ftm_usage`.
 */
async function intoFile(path: string, work: (stdout: Writable) => Promise<number>): Promise<number> {
  const file = await open(path, 'a').catch((cause: unknown) => {
    throw unwritable(path, cause);
  });
  const stdout = new PassThrough();
  const written = buffer(stdout);
  let text = Buffer.alloc(0);
  try {
    const status = await work(stdout);
    stdout.end();
    text = await written;
    if (text.length > 0) {
      await file.truncate();
      await file.writeFile(text);
    }
    return status;
  } catch (cause) {
    throw cause instanceof Error && 'syscall' in cause ? unwritable(path, cause) : cause;
  } finally {
    stdout.end();
    await written;
    const isEmpty = (await file.stat()).size === 0;
    await file.close();
    if (text.length === 0 && isEmpty) await unlink(path);
  }
}
