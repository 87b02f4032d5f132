import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { FROM_RULE } from './rule-docs.ts';

const CHECKOUT = new URL('../', import.meta.url);

/** The files of a rule in the order of docs/how-to/new-rule.md: `path` is how a file's path behind the id begins. */
export const RULE_STEPS = [
  { path: 'fixtures/', title: '1. Fixtures' },
  { path: 'rule.ts', title: '2. rule.ts' },
  { path: 'quotes.txt', title: '3. quotes.txt' },
  { path: 'closed-loop.ts', title: '4. closed-loop.ts' },
  { path: 'page.md', title: '5. page.md' },
] as const;

export interface StepTodos {
  readonly title: (typeof RULE_STEPS)[number]['title'];
  /** `src/engine/rules/<id>/rule.ts:9: title: 'TODO: …'` */
  readonly todos: readonly string[];
}

/** The steps of a rule that have something left to fill in. */
export function remainingSteps(id: string): readonly StepTodos[] {
  const files = globSync(`{src,test}/engine/rules/${id}/**/*.*`, { cwd: fileURLToPath(CHECKOUT) }).toSorted();
  return RULE_STEPS.map(({ path, title }) => ({
    title,
    todos: files.filter((file) => file.includes(`/${id}/${path}`)).flatMap(findTodos),
  })).filter(({ todos }) => todos.length > 0);
}

function findTodos(file: string): readonly string[] {
  const [written = ''] = readFileSync(new URL(file, CHECKOUT), 'utf8').split(FROM_RULE);
  return written
    .split('\n')
    .flatMap((line, index) => (line.includes('TODO') ? [`${file}:${index + 1}: ${line.trim()}`] : []));
}
