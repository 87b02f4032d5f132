import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const CHECKOUT = resolve(import.meta.dirname, '../..');

/** The lines of one block with the language `sh`. */
export interface CommandBlock {
  /** Relative to the checkout. */
  readonly file: string;
  /** Of the first command, counted from 1. */
  readonly line: number;
  readonly lines: readonly string[];
}

/** Every command block of the documentation, in the order of the files. */
export function commandBlocks(): readonly CommandBlock[] {
  const files = globSync(['*.md', 'docs/**/*.md', 'examples/**/*.md'], { cwd: CHECKOUT }).toSorted();
  return files.flatMap(blocksOf);
}

export function blocksOf(file: string): readonly CommandBlock[] {
  const text = readFileSync(join(CHECKOUT, file), 'utf8');
  return [...text.matchAll(/^```(?:sh|bash|console|shell)\n([\s\S]*?)^```/gm)].map((match) => ({
    file,
    line: text.slice(0, match.index).split('\n').length + 1,
    lines: (match[1] ?? '').trimEnd().split('\n'),
  }));
}
