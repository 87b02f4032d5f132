import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';

export const CHART = resolve(import.meta.dirname, '../helm/ftm-check');

export interface ChartValue {
  readonly path: string;
  readonly description: string;
  readonly value: unknown;
}

/** Every value of the chart with the `# --` comment above it, in the order of the file. */
export function chartValues(): readonly ChartValue[] {
  const text = readFileSync(join(CHART, 'values.yaml'), 'utf8');
  const values: unknown = parse(text);
  const found: ChartValue[] = [];
  const path: string[] = [];
  let description: string | undefined;
  for (const line of text.split('\n')) {
    description = /^ *# -- (.+)$/.exec(line)?.[1] ?? description;
    const [, indent, key] = /^( *)([A-Za-z0-9_.-]+):(?: |$)/.exec(line) ?? [];
    if (indent === undefined || key === undefined) continue;
    path.length = indent.length / 2;
    path.push(key);
    if (description !== undefined) found.push({ path: path.join('.'), description, value: at(values, path) });
    description = undefined;
  }
  return found;
}

/** The table in README.md, generated from the comments. */
function valuesTable(): string {
  const rows = chartValues().map(
    ({ path, description, value }) =>
      `| \`${path}\` | ${description.replaceAll('|', '\\|')} | \`${JSON.stringify(value)}\` |`,
  );
  return ['| value | | default |', '| --- | --- | --- |', ...rows].join('\n');
}

const BEGIN = '<!-- values: `npm run helm:readme` writes this table -->';
const END = '<!-- /values -->';

export function withTable(readme: string): string {
  const start = readme.indexOf(BEGIN);
  const end = readme.indexOf(END);
  if (start === -1 || end < start) throw new Error(`README.md has no place for the table: ${BEGIN} … ${END}`);
  return `${readme.slice(0, start + BEGIN.length)}\n${valuesTable()}\n${readme.slice(end)}`;
}

function at(values: unknown, path: readonly string[]): unknown {
  let value = values;
  for (const key of path) value = (value as Record<string, unknown> | null)?.[key];
  return value;
}
