// What `write-quick.mjs` builds and `launch.cjs` runs: plain JavaScript, for the same reason as there.
'use strict';
const { closeSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const { join } = require('node:path');
const { Script } = require('node:vm');

/** Names the folder of the newest build, after what is in it: nothing that is kept of another build can be taken for its own. */
const CURRENT = 'current';
const PROGRAM = 'quick.js';
/** What a build was made of. A checkout asks for it, and nobody else. */
const INPUTS = 'inputs.json';

/**
 * A file by its path from the checkout's root, what `stat` said of it (nothing where it was too young to tell by that
 * whether it changes again), and the hash of its text.
 * @typedef {[path: string, stat: string, hash: string]} Input
 */

/**
 * What the newest build exports, or undefined without a build. `checkout` is given where sources are: then also
 * undefined when the build was made of others.
 * @param {string} folder
 * @param {string} [checkout]
 * @returns {{ quick: (args: readonly string[]) => Promise<void> | undefined } | undefined}
 */
function openQuick(folder, checkout) {
  const current = readIfThere(join(folder, CURRENT));
  if (!current) return undefined;
  const build = join(folder, current.toString());
  if (checkout !== undefined && !isOfToday(build, checkout)) return undefined;
  const program = join(build, PROGRAM);
  const text = readIfThere(program);
  return text && load(program, text.latin1Slice());
}

/** @param {string} build @param {string} checkout */
function isOfToday(build, checkout) {
  const text = readIfThere(join(build, INPUTS));
  if (!text) return false;
  /** @type {Input[]} */
  const inputs = JSON.parse(text.toString());
  return inputs.every((input) => isSame(checkout, input));
}

/** @param {string} checkout @param {Input} input */
function isSame(checkout, [path, stat, hash]) {
  const file = `${checkout}/${path}`;
  if (statOf(file) === stat) return true;
  const text = readIfThere(file);
  return text !== undefined && hashOf(text) === hash;
}

/**
 * Whoever changes a file changes this: the time of the last change (`ctime`) cannot be set back, as the other can.
 * @param {string} file
 */
function statOf(file) {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat && `${stat.size} ${stat.mtimeMs} ${stat.ctimeMs}`;
}

/** @param {string | Uint8Array} text */
function hashOf(text) {
  return require('node:crypto').hash('sha256', text, 'hex').slice(0, 32);
}

/**
 * Runs a build, which is a script in ASCII whose value is a function. V8 keeps what it has compiled, so that the next
 * run need not: unlike Node's own cache, it does so at the end, with the functions inside. V8 refuses what another
 * version or other flags left, but tells a changed text by nothing but its length: that is why it lies in the folder of
 * this very build.
 * @param {string} file @param {string} text
 */
function load(file, text) {
  const cache = `${file}.${process.arch}-${process.version}`;
  const cachedData = readIfThere(cache);
  const script = new Script(text, {
    filename: file,
    ...(cachedData && { cachedData }),
  });
  if (!cachedData || script.cachedDataRejected) {
    process.once('exit', () => keep(cache, script));
  }
  const exports = {};
  script.runInThisContext()(exports, createRequire(file));
  return exports;
}

/** An empty file is what a loss of power leaves of one that was just written. @param {string} file */
function readIfThere(file) {
  try {
    const bytes = readFileSync(file);
    return bytes.length > 0 ? bytes : undefined;
  } catch {
    return undefined;
  }
}

/** Where the folder cannot be written, nothing is kept, nor made. @param {string} cache @param {Script} script */
function keep(cache, script) {
  const part = `${cache}.${process.pid}`;
  try {
    closeSync(openSync(part, 'wx'));
    writeFileSync(part, script.createCachedData());
    renameSync(part, cache);
  } catch {
    rmSync(part, { force: true });
  }
}

module.exports = { CURRENT, INPUTS, PROGRAM, hashOf, openQuick, statOf };
