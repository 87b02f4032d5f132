import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { readPage } from '../../app/operations.ts';
import { FtmError } from '../../engine/ftm-error.ts';
import { readVersion } from '../../platform/observe/version.ts';
import { unwritable } from '../process/private-file.ts';
import { type Io, printData, printNow } from '../terminal/io.ts';

/** The start of a page written by any version of this command. */
const OWN_PAGE = /^<!doctype html>\n<html lang="en"><head>[\s\S]{0,2000}<title>ftm-check: /;

/** Writes the page; `-` is standard output. Rejects with `ftm_usage`. */
export async function page({ output }: { readonly output: string }, io: Io): Promise<number> {
  const markup = await readPage(readVersion());
  if (output === '-') {
    await printData(io.stdout, markup.trimEnd());
    return 0;
  }
  await writePage(output, markup).catch((cause: unknown) => {
    throw cause instanceof FtmError ? cause : unwritable(output, cause);
  });
  const size = `${Math.round(markup.length / 1024)} KB`;
  printNow(io.stderr, `Wrote ${output} (${size}). Open it in a browser: it works offline.`);
  return 0;
}

async function writePage(output: string, markup: string): Promise<void> {
  if (existsSync(output) && !OWN_PAGE.test(readFileSync(output, 'utf8').slice(0, 4096))) {
    throw new FtmError('ftm_usage', `${output} exists and is not a page of ftm-check.`, {
      advice: 'Name another file with `--output FILE`.',
    });
  }
  await writeFile(output, markup);
}
