#!/usr/bin/env node
// Plain JavaScript, so that an older Node can read it: the program itself needs Node 24, and in a checkout the `node`
// development dependency brings one even where the machine's own is older.
// CommonJS, because that is ready several milliseconds before a module is.
'use strict';
const { existsSync, readFileSync } = require('node:fs');
const path = require('node:path');

const NEEDED = 24;
const above = path.join(__dirname, '..', '..');
const root = path.basename(above) === 'dist' ? path.dirname(above) : above;
/** A checkout has sources here, the image has the build here, and the package has the build in `dist`. */
const program =
  ['start.ts', 'start.js'].map((name) => path.join(__dirname, name)).find((file) => existsSync(file)) ??
  path.join(root, 'dist', 'src', 'cli', 'start.js');

if (isNewEnough(process.version)) start();
else startWithAnother();

function start() {
  // Compiling some hundred files takes most of the time of a short command. Node caches nothing where this folder cannot
  // be written. The shared temporary folder would be unsafe: other users could put code there.
  const cache = path.join(root, 'node_modules', '.cache', 'ftm-check');
  require('node:module').enableCompileCache(cache);
  // Threads get the folder only by this variable: without it each compiles some hundred files again.
  process.env.NODE_COMPILE_CACHE ??= cache;
  if (program.endsWith('.ts')) require('../platform/threads/resolve-sources.cjs');
  void import(require('node:url').pathToFileURL(program).href);
}

/** @param {string} version */
function isNewEnough(version) {
  return Number(version.replace(/^v/, '').split('.')[0]) >= NEEDED;
}

function startWithAnother() {
  const node = findNode();
  if (node) return runWith(node);
  process.stderr.write(
    `ftm-check needs Node ${NEEDED} or newer, and this is ${process.version}: install it, or run \`npm ci\` in the checkout, which does.\n`,
  );
  process.exitCode = 2;
}

function findNode() {
  try {
    const manifest = require.resolve('node/package.json');
    const binary = path.join(
      path.dirname(manifest),
      'bin',
      process.platform === 'win32' ? 'node.exe' : 'node',
    );
    const { version } = JSON.parse(readFileSync(manifest, 'utf8'));
    return isNewEnough(version) && existsSync(binary) ? binary : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The same as `parent-end.ts`: npm passes a SIGTERM only to the shell between it and this process.
 * @param {() => void} end
 */
function endWithParent(end) {
  if (process.env.npm_command === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    end();
  }, 500);
  timer.unref();
}

/** @param {string} node */
function runWith(node) {
  const { spawn } = require('node:child_process');
  const child = spawn(node, [__filename, ...process.argv.slice(2)], { stdio: 'inherit' });
  // A terminal sends Ctrl+C to both of us; a supervisor sends its signal to this process alone.
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'));
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  endWithParent(() => child.kill('SIGTERM'));
  child.on('error', (error) => {
    process.stderr.write(`ftm-check could not be started with ${node}: ${error.message}\n`);
    process.exitCode = 2;
  });
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + (signal === 'SIGINT' ? 2 : 15);
  });
}
