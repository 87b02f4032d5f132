import { readFileSync } from 'node:fs';
import { HOPS } from '../src/engine/facts/hop.ts';
import { RULES } from '../src/engine/rules/all-rules.ts';
import type { Rule } from '../src/engine/rules/rule.ts';
import { ruleCode } from '../src/engine/rules/rule-code.ts';
import { WRITTEN } from './reference/markdown.ts';

export const GUIDE = new URL('../docs/how-to/new-rule.md', import.meta.url);
export const INDEX = new URL('../docs/reference/rules.md', import.meta.url);

const RULES_FOLDER = new URL('../src/engine/rules/', import.meta.url);
/** The rule that docs/how-to/new-rule.md shows completely, with its files in the order of writing. */
const WORKED_RULE = 'src/engine/rules/radius-all-usergroup/';
const WORKED_FILES = [
  ...['fixtures/broken.conf', 'fixtures/healthy.conf', 'fixtures/unknown.conf', 'rule.ts', 'quotes.txt'].map(
    (name) => `${WORKED_RULE}${name}`,
  ),
  'test/engine/rules/radius-all-usergroup/closed-loop.ts',
];
const FROM_WORKED_RULE = '<!-- From src/engine/rules/radius-all-usergroup: written by `npm run docs`. -->';
export const FROM_RULE = '<!-- From rule.ts: written by `npm run docs`. -->';
const END = '<!-- End of what is written. -->';

export function ruleTextUrl(rule: Pick<Rule, 'id'>): URL {
  return new URL(`${rule.id}/page.md`, RULES_FOLDER);
}

/** The rule's page with versions, sources and step from `rule.ts`; the rest of the page is unchanged. */
export function renderPage(rule: Rule): string {
  const page = readFileSync(ruleTextUrl(rule), 'utf8');
  const start = page.indexOf(FROM_RULE);
  const end = page.indexOf(END);
  const before = start === -1 ? page : page.slice(0, start);
  const after = start === -1 || end === -1 ? '' : page.slice(end + END.length);
  return [before, ruleStatement(rule), after]
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n');
}

function ruleStatement({ versions, references, hop, severity }: Rule): string {
  return [
    FROM_RULE,
    '',
    `**Versions.** ${versions.charAt(0).toUpperCase()}${versions.slice(1)}.`,
    '',
    '**Sources.**',
    '',
    ...references.map(({ title, url }) => `- [${title}](${url})`),
    '',
    `**Step.** \`${hop}\`, severity ${severity} ([all root causes](../../../../docs/reference/rules.md)).`,
    '',
    END,
  ].join('\n');
}

/** `docs/reference/rules.md`: every root cause, by the step of a login that it breaks, with a link to its page. */
export function renderIndex(): string {
  const sections = HOPS.flatMap((hop) => {
    const rules = RULES.filter((rule) => rule.hop === hop);
    return rules.length === 0 ? [] : ['', `## ${hop}`, '', ...rules.map(indexLine)];
  });
  return [
    WRITTEN,
    '',
    '# Root causes',
    '',
    `The ${RULES.length} reasons why a VPN login, or the push behind it, fails on a FortiGate that ftm-check knows. \`ftm-check rules\``,
    'prints the same list.',
    '',
    'A verdict is `broken`, `healthy`, `not-applicable`, `unknown` (with what would tell) or `conflicting`. A finding is',
    '*certain*, *likely* or *possible*, and each page says what it rests on and what would flip it.',
    '',
    'The sections are the steps of a login in their order.',
    ...sections,
    '',
  ].join('\n');
}

/** docs/how-to/new-rule.md with the current files of the worked rule. */
export function renderGuide(): string {
  const guide = readFileSync(GUIDE, 'utf8');
  const start = guide.indexOf(FROM_WORKED_RULE);
  const end = guide.indexOf(END, start);
  if (start === -1 || end === -1) throw new Error('docs/how-to/new-rule.md has no place for the worked rule');
  const files = WORKED_FILES.map((path) => {
    const text = readFileSync(new URL(`../${path}`, import.meta.url), 'utf8').trimEnd();
    const name = path.replace(WORKED_RULE, '');
    return `**\`${name}\`**\n\n\`\`\`${name.endsWith('.ts') ? 'ts' : 'text'}\n${text}\n\`\`\`\n\n`;
  });
  return `${guide.slice(0, start)}${FROM_WORKED_RULE}\n\n${files.join('')}${guide.slice(end)}`;
}

function indexLine({ number, id, severity, versions, title }: Rule): string {
  return `- ${ruleCode(number)} [${id}](../../src/engine/rules/${id}/page.md): ${title} (${severity}; ${versions})`;
}
