import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { publishedSchemas } from '../../scripts/published-schemas.ts';

it.each([...publishedSchemas()])('schema/%s is current (otherwise: npm run schema)', (name, text) => {
  expect(readFileSync(new URL(`../../schema/${name}`, import.meta.url), 'utf8')).toBe(text);
});
