import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cyclesThrough } from './architecture/cycles.ts';
import { arrowsOf } from './architecture/diagram.ts';
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

/**
 * Which layer may import which (diagram in docs/explanation/architecture.md). A pure layer does no I/O and reads no clock.
 * Every layer may import `src/ftm-error.ts`.
 */
const LAYERS: Readonly<Record<string, { readonly pure?: true; readonly imports: readonly string[] }>> = {
  text: { pure: true, imports: [] },
  fortios: { pure: true, imports: [] },
  evidence: { pure: true, imports: ['fortios'] },
  redact: { pure: true, imports: ['fortios', 'evidence'] },
  facts: { pure: true, imports: ['fortios', 'evidence'] },
  rules: { pure: true, imports: ['fortios', 'evidence', 'facts'] },
  diagnosis: { pure: true, imports: ['fortios', 'evidence', 'redact', 'facts', 'rules'] },
  case: { pure: true, imports: ['fortios', 'evidence', 'redact', 'facts', 'rules', 'diagnosis'] },
  runs: { pure: true, imports: ['redact', 'diagnosis'] },
  'block-kit': { pure: true, imports: ['text'] },
  report: {
    pure: true,
    imports: ['fortios', 'evidence', 'facts', 'rules', 'diagnosis', 'runs', 'block-kit', 'text'],
  },
  page: { imports: ['evidence', 'redact', 'diagnosis', 'case', 'report'] },

  observe: { imports: ['redact', 'text'] },
  config: { imports: ['observe'] },
  access: { imports: ['config'] },
  audit: { imports: ['text'] },
  store: { imports: ['observe', 'evidence', 'redact', 'diagnosis', 'runs'] },
  queue: { imports: ['config', 'observe', 'runs', 'store'] },
  slack: { imports: ['observe'] },

  device: { imports: ['config', 'observe', 'fortios', 'evidence'] },
  simulator: { imports: ['fortios'] },
  delivery: { imports: ['block-kit', 'diagnosis', 'observe', 'queue', 'report', 'runs', 'slack', 'store'] },
  escalation: {
    imports: [
      'block-kit',
      'config',
      'diagnosis',
      'observe',
      'queue',
      'report',
      'runs',
      'slack',
      'store',
      'threads',
    ],
  },
  http: { imports: ['config', 'escalation', 'observe', 'slack', 'store'] },
  requests: {
    imports: [
      'access',
      'block-kit',
      'config',
      'delivery',
      'evidence',
      'fortios',
      'observe',
      'queue',
      'redact',
      'runs',
      'store',
    ],
  },
  threads: { imports: [] },
  picture: { imports: ['threads'] },
  intake: { imports: ['block-kit', 'evidence', 'redact', 'requests', 'slack', 'threads'] },
  handlers: {
    imports: [
      'block-kit',
      'evidence',
      'fortios',
      'intake',
      'observe',
      'redact',
      'report',
      'requests',
      'runs',
      'slack',
    ],
  },
  recovery: { imports: ['config', 'device', 'observe', 'queue', 'requests', 'runs', 'store'] },
  worker: {
    imports: [
      'access',
      'case',
      'config',
      'delivery',
      'device',
      'diagnosis',
      'evidence',
      'fortios',
      'observe',
      'queue',
      'recovery',
      'redact',
      'report',
      'rules',
      'runs',
      'store',
      'threads',
    ],
  },
  monitoring: {
    imports: [
      'audit',
      'config',
      'delivery',
      'device',
      'fortios',
      'observe',
      'queue',
      'report',
      'requests',
      'rules',
      'runs',
      'store',
      'worker',
    ],
  },
  'local-slack': { imports: ['block-kit', 'slack'] },
};

/** The composition root, and the entry points that start it. */
const TOP = ['app', 'cli', 'demo'];

/** Layers that may import each library, so that replacing one touches few layers. Every layer may import zod. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  '@bull-board/api': ['queue'],
  '@bull-board/express': ['queue'],
  '@resvg/resvg-wasm': ['picture'],
  '@slack/bolt': ['slack', 'handlers', 'delivery', 'escalation', 'local-slack', 'app', 'intake'],
  '@slack/oauth': ['slack'],
  '@slack/web-api': ['slack', 'handlers', 'delivery', 'local-slack'],
  '@slack/types': ['block-kit', 'slack', 'handlers', 'report', 'delivery', 'escalation', 'local-slack'],
  asn1js: ['fortios'],
  '@opentelemetry/api': ['observe'],
  '@bomb.sh/tab': ['cli'],
  '@clack/prompts': ['cli'],
  bullmq: ['queue'],
  'cron-parser': ['config', 'queue'],
  'prom-client': ['observe'],
  commander: ['cli'],
  'ical.js': ['escalation'],
  ioredis: ['queue', 'store'],
  fflate: ['report', 'page'],
  'p-queue': ['queue', 'intake', 'device', 'cli'],
  papaparse: ['evidence', 'report'],
  piscina: ['cli'],
  pino: ['observe'],
  ssh2: ['device', 'simulator'],
  'tar-stream': ['cli'],
  'temporal-polyfill': ['escalation', 'worker'],
  undici: ['local-slack', 'slack', 'http', 'app'],
  ws: ['local-slack'],
  yaml: ['config', 'simulator', 'cli'],
  yauzl: ['intake'],
};

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

  it('has no import cycle', () => {
    expect(Object.keys(LAYERS).flatMap((layer) => cyclesThrough(layer, LAYERS))).toEqual([]);
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
