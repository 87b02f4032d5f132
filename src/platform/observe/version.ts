import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Reads package.json, which is above both the sources and `dist/`. */
export function readVersion(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'package.json'))) {
    if (dirname(folder) === folder) return 'unknown';
    folder = dirname(folder);
  }
  const manifest: { version?: string } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return manifest.version ?? 'unknown';
}
