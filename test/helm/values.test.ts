import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { CHART, chartValues, withTable } from '../../scripts/chart-values.ts';

interface Schema {
  readonly additionalProperties?: boolean | object;
  readonly properties?: Readonly<Record<string, Schema>>;
}

const schema = JSON.parse(readFileSync(join(CHART, 'values.schema.json'), 'utf8')) as Schema;
const values: unknown = parse(readFileSync(join(CHART, 'values.yaml'), 'utf8'));
/** The inventory has a schema of its own, and the program says what is wrong with it. */
const NOT_IN_VALUES = [
  'global',
  ...['channels', 'defaults', 'escalation', 'groups', 'jumpHosts', 'sshConfig', 'sweeps'].map(
    (part) => `inventory.content.${part}`,
  ),
];

describe('values of the chart', () => {
  it('are each described', () => {
    const described = new Set(chartValues().map(({ path }) => path));
    expect(leaves(values, '', described).filter((path) => !described.has(path))).toEqual([]);
    expect(described.size).toBeGreaterThan(60);
  });

  it('are the ones that the schema knows', () => {
    const known = closedPaths(schema, '').filter((path) => !NOT_IN_VALUES.includes(path));
    expect(known.filter((path) => read(path) === undefined)).toEqual([]);
    expect(leaves(values, '', new Set(known)).filter((path) => !known.includes(path))).toEqual([]);
  });

  it('stand in the table of README.md', () => {
    const readme = readFileSync(join(CHART, 'README.md'), 'utf8');
    expect(withTable(readme), 'run `npm run helm:readme`').toBe(readme);
  });
});

/** Paths below which nothing is described by itself. */
function leaves(value: unknown, path: string, ends: ReadonlySet<string>): readonly string[] {
  const isMap = typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!isMap || ends.has(path)) return [path];
  return Object.entries(value).flatMap(([key, child]) => leaves(child, path ? `${path}.${key}` : key, ends));
}

function closedPaths({ properties }: Schema, path: string): readonly string[] {
  if (!properties) return [path];
  return Object.entries(properties).flatMap(([key, child]) =>
    closedPaths(child, path ? `${path}.${key}` : key),
  );
}

function read(path: string): unknown {
  let value = values;
  for (const key of path.split('.')) value = (value as Record<string, unknown> | null | undefined)?.[key];
  return value;
}
