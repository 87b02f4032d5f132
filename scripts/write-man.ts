import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { readVersion } from '../src/platform/observe/version.ts';
import { describedProgram } from './described-program.ts';
import { manPage } from './man-page.ts';

/** `node scripts/write-man.ts FILE`: part of `npm run build`. */
const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('usage: write-man.ts FILE');
mkdirSync(dirname(file), { recursive: true });
writeFileSync(file, manPage(describedProgram(), readVersion()));
