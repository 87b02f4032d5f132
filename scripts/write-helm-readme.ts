import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHART, withTable } from './chart-values.ts';

const path = join(CHART, 'README.md');
writeFileSync(path, withTable(readFileSync(path, 'utf8')));
