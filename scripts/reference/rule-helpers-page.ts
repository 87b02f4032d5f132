import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { code, WRITTEN } from './markdown.ts';

const SHARED = fileURLToPath(new URL('../../src/engine/rules/shared/', import.meta.url));
const EXPORT = /^(?:\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n)?export (?:function|const) (\w+)/gm;

/** docs/reference/rule-helpers.md: what rules share, in the first sentence of each comment. Throws if one has no comment. */
export function ruleHelpersPage(): string {
  const files = globSync('*.ts', { cwd: SHARED }).toSorted();
  return `${[
    WRITTEN,
    '# Helpers of the rules',
    'What several rules ask of the facts, and how they write fixes. All are in `src/engine/rules/shared/`.',
    ...files.flatMap((file) => [`## ${file}`, listHelpers(file).join('\n')]),
  ].join('\n\n')}\n`;
}

function listHelpers(file: string): readonly string[] {
  return [...readFileSync(`${SHARED}${file}`, 'utf8').matchAll(EXPORT)].map(([, comment, name = '']) => {
    if (comment === undefined)
      throw new Error(`src/engine/rules/shared/${file}: ${name} has no comment above it`);
    return `- ${code(name)}: ${firstSentence(comment)}`;
  });
}

function firstSentence(comment: string): string {
  const text = comment
    .replaceAll(/\s*\n \*/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return /^.*?\.(?= [A-Z`]|$)/.exec(text)?.[0] ?? text;
}
