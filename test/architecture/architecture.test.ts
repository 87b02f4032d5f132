import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RULES } from '../../src/engine/rules/all-rules.ts';
import { arrowsInCycles } from './cycles.ts';
import { arrowsOf } from './diagram.ts';
import { ENGINE, LAYERS, PACKAGES, PURE } from './layers.ts';
import {
  describeImport,
  exportedNames,
  filesUnder,
  importsOf,
  isComment,
  layerOf,
  layerOfTarget,
  linesOf,
  loadedWith,
} from './source-files.ts';

/** Exported names that several files may declare: every rule folder exports `rule`. */
const SHARED_NAMES = ['rule'];

/** Ids of rules that are also the name of a line in a log. */
const NAMES_OF_LINES = ['saml-clock-skew'];

const MAX_LINES = 400;
const ROOT = resolve(import.meta.dirname, '../..');

const IMPURE = /\b(?:Date\.now\(|new Date\(\)|Math\.random\(|performance\.now\(|crypto\.|fetch\(|console\.)/;
/** Timers are here too: a pure layer has no use for the ones of a browser either. */
const NODE_ONLY =
  /\b(?:Buffer\b|NodeJS\.|process[.[]|globalThis\b|require\(|__dirname\b|__filename\b|import\.meta\.(?:dirname|filename|main)\b|(?:set|clear)(?:Timeout|Interval|Immediate)\b)/;

const sources = [...filesUnder('src'), ...filesUnder('handlers')];
/** Programs beside the rooms. */
const programs = ['scripts', 'bench', 'chaos'].flatMap(filesUnder);

const imports = sources.flatMap(importsOf);

describe('architecture', () => {
  it('finds the sources', () => {
    expect(sources.length).toBeGreaterThan(50);
    expect(imports.length).toBeGreaterThan(sources.length);
  });

  it('gives every room a row in the table', () => {
    const rooms = new Set(sources.map(layerOf));
    expect([...rooms].filter((room) => !(room in LAYERS))).toEqual([]);
  });

  it.each([
    ['rooms', Object.entries(LAYERS).flatMap(([from, lower]) => lower.map((to) => ({ from, to })))],
    // Imports of types and imports on demand count too. Only the type of the rules' ids is read from the list of rules.
    [
      'files',
      [...imports, ...programs.flatMap(importsOf)]
        .filter(({ file }) => file !== 'src/engine/rules/rule-ids.ts')
        .map(({ file, target }) => ({ from: `./${file}`, to: target })),
    ],
  ])('has no import cycle of %s', (_, arrows) => {
    expect(arrowsInCycles(arrows).map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });

  it('stands on few floors, together with the programs beside it', () => {
    const files = [...sources, ...programs];
    const rooms = [...new Set(files.map(layerOf))];
    const uses = (room: string) =>
      new Set(
        files
          .filter((file) => layerOf(file) === room)
          .flatMap(importsOf)
          .flatMap(({ target }) => layerOfTarget(target) ?? [])
          .filter((other) => other !== room && rooms.includes(other)),
      );
    const used = new Map(rooms.map((room) => [room, uses(room)]));
    const floorOf = (room: string): number =>
      1 + Math.max(0, ...Array.from(used.get(room) ?? [], (lower) => floorOf(lower)));
    const arrows = [...used.values()].reduce((sum, { size }) => sum + size, 0);
    expect({ rooms: rooms.length, floors: Math.max(...rooms.map(floorOf)), arrows }).toEqual({
      rooms: 13,
      floors: 8,
      arrows: 54,
    });
  });

  it('is drawn as it is in docs/explanation/architecture.md', () => {
    const page = readFileSync(join(ROOT, 'docs/explanation/architecture.md'), 'utf8');
    const arrows = arrowsOf(page);
    expect(arrows.length).toBeGreaterThan(15);
    const wrong = arrows.filter(([from, to]) => !LAYERS[from]?.includes(to));
    expect(wrong.map((arrow) => arrow.join(' → '))).toEqual([]);
    expect(Object.keys(LAYERS).filter((room) => !new RegExp(`\\b${room}\\b`).test(page))).toEqual([]);
  });

  it.each(Object.keys(LAYERS))('describes the room %s on one screen', (room) => {
    const folder = room === 'handlers' ? room : `src/${room}`;
    const text = readFileSync(join(ROOT, folder, 'README.md'), 'utf8');
    expect(text.split('\n').length).toBeLessThanOrEqual(50);
    expect(text).toMatch(/## Door\n[\s\S]*## Not here\n/);
  });

  it('imports only lower rooms', () => {
    const climbing = imports.filter(({ from, target }) => {
      const to = layerOfTarget(target);
      if (to === undefined || to === from) return false;
      return !LAYERS[from]?.includes(to);
    });
    expect(climbing.map(describeImport)).toEqual([]);
  });

  it('keeps the folders of the engine in their order', () => {
    const climbing = imports.filter(({ file, target }) => {
      const [from, to] = [file, target.replace(/^\.\//, '')].map((path) =>
        path.startsWith('src/engine/') ? ENGINE.indexOf(path.split('/')[2] ?? '') : undefined,
      );
      return from !== undefined && to !== undefined && to > from;
    });
    expect(climbing.map(describeImport)).toEqual([]);
  });

  it('leaves what differs by rule to the rules: diagnosis and report name none', () => {
    const ids = RULES.map(({ id }) => id).filter((id) => !NAMES_OF_LINES.includes(id));
    const naming = sources
      .filter((file) => /^src\/(?:engine\/diagnosis|report)\//.test(file))
      .flatMap((file) =>
        linesOf(file).flatMap((line, index) =>
          ids.some((id) => line.includes(`'${id}'`)) ? [`${file}:${index + 1} ${line.trim()}`] : [],
        ),
      );
    expect(naming).toEqual([]);
  });

  it('lets pure folders import only pure folders', () => {
    const stray = imports.filter(
      ({ file, target }) =>
        isPure(file) && (target.startsWith('node:') || (target.startsWith('./') && !isPure(target.slice(2)))),
    );
    expect(stray.map(describeImport)).toEqual([]);
  });

  it.each([
    ['the clock, chance and the environment', IMPURE],
    ['what only Node has', NODE_ONLY],
  ])('keeps %s out of the pure folders', (_, forbidden) => {
    const using = sources
      .filter(isPure)
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

  it('lets only the listed rooms import a library', () => {
    const stray = imports.filter(({ from, target }) => {
      if (target.startsWith('.') || target.startsWith('node:') || target === 'zod') return false;
      const name = target.startsWith('@')
        ? target.split('/').slice(0, 2).join('/')
        : (target.split('/')[0] ?? '');
      return !PACKAGES[name]?.includes(from);
    });
    expect(stray.map(describeImport)).toEqual([]);
  });

  // Commander alone stands before every command: the library of schemas took as long to load as Node itself.
  it.each([
    ['any command', ['src/cli/start.ts'], ['commander']],
    [
      'an answer in the terminal',
      ['src/cli/start.ts', 'src/cli/commands/analyze.ts', 'src/report/formats/text/render-text.ts'],
      ['asn1js', 'commander', 'papaparse'],
    ],
  ])('loads few libraries for %s', (_, doors, libraries) => {
    const loaded = new Set(doors.map((door) => `./${door}`));
    // A set is walked to its end, whatever is added meanwhile.
    for (const file of loaded)
      if (file.startsWith('./')) for (const target of loadedWith(file.slice(2))) loaded.add(target);
    const packages = [...loaded].filter((target) => !/^(?:\.|node:)/.test(target));
    expect(packages.sort()).toEqual(libraries);
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
      ...['test', 'bench', 'chaos'].flatMap(filesUnder).filter((file) => linesOf(file).length > MAX_LINES),
    ];
    expect(long).toEqual([]);
  });
});

function isPure(file: string): boolean {
  return PURE.some((folder) => file.startsWith(folder));
}
