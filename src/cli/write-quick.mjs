// Builds `dist/quick`: `npm run build:quick`, and by itself after `npm ci`. Plain JavaScript, because an older Node may
// be the one that installs.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CURRENT, hashOf, INPUTS, PROGRAM, statOf } from './quick-build.cjs';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const OUT = join(ROOT, 'dist/quick');
const THREAD = 'case-thread.js';
const WORKER = 'case-worker.js';
const LAUNCHER = 'src/cli/launch.cjs';
/** What decides how a build turns out, beside the sources in it. */
const RECIPE = [LAUNCHER, 'src/cli/quick-build.cjs', 'src/cli/write-quick.mjs'];
/** A file that was changed so shortly before could be changed again without its times telling. Milliseconds. */
const YOUNG = 1_000;
/** Evidence whose reading V8 is to keep the code for: what people paste, and what they save. */
const TYPICAL = [
  'push-denied-by-user/fixtures/broken.log',
  'admin-trusthost-blocks-callback/fixtures/broken.full-configuration.conf',
];

try {
  await build();
} catch (error) {
  // Whoever installs gets on without it; whoever asked for it wants to know.
  if (process.env.npm_lifecycle_event !== 'prepare') throw error;
  const why = error instanceof Error ? error.message : String(error);
  process.stderr.write(`ftm-check will start from its sources, which takes longer: ${why}\n`);
}

async function build() {
  const { rolldown } = await import('rolldown');
  const began = Date.now();
  /** What was built, not what lies there by now. @type {Map<string, string>} */
  const hashes = new Map();
  const noting = {
    name: 'note inputs',
    /** @param {string} code @param {string} id */
    transform(code, id) {
      // What begins so is no file: rolldown's own.
      if (id.startsWith('\0')) return;
      const hash = hashOf(code);
      if ((hashes.get(id) ?? hash) !== hash) throw new Error(`${id} was changed meanwhile`);
      hashes.set(id, hash);
    },
  };
  const leavingOut = {
    name: 'leave out',
    /** @param {string} id */
    resolveId(id) {
      // Never asked for here: see `quick.ts`. JSON brings the schema library.
      if (/\/render-(?:json|html|markdown)\.ts$/.test(id)) return { id, external: true };
      // For the longest texts alone.
      if (id === '../case-thread.ts') return { id: `./${THREAD}`, external: true };
      return undefined;
    },
  };

  /** @param {string} entry @param {string} file @param {'cjs' | 'es'} format */
  async function bundle(entry, file, format) {
    const bundler = await rolldown({
      input: join(ROOT, entry),
      platform: 'node',
      plugins: [noting, leavingOut],
      tsconfig: false,
      transform: { target: 'node24' },
    });
    const { output } = await bundler.generate({
      format,
      entryFileNames: file,
      codeSplitting: false,
      comments: false,
      // A script cannot import without a warning.
      dynamicImportInCjs: false,
    });
    await bundler.close();
    return inAscii(output[0].code);
  }

  const program = await bundle('src/cli/quick.ts', PROGRAM, 'cjs');
  const files = new Map([
    [PROGRAM, `(function (exports, require) { ${program}\n})`],
    [THREAD, await bundle('src/cli/case-thread.ts', THREAD, 'es')],
    [WORKER, await bundle('src/cli/case-worker.ts', WORKER, 'es')],
  ]);
  const folder = hashOf([...files.values()].join('')).slice(0, 16);
  mkdirSync(join(OUT, folder), { recursive: true });
  for (const [name, text] of files) replace(join(OUT, folder, name), text);
  for (const path of RECIPE) hashes.set(join(ROOT, path), hashOf(readFileSync(join(ROOT, path))));
  /** @type {import('./quick-build.cjs').Input[]} */
  const inputs = [...hashes].map(([path, hash]) => [relative(ROOT, path), statIfOld(path, began), hash]);
  replace(join(OUT, folder, INPUTS), JSON.stringify(inputs));
  replace(join(OUT, CURRENT), folder);
  for (const name of readdirSync(OUT)) {
    if (name !== folder && name !== CURRENT) rmSync(join(OUT, name), { recursive: true });
  }
  warmUp();
}

/**
 * Text in ASCII is read and kept at a byte a character. An escape means the same in strings, templates and patterns,
 * unless a backslash stands before it.
 * @param {string} code
 */
function inAscii(code) {
  const escaped = /\\[^\0-\x7f]|String\.raw/.exec(code);
  if (escaped) throw new Error(`${escaped[0]} cannot be written in ASCII`);
  return code.replaceAll(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** What was changed while it was built is told by its text alone. @param {string} path @param {number} began */
function statIfOld(path, began) {
  const { mtimeMs, ctimeMs } = statSync(path);
  return Math.max(mtimeMs, ctimeMs) < began - YOUNG ? statOf(path) : '';
}

/** A process that starts meanwhile finds the old file or the new one. @param {string} file @param {string} text */
function replace(file, text) {
  const part = `${file}.${process.pid}`;
  writeFileSync(part, text);
  renameSync(part, file);
}

/** The first run keeps V8's code for the next. */
function warmUp() {
  const files = TYPICAL.map((path) => join(ROOT, 'src/rules', path));
  const { status, stderr } = spawnSync(process.execPath, [join(ROOT, LAUNCHER), 'analyze', ...files], {
    encoding: 'utf8',
  });
  if (status !== 1) throw new Error(`The build does not work (${status}): ${stderr}`);
}
