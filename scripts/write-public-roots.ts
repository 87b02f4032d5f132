import { writeFileSync } from 'node:fs';
import { ROOTS_FILE, renderPublicRoots } from './public-roots.ts';

writeFileSync(ROOTS_FILE, renderPublicRoots(new Date().toISOString().slice(0, 10)));
