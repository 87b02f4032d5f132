import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { DOCS_FOLDER, renderRuleDocs } from './rule-docs.ts';

rmSync(DOCS_FOLDER, { recursive: true, force: true });
mkdirSync(DOCS_FOLDER, { recursive: true });
for (const [name, text] of renderRuleDocs()) writeFileSync(new URL(name, DOCS_FOLDER), text);
