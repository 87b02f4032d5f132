import { readFile } from 'node:fs/promises';

/** The Markdown page of a rule, as it is in the package. `id` has to be the id of a rule: it becomes part of a path. */
export function readRuleText(id: string): Promise<string> {
  return readFile(new URL(`../../engine/rules/${id}/page.md`, import.meta.url), 'utf8');
}
