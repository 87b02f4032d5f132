import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inventoryJsonSchema } from '../../../src/platform/config/inventory-json-schema.ts';

describe('schema/inventory@1.json', () => {
  it('is what `npm run schema` writes', () => {
    const published = readFileSync(join(import.meta.dirname, '../../../schema/inventory@1.json'), 'utf8');
    expect(inventoryJsonSchema()).toBe(published);
  });
});
