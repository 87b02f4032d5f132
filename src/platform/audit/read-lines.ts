import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';

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
