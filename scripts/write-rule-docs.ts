import { writeFileSync } from 'node:fs';
import { RULES } from '../src/rules/all-rules.ts';
import { GUIDE, INDEX, pageOf, renderGuide, renderIndex, renderPage } from './rule-docs.ts';

/** `npm run docs` */
for (const rule of RULES) writeFileSync(pageOf(rule), renderPage(rule));
writeFileSync(INDEX, renderIndex());
writeFileSync(GUIDE, renderGuide());
