import { readFile } from 'node:fs/promises';

/** Of the published package, which `npm run build` writes. */
const BUILT = new URL('../cli/page/ftm-check.html', import.meta.url);
/** Of a checkout, which has the bundler. */
const BUILDER = new URL('../../scripts/build-page.ts', import.meta.url);

let built: Promise<string> | undefined;

/** The page as one HTML file: the built one, or built once from the sources of this checkout, which takes some seconds. */
export async function readPage(version: string): Promise<string> {
  if (import.meta.url.endsWith('.js')) return await readFile(BUILT, 'utf8');
  built ??= buildPage(version);
  return await built;
}

async function buildPage(version: string): Promise<string> {
  const builder: { buildPage: typeof buildPage } = await import(BUILDER.href);
  return await builder.buildPage(version);
}
