import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { PAGE_GLOBS, pageText, sitePage } from './site-pages.ts';

/** Writes the pages of the site from the documentation, for VitePress: `npm run build` here. */
const REPOSITORY = resolve(import.meta.dirname, '../..');
const PAGES = join(import.meta.dirname, 'pages');

rmSync(PAGES, { recursive: true, force: true });
for (const file of globSync([...PAGE_GLOBS], { cwd: REPOSITORY })) {
  const page = sitePage(file);
  if (page === undefined) continue;
  const to = join(PAGES, page);
  mkdirSync(dirname(to), { recursive: true });
  const from = join(REPOSITORY, file);
  if (file.endsWith('.md'))
    writeFileSync(to, pageText(file, readFileSync(from, 'utf8'), process.env.DOCS_SOURCE));
  else cpSync(from, to);
}
