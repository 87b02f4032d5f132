import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { makeRelease } from './release/make-release.ts';

/** `npm run release -- VERSION [--source ADDRESS] [--key FILE] [--out FOLDER]`: see docs/how-to/release.md. */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { key: { type: 'string' }, out: { type: 'string' }, source: { type: 'string' } },
});
const [version] = positionals;
if (version === undefined || positionals.length > 1) {
  console.error('Usage: npm run release -- VERSION [--source ADDRESS] [--key FILE] [--out FOLDER]');
  process.exitCode = 2;
} else {
  try {
    const out = resolve(values.out ?? join(import.meta.dirname, '../dist/release'));
    const { key, source } = values;
    await makeRelease({ version, out, key, source, say: (line) => console.log(line) });
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
