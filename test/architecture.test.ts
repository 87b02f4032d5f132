import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { arrowsInCycles } from './architecture/cycles.ts';
import { arrowsOf } from './architecture/diagram.ts';
import { LAYERS, PACKAGES, TOP } from './architecture/layers.ts';
import {
  describeImport,
  exportedNames,
  filesUnder,
  importsOf,
  isComment,
  layerOf,
  layerOfTarget,
  linesOf,
} from './architecture/source-files.ts';

/** Exported names that several files may declare: every rule folder exports `rule`. */
const SHARED_NAMES = ['rule'];

const MAX_LINES = 300;
const ROOT = resolve(import.meta.dirname, '..');

const IMPURE = /\b(?:Date\.now\(|new Date\(\)|Math\.random\(|performance\.now\(|crypto\.|fetch\(|console\.)/;
/** Timers are here too: a pure layer has no use for the ones of a browser either. */
const NODE_ONLY =
  /\b(?:Buffer\b|NodeJS\.|process[.[]|globalThis\b|require\(|__dirname\b|__filename\b|import\.meta\.(?:dirname|filename|main)\b|(?:set|clear)(?:Timeout|Interval|Immediate)\b)/;

/** `closed-loop.ts` of a rule is a test that stands with its rule. */
const sources = [...filesUnder('src'), ...filesUnder('handlers')].filter(
  (file) => !file.endsWith('/closed-loop.ts'),
);

const imports = sources.flatMap(importsOf);

describe('architecture', () => {
  it('finds the sources', () => {
    expect(sources.length).toBeGreaterThan(50);
    expect(imports.length).toBeGreaterThan(sources.length);
  });

  it('gives every folder a place in the table', () => {
    const layers = new Set(sources.map(layerOf));
    expect(
      [...layers].filter((layer) => !(layer in LAYERS) && !TOP.includes(layer) && layer !== 'ftm-error'),
    ).toEqual([]);
  });

  it.each([
    [
      'layers',
      Object.entries(LAYERS).flatMap(([from, { imports: lower }]) => lower.map((to) => ({ from, to }))),
    ],
    // Imports of types and imports on demand count too. Only the type of the rules' ids is read from the list of rules.
    [
      'files',
      imports
        .filter(({ file }) => file !== 'src/rules/rule-ids.ts')
        .map(({ file, target }) => ({ from: `./${file}`, to: target })),
    ],
  ])('has no import cycle of %s', (_, arrows) => {
    expect(arrowsInCycles(arrows).map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });

  it('is drawn as it is in docs/explanation/architecture.md', () => {
    const page = readFileSync(join(ROOT, 'docs/explanation/architecture.md'), 'utf8');
    const arrows = arrowsOf(page);
    expect(arrows.length).toBeGreaterThan(15);
    const wrong = arrows.filter(([from, to]) => !TOP.includes(from) && !LAYERS[from]?.imports.includes(to));
    expect(wrong.map((arrow) => arrow.join(' → '))).toEqual([]);
    expect(Object.keys(LAYERS).filter((layer) => !new RegExp(`\\b${layer}\\b`).test(page))).toEqual([]);
  });

  it('lets pure layers import only pure layers', () => {
    const impure = Object.entries(LAYERS).flatMap(([layer, { pure, imports: lower }]) =>
      pure ? lower.filter((name) => !LAYERS[name]?.pure).map((name) => `${layer} → ${name}`) : [],
    );
    expect(impure).toEqual([]);
  });

  it('imports only lower layers', () => {
    const climbing = imports.filter(({ from, target }) => {
      const to = layerOfTarget(target);
      if (to === undefined || to === from || to === 'ftm-error' || TOP.includes(from)) return false;
      return !LAYERS[from]?.imports.includes(to);
    });
    expect(climbing.map(describeImport)).toEqual([]);
  });

  it('lets only entry points import the composition root', () => {
    const knowing = imports.filter(
      ({ from, target }) => TOP.includes(layerOfTarget(target) ?? '') && !TOP.includes(from),
    );
    expect(knowing.map(describeImport)).toEqual([]);
  });

  it('keeps input and output out of the pure layers', () => {
    const doing = imports.filter(({ from, target }) => LAYERS[from]?.pure && target.startsWith('node:'));
    expect(doing.map(describeImport)).toEqual([]);
  });

  it.each([
    ['the clock, chance and the environment', IMPURE],
    ['what only Node has', NODE_ONLY],
  ])('keeps %s out of the pure layers', (_, forbidden) => {
    const using = sources
      .filter((file) => LAYERS[layerOf(file)]?.pure)
      .flatMap((file) =>
        linesOf(file).flatMap((line, index) =>
          forbidden.test(line) && !isComment(line) ? [`${file}:${index + 1} ${line.trim()}`] : [],
        ),
      );
    expect(using).toEqual([]);
  });

  it.each([
    ['return Buffer.from(text);', true],
    ['add(bytes: Buffer): void;', true],
    ["process.env.TZ ?? ''", true],
    ['const timer: NodeJS.Timeout = x;', true],
    ['await new Promise((resolve) => setImmediate(resolve));', true],
    ['const folder = import.meta.dirname;', true],
    ['const copy = structuredClone(facts);', false],
    ["const utf8 = new TextDecoder('utf-8');", false],
    ["'diagnose sys process pidof'", false],
  ])('knows what only Node has: %s', (line, isNodeOnly) => {
    expect(NODE_ONLY.test(line)).toBe(isNodeOnly);
  });

  it('lets only the listed layers import a library', () => {
    const stray = imports.filter(({ from, target }) => {
      if (target.startsWith('.') || target.startsWith('node:') || target === 'zod') return false;
      const name = target.startsWith('@')
        ? target.split('/').slice(0, 2).join('/')
        : (target.split('/')[0] ?? '');
      return !PACKAGES[name]?.includes(from);
    });
    expect(stray.map(describeImport)).toEqual([]);
  });

  it('exports each name from one file', () => {
    const homonyms = [...exportedNames(sources)].filter(
      ([name, files]) => files.length > 1 && !SHARED_NAMES.includes(name),
    );
    expect(homonyms.map(([name, files]) => `${name}: ${files.join(', ')}`)).toEqual([]);
  });

  it('has no long file', () => {
    const long = [
      ...sources.filter((file) => linesOf(file).length > MAX_LINES),
      ...filesUnder('test').filter((file) => linesOf(file).length > MAX_LINES),
    ];
    expect(long).toEqual([]);
  });
});
