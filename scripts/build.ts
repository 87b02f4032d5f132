import { cpSync, globSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { type PluginContext, rolldown } from 'rolldown';
import { readVersion } from '../src/platform/observe/version.ts';
import { buildPage } from './build-page.ts';
import { describedProgram } from './described-program.ts';
import { manPage } from './man-page.ts';

const ROOT = join(import.meta.dirname, '..');

/** The program and its threads, which are started by their paths. */
const ENTRIES = [
  'src/cli/start.ts',
  'src/cli/each/diagnose-{file,saved-evidence}.ts',
  'src/bot/{worker/diagnose,intake/intake,delivery/picture/png}-worker.ts',
  'src/oncall/calendar/calendar-worker.ts',
];

/** Files that the program reads by their paths. */
const RESOURCES = [
  'src/cli/launch.cjs',
  'src/platform/lua/*.lua',
  'src/stand-ins/fortigate/samples/*.conf',
  'src/engine/rules/*/page.md',
];

/**
 * What every command loads, and what an answer in the terminal loads besides, with all that they import: one file each.
 * Finding, reading and linking 530 modules was half the processor time of a short `analyze`.
 */
const CHUNKS = {
  start: ['src/cli/run.ts', 'src/cli/process/run-process.ts'],
  analyze: ['src/cli/commands/analyze.ts', 'src/report/formats/text/render-text.ts'],
};

/**
 * Stands first in the file with the rules and finders: of the regular expressions made there V8 makes machine code at the
 * first use. It would make code for its interpreter first, and the other at the second use: a fifth of the processor
 * time of a paste. V8 keeps the choice with each expression, so that the flag is needed only until the file has run.
 */
const EXPRESSIONS_AT_ONCE = `{
  const { setFlagsFromString } = process.getBuiltinModule('node:v8');
  setFlagsFromString('--regexp-tier-up-ticks=0');
  queueMicrotask(() => setFlagsFromString('--regexp-tier-up-ticks=1'));
}`;

type ModuleGraph = Pick<PluginContext, 'getModuleInfo'>;

/** `npm run build`: the program that the package and the image carry, in `dist/`. */
async function buildProgram(): Promise<void> {
  const build = await rolldown({
    cwd: ROOT,
    input: Object.fromEntries(
      globSync(ENTRIES, { cwd: ROOT }).map((path) => [path.replace(/\.ts$/, ''), path]),
    ),
    platform: 'node',
    external: /^[^./]/,
    logLevel: 'warn',
    checks: { ineffectiveDynamicImport: false },
    plugins: [keepAddresses],
  });
  await build.write({
    dir: join(ROOT, 'dist'),
    entryFileNames: '[name].js',
    chunkFileNames: 'src/chunks/[name].js',
    intro: ({ name, moduleIds }) => (name === 'analyze' && moduleIds.length > 0 ? EXPRESSIONS_AT_ONCE : ''),
    codeSplitting: {
      // A module goes into the first that has it: the higher number comes first.
      groups: Object.entries(CHUNKS).map(([debugName, roots], at) => ({
        debugName,
        priority: 2 - at,
        name: (id: string, graph: ModuleGraph) => (findClosure(roots, graph).has(id) ? debugName : undefined),
      })),
    },
  });
}

const closures = new Map<readonly string[], Set<string>>();

/** The modules, and all that they import before they run. */
function findClosure(roots: readonly string[], graph: ModuleGraph): Set<string> {
  const known = closures.get(roots);
  if (known) return known;
  const found = new Set(roots.map((root) => join(ROOT, root)));
  // A set is walked to its end, whatever is added meanwhile.
  for (const id of found)
    for (const imported of graph.getModuleInfo(id)?.importedIds ?? []) found.add(imported);
  closures.set(roots, found);
  return found;
}

/** A module finds threads and resources from its own address, which a bundle would replace with that of the bundle. */
const keepAddresses = {
  name: 'keep-addresses',
  transform: {
    filter: { id: /\.ts$/, code: 'import.meta.url' },
    handler(code: string, id: string) {
      const path = relative(ROOT, id).replace(/\.ts$/, '.js');
      return code.replaceAll('import.meta.url', `ADDRESS_OF(${JSON.stringify(path)})`);
    },
  },
  renderChunk(code: string, { fileName }: { readonly fileName: string }) {
    return code.replaceAll(/ADDRESS_OF\("(.+?)"\)/g, (_, path: string) => {
      return `new URL(${JSON.stringify(relative(dirname(fileName), path))}, import.meta.url).href`;
    });
  },
};

function write(path: string, text: string): void {
  mkdirSync(dirname(join(ROOT, path)), { recursive: true });
  writeFileSync(join(ROOT, path), text);
}

rmSync(join(ROOT, 'dist/src'), { recursive: true, force: true });
await buildProgram();
for (const path of globSync(RESOURCES, { cwd: ROOT })) cpSync(join(ROOT, path), join(ROOT, 'dist', path));
write('dist/src/cli/page/ftm-check.html', await buildPage(readVersion()));
write('dist/man/ftm-check.1', manPage(describedProgram(), readVersion()));
