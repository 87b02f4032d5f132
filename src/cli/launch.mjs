#!/usr/bin/env node
// Plain JavaScript, so that an older Node can read it: the program itself needs Node 24, and in a checkout the `node`
// development dependency brings one even where the machine's own is older.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const NEEDED = 24;
const here = dirname(fileURLToPath(import.meta.url));
const main = findMain();
// Reading some hundred source files is most of the time that a short command takes. Where the folder cannot be written,
// nothing is cached. It is not the shared temporary folder, where others could leave code for us.
const cache = join(here, '..', '..', 'node_modules', '.cache', 'ftm-check');

if (Number(process.versions.node.split('.')[0]) >= NEEDED) {
  nodeModule.enableCompileCache?.(cache);
  await import(pathToFileURL(main).href);
} else {
  const node = findNode();
  if (node) runWith(node);
  else {
    process.stderr.write(
      `ftm-check needs Node ${NEEDED} or newer, and this is ${process.version}.\n` +
        'Install a newer Node, or run `npm ci` in the checkout: it brings its own.\n',
    );
    process.exitCode = 2;
  }
}

/** A checkout runs its sources, so that a build of yesterday cannot answer for them; the package holds only the build. */
function findMain() {
  const source = join(here, 'main.ts');
  return existsSync(source) ? source : join(here, '..', '..', 'dist', 'src', 'cli', 'main.js');
}

function findNode() {
  try {
    const folder = dirname(nodeModule.createRequire(import.meta.url).resolve('node/package.json'));
    const binary = join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
    return existsSync(binary) ? binary : undefined;
  } catch {
    return undefined;
  }
}

/** @param {string} node */
function runWith(node) {
  const env = { NODE_COMPILE_CACHE: cache, ...process.env };
  const child = spawn(node, [main, ...process.argv.slice(2)], { stdio: 'inherit', env });
  // A terminal sends Ctrl+C to both of us; a supervisor sends its signal to this process alone.
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'));
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    process.stderr.write(`ftm-check could not be started with ${node}: ${error.message}\n`);
    process.exitCode = 2;
  });
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + (signal === 'SIGINT' ? 2 : 15);
  });
}
