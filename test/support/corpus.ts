import { existsSync, readFileSync } from 'node:fs';
import { describe } from 'vitest';

const CORPUS = new URL('../../../shared/corpus/', import.meta.url);

/** Public recordings that are not part of this project: tests over them run only where the folder is beside it. */
export function describeCorpus(name: string, body: () => void): void {
  if (existsSync(CORPUS)) {
    describe(name, body);
    return;
  }
  console.warn(`skipped: ${name} (the recordings in ../shared/corpus are not here)`);
  describe.skip(name, body);
}

export function corpusText(path: string): string {
  return readFileSync(new URL(path, CORPUS), 'utf8');
}
