import { readFileSync } from 'node:fs';
import { RULES } from '../src/rules/all-rules.ts';
import type { Rule } from '../src/rules/rule.ts';

export const DOCS_FOLDER = new URL('../docs/rules/', import.meta.url);

const RULES_FOLDER = new URL('../src/rules/', import.meta.url);
const GENERATED = '<!-- Written by `npm run docs` from src/rules. Change the rule’s page there. -->';

/** Every file of docs/rules, by name: one page a rule, and the index. */
export function renderRuleDocs(): ReadonlyMap<string, string> {
  return new Map([...RULES.map((rule) => [`${rule.id}.md`, pageOf(rule)] as const), ['README.md', index()]]);
}

function pageOf(rule: Rule): string {
  const page = readFileSync(new URL(`${rule.id}/page.md`, RULES_FOLDER), 'utf8').trimEnd();
  const [heading = '', ...rest] = page.split('\n');
  const references = rule.references.map(({ title, url }) => `- [${title}](${url})`);
  return [
    GENERATED,
    '',
    heading,
    '',
    `*${rule.title}* · step \`${rule.hop}\` · severity ${rule.severity} · [all rules](README.md)`,
    ...rest.map((line) => line.replaceAll(/\]\(\.\.\/([a-z0-9-]+)\/page\.md\)/g, ']($1.md)')),
    '',
    '**References.**',
    '',
    ...references,
    '',
  ].join('\n');
}

function index(): string {
  const rows = RULES.map(
    ({ number, id, hop, severity, versions, title }) =>
      `| ${numberOf(number)} | [${id}](${id}.md) | ${hop} | ${severity} | ${cell(versions)} | ${cell(title)} |`,
  );
  return [
    GENERATED,
    '',
    '# Root causes',
    '',
    `The ${RULES.length} reasons why FortiToken Mobile push does not work on a FortiGate that ftm-check knows, in the order of`,
    'the field notes. `ftm-check rules` prints the same list.',
    '',
    'A verdict is `broken`, `healthy`, `not-applicable`, `unknown` (with what would tell) or `conflicting`. A finding is',
    '*certain*, *likely* or *possible*, and each page says what it rests on and what would flip it.',
    '',
    '| number | rule | step | severity | versions | what is wrong |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

function numberOf(number: number): string {
  return `RC${String(number).padStart(2, '0')}`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
