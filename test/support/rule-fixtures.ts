import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { redact } from '../../src/engine/evidence/redact.ts';
import { toSections } from '../../src/engine/evidence/sections.ts';
import type { Facts } from '../../src/engine/facts/facts.ts';
import { readFacts } from '../../src/engine/facts/read-facts.ts';
import { RULES } from '../../src/engine/rules/all-rules.ts';

const RULES_FOLDER = new URL('../../src/engine/rules/', import.meta.url);

/** A text with the verdict that a rule must reach on it, alone. */
export interface RuleFixture {
  readonly rule: string;
  readonly file: string;
  /** Below `src/engine/rules/`. */
  readonly path: string;
  readonly verdict: string;
}

/**
 * `broken.conf`, `healthy.multi-vdom.conf`, `unknown.cut.log` …: the first word of the name of a rule's own fixture is the
 * verdict.
 */
const OWN = RULES.flatMap(({ id }) =>
  readdirSync(new URL(`${id}/fixtures/`, RULES_FOLDER)).map(
    (file): RuleFixture => ({
      rule: id,
      file,
      path: `${id}/fixtures/${file}`,
      verdict: file.split('.')[0] ?? '',
    }),
  ),
);

/** Texts that several rules judge: file, verdict, ids. */
const TABLE = parse(readFileSync(new URL('shared/fixtures.yaml', RULES_FOLDER), 'utf8')) as Readonly<
  Record<string, Readonly<Record<string, string>>>
>;
const SHARED = Object.entries(TABLE).flatMap(([file, verdicts]) =>
  Object.entries(verdicts).flatMap(([verdict, rules]) =>
    rules.split(' ').map((rule): RuleFixture => ({ rule, file, path: `shared/fixtures/${file}`, verdict })),
  ),
);

export const RULE_FIXTURES: readonly RuleFixture[] = [...OWN, ...SHARED];
/** Each text once. */
export const FIXTURE_PATHS: readonly string[] = [...new Set(RULE_FIXTURES.map(({ path }) => path))];

export function readFixture(path: string): string {
  return readFileSync(new URL(path, RULES_FOLDER), 'utf8');
}

const facts = new Map<string, Facts>();

/** What is read of a fixture that stands alone: once for all files of a process. */
export function fixtureFacts(path: string): Facts {
  const known = facts.get(path);
  if (known !== undefined) return known;
  const read = readFacts(redact([{ name: path, text: readFixture(path) }]).items.flatMap(toSections)).facts;
  facts.set(path, read);
  return read;
}
