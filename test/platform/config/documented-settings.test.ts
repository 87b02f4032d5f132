import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseInventory } from '../../../src/platform/config/inventory.ts';
import { readConfig } from '../../../src/platform/config/load-config.ts';
import { SETTINGS } from '../../../src/platform/config/settings.ts';

const ENOUGH = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: '0123456789abcdef0123456789abcdef' };

describe('the documentation', () => {
  it('shows an inventory that is one', () => {
    const page = readFileSync(join(import.meta.dirname, '../../../docs/reference/inventory.md'), 'utf8');
    const [, yaml = ''] = /```yaml\n([\s\S]*?)```/.exec(page) ?? [];
    expect([...parseInventory(yaml, 'inventory.md').devices.keys()]).toEqual(['fgt-branch-07', 'fgt-hq']);
  });

  const defaults = Object.entries(SETTINGS).flatMap(([name, { unset }]) => {
    const value = /^`([^`]+)`$/.exec(unset)?.[1];
    return value === undefined ? [] : [[name, value] as const];
  });

  it('gives the default of most settings', () => {
    expect(defaults.length).toBeGreaterThan(7);
  });

  it.each(defaults)('has %s = %s as if it were not set', (name, value) => {
    const unset = readConfig(ENOUGH);
    expect(unset).toHaveProperty('config');
    expect(readConfig({ ...ENOUGH, [name]: value })).toEqual(unset);
  });
});
