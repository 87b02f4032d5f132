import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';

/** Lines of several files as one text. Only `\n` ends a line: JSON may hold every other character that some call a line's end. */
export async function* linesOfFiles(paths: readonly string[], stdin: Readable): AsyncGenerator<string> {
  for (const path of paths) yield* linesOf(path === '-' ? stdin : createReadStream(path));
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
