import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseInventory } from '../../src/config/inventory.ts';
import { readConfig } from '../../src/config/load-config.ts';

const read = (name: string) => readFileSync(join(import.meta.dirname, '../../docs', name), 'utf8');

describe('the documentation', () => {
  it('shows an inventory that is one', () => {
    const [, yaml = ''] = /```yaml\n([\s\S]*?)```/.exec(read('reference/inventory.md')) ?? [];
    expect([...parseInventory(yaml, 'inventory.md').devices.keys()]).toEqual(['fgt-branch-07', 'fgt-hq']);
  });

  it('names every setting that is read', () => {
    const wrong = ['SLACK_SIGNING_SECRET', 'SLACK_APP_TOKEN', 'SLACK_API_URL', 'FTM_CHECK_MODE', 'REDIS_URL']
      .concat(['SLACK_BOT_TOKEN', 'FTM_CHECK_CONCURRENCY', 'PORT', 'LOG_LEVEL'])
      .map((name) => [name, ' ? '] as const);
    const config = readConfig(Object.fromEntries(wrong));
    const names = 'problems' in config ? config.problems.map(({ variable }) => variable) : [];
    expect(names).toHaveLength(wrong.length);
    for (const name of [...names, 'FTM_CHECK_INVENTORY', 'FTM_CHECK_DATA'])
      expect(read('how-to/slack.md')).toContain(`\`${name}\``);
  });
});
