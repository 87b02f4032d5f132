import { writeFileSync } from 'node:fs';
import { RULES } from '../src/engine/rules/all-rules.ts';
import { WRITTEN_PAGES } from './reference/pages.ts';
import { renderPage, ruleTextUrl } from './rule-docs.ts';

/** `npm run docs` */
for (const rule of RULES) writeFileSync(ruleTextUrl(rule), renderPage(rule));
for (const { path, render } of WRITTEN_PAGES) writeFileSync(path, render());
