import { writeFileSync } from 'node:fs';
import { readVersion } from '../src/platform/observe/version.ts';
import { buildPage } from './build-page.ts';

/** `node scripts/write-page.ts FILE`: part of `npm run build`. */
const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('usage: write-page.ts FILE');
writeFileSync(file, await buildPage(readVersion()));
