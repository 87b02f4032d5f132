import { analyze } from './commands/analyze.ts';
import { exitOnError } from './exit-on-error.ts';
import type { Format } from './options.ts';
import { runProcess } from './run-process.ts';

export interface PlainAnalyze {
  readonly files: readonly string[];
  readonly format: Format;
}

/** JSON is not among them: it is held against its schema, and loading the schema library takes longer than all else. */
const QUICK_FORMATS: readonly Format[] = ['text', 'slack'];

/**
 * The command that people wait for: a build puts it and all it needs in one file (`write-quick.mjs`). Undefined, and
 * nothing has been done, where a command line is anything else.
 */
export function quick(args: readonly string[]): Promise<void> | undefined {
  const plain = readPlain(args);
  return plain && runProcess((io) => exitOnError(() => analyze(plain.files, plain, io), io));
}

/** `analyze`, files and formats, read as Commander reads them; undefined for all that it should look at itself. */
export function readPlain([command, ...rest]: readonly string[]): PlainAnalyze | undefined {
  if (command !== 'analyze') return undefined;
  const files: string[] = [];
  let format: Format = 'text';
  for (let at = 0; at < rest.length; at += 1) {
    const arg = rest[at] ?? '';
    if (arg === '--format') {
      at += 1;
      const named = QUICK_FORMATS.find((each) => each === rest[at]);
      if (named === undefined) return undefined;
      format = named;
    } else if (arg === '-' || !arg.startsWith('-')) files.push(arg);
    else return undefined;
  }
  return { files, format };
}
