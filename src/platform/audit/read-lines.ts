import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { readLine } from './audit-line.ts';

/** Marks the start of each file after the first. */
export const NEXT_FILE: unique symbol = Symbol('next file');

/**
 * Lines of several files as one text. Only `\n` ends a line, because JSON may contain every other character that some
 * programs treat as a line end.
 */
export async function* linesOfFiles(
  paths: readonly string[],
  stdin: Readable,
): AsyncGenerator<string | typeof NEXT_FILE> {
  for (const [index, path] of paths.entries()) {
    if (index > 0) yield NEXT_FILE;
    yield* linesOf(path === '-' ? stdin : createReadStream(path));
  }
}

/**
 * The files of a trail, for `linesOfFiles`: of a folder all that end in `.jsonl` or hold the rest of such a chain after a
 * rotation, those of one chain in the order of their lines. Other paths are returned as they are.
 */
export async function findTrailFiles(paths: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(
    paths.map(async (path) => ((await isFolder(path)) ? inFolder(path) : [path])),
  );
  return found.flat();
}

async function inFolder(folder: string): Promise<readonly string[]> {
  const names = (await readdir(folder)).filter((name) => name.includes('.jsonl'));
  const files = await Promise.all(
    names.sort().map(async (name) => {
      const path = join(folder, name);
      const first = await readFirstLine(path);
      return { path, chain: first?.line.chain ?? '', seq: first?.line.seq ?? 0 };
    }),
  );
  const order = new Map(files.map(({ chain }, index) => [chain, index]));
  return files
    .sort((a, b) => (order.get(a.chain) ?? 0) - (order.get(b.chain) ?? 0) || a.seq - b.seq)
    .map(({ path }) => path);
}

async function isFolder(path: string): Promise<boolean> {
  return (
    path !== '-' &&
    (await stat(path).then(
      (found) => found.isDirectory(),
      () => false,
    ))
  );
}

async function readFirstLine(path: string): Promise<ReturnType<typeof readLine>> {
  for await (const line of linesOf(createReadStream(path))) return readLine(line);
  return undefined;
}

async function* linesOf(stream: Readable): AsyncGenerator<string> {
  stream.setEncoding('utf8');
  let rest = '';
  for await (const chunk of stream) {
    const lines = `${rest}${String(chunk)}`.split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}
