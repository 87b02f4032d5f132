/**
 * Which room may import which (diagram in docs/explanation/architecture.md), lowest first. `report` reads of `platform`
 * only what is pure.
 */
export const LAYERS: Readonly<Record<string, readonly string[]>> = {
  engine: [],
  report: ['engine', 'platform'],
  platform: ['engine'],
  device: ['engine', 'platform'],
  bot: ['engine', 'report', 'platform', 'device'],
  oncall: ['engine', 'report', 'platform', 'bot'],
  handlers: ['engine', 'report', 'platform', 'bot'],
  'stand-ins': ['engine', 'report', 'platform', 'bot'],
  app: ['report', 'platform', 'device', 'bot', 'oncall', 'handlers', 'stand-ins'],
  cli: ['engine', 'report', 'platform', 'device', 'bot', 'oncall', 'stand-ins', 'app'],
};

/** Folders of the engine, lowest first: each imports only those before it. */
export const ENGINE = ['text', 'fortios', 'redact', 'evidence', 'facts', 'rules', 'diagnosis'];

/** Folders without I/O and without a clock: they run in a browser too. */
export const PURE = ['src/engine/', 'src/report/', 'src/platform/runs/'];

/** Rooms that may import each library, so that replacing one touches few rooms. Every room may import zod. */
export const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  '@bull-board/api': ['platform'],
  '@bull-board/express': ['platform'],
  '@resvg/resvg-wasm': ['bot'],
  '@slack/bolt': ['bot', 'handlers', 'oncall', 'stand-ins', 'app'],
  '@slack/oauth': ['bot'],
  '@slack/web-api': ['bot', 'handlers', 'stand-ins'],
  '@slack/types': ['report', 'bot', 'handlers', 'oncall', 'stand-ins'],
  asn1js: ['engine'],
  '@opentelemetry/api': ['platform'],
  '@bomb.sh/tab': ['cli'],
  '@clack/prompts': ['cli'],
  bullmq: ['platform'],
  'cron-parser': ['platform'],
  'prom-client': ['platform'],
  commander: ['cli'],
  'ical.js': ['oncall'],
  ioredis: ['platform'],
  fflate: ['engine', 'report'],
  'modern-tar': ['engine'],
  'p-queue': ['platform', 'device', 'bot', 'cli'],
  papaparse: ['engine', 'report'],
  pino: ['platform'],
  ssh2: ['device', 'stand-ins'],
  'temporal-polyfill': ['bot', 'oncall'],
  undici: ['bot', 'stand-ins', 'app'],
  ws: ['stand-ins'],
  yaml: ['platform', 'stand-ins', 'cli'],
};
