import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { isCancel, select } from '@clack/prompts';
import { RULES } from '../src/engine/rules/all-rules.ts';
import { VPN_RULES_FROM } from '../src/engine/rules/rule-code.ts';
import { newRuleFiles, RULE_EVIDENCE, type RuleEvidence } from './new-rule-files.ts';

/**
 * `npm run new-rule <id> [backup|session|log]` creates all files of a rule, and adds its line to the
 * list. In a terminal it asks what shows the cause first; elsewhere that is a backup.
 */
const LIST = new URL('../src/engine/rules/list.ts', import.meta.url);

const problem = problemWith(process.argv[2]);
if (problem === undefined) create(process.argv[2] ?? '', await chooseEvidence(process.argv[3]));
else {
  process.stderr.write(
    `${problem}\nUsage: npm run new-rule <id> [${RULE_EVIDENCE.join('|')}], for example npm run new-rule push-port-filtered\n`,
  );
  process.exitCode = 2;
}

function problemWith(id: string | undefined): string | undefined {
  if (id === undefined) return 'The id of the rule is missing.';
  if (!/^[a-z0-9]+(?:-[a-z0-9]+)+$/.test(id))
    return `\`${id}\` is no id: two or more words in lower case with hyphens.`;
  return RULES.some((rule) => rule.id === id) ? `There is a rule \`${id}\` already.` : undefined;
}

async function chooseEvidence(named: string | undefined): Promise<RuleEvidence> {
  const known = RULE_EVIDENCE.find((each) => each === named);
  if (known !== undefined || !process.stdin.isTTY) return known ?? 'backup';
  const chosen = await select({
    message: 'What shows the cause first?',
    options: [
      { value: 'backup', label: 'a configuration, as in a backup' },
      { value: 'session', label: 'the output of a command in a CLI session' },
      { value: 'log', label: 'the debug or event log of a login' },
    ] as const,
  });
  if (isCancel(chosen)) process.exit(130);
  return chosen;
}

function create(id: string, evidence: RuleEvidence): void {
  const number = Math.max(...RULES.map((rule) => rule.number).filter((each) => each < VPN_RULES_FROM)) + 1;
  const files = newRuleFiles(id, number, evidence);
  for (const [path, text] of Object.entries(files)) {
    const file = new URL(`../${path}`, import.meta.url);
    mkdirSync(new URL('.', file), { recursive: true });
    writeFileSync(file, text, { flag: 'wx' });
  }
  writeFileSync(LIST, withLine(readFileSync(LIST, 'utf8'), id));
  execFileSync(process.execPath, [new URL('write-docs.ts', import.meta.url).pathname]);
  process.stdout.write(
    [
      `src/engine/rules/${id}/ is there, with its line in src/engine/rules/list.ts. Fill in, in this order:`,
      ...Object.keys(files).map((path) => `  ${path}`),
      `After each file, \`npm run check:rule ${id}\` says what is missing. docs/how-to/new-rule.md explains each step.`,
      '',
    ].join('\n'),
  );
}

function withLine(list: string, id: string): string {
  const lines = [...list.trimEnd().split('\n'), `export { rule as '${id}' } from './${id}/rule.ts';`];
  const isEntry = (line: string) => line.startsWith('export ');
  const entries = lines.filter(isEntry).toSorted();
  return [...lines.filter((line) => !isEntry(line)), ...entries, ''].join('\n');
}
