import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ftmCheck } from './test-io.ts';

const GOOD = `
defaults: { username: u, password: { env: FGT_PASSWORD } }
devices:
  fgt-hq: { address: 192.0.2.1, hostKeys: ["SHA256:${'A'.repeat(43)}"] }
access: [{ users: [U012AB3CD], devices: ["*"] }]
`;

let folder: string;
let good: Record<string, string>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ftm-check-test-'));
  await writeFile(join(folder, 'inventory.yaml'), GOOD);
  await writeFile(join(folder, 'unpinned.yaml'), GOOD.replace(/, hostKeys: \[.*?\]/, ''));
  await writeFile(join(folder, 'closed.yaml'), GOOD.replace(/^access.*$/m, ''));
  good = {
    SLACK_BOT_TOKEN: 'xoxb-test',
    SLACK_APP_TOKEN: 'xapp-test',
    FTM_CHECK_INVENTORY: join(folder, 'inventory.yaml'),
    FGT_PASSWORD: 'hunter2',
  };
});
afterAll(() => rm(folder, { recursive: true }));

describe('doctor', () => {
  it('finds nothing wrong with a good set-up, and shows no secret', async () => {
    const ran = await ftmCheck(['doctor'], { env: good });
    expect(ran).toMatchObject({ status: 0, stderr: 'All is well.\n' });
    expect(ran.stdout).toContain('Socket Mode');
    expect(ran.stdout).not.toMatch(/✗|hunter2|xoxb-test/);
  });

  it.each([
    ['no tokens', { SLACK_BOT_TOKEN: '' }, 2, /✗ settings +SLACK_BOT_TOKEN is not set/],
    [
      'no inventory',
      { FTM_CHECK_INVENTORY: '/nowhere.yaml' },
      2,
      /✗ inventory +The inventory \/nowhere\.yaml/,
    ],
    ['a missing password', { FGT_PASSWORD: '' }, 2, /✗ secret +.*FGT_PASSWORD is empty\. Needed for fgt-hq/],
    [
      'an unpinned host key',
      { FTM_CHECK_INVENTORY: '$/unpinned.yaml' },
      2,
      /✗ host keys +not pinned.*fgt-hq/,
    ],
    ['nobody who may ask', { FTM_CHECK_INVENTORY: '$/closed.yaml' }, 2, /✗ access +nobody may ask/],
    ['a queue that is away', { REDIS_URL: 'redis://127.0.0.1:1' }, 4, /✗ queue +/],
  ])('%s', async (_, change, status, expected) => {
    const changed = Object.fromEntries(
      Object.entries(change).map(([name, value]) => [name, value.replace('$', folder)]),
    );
    const ran = await ftmCheck(['doctor'], { env: { ...good, ...changed } });
    expect(ran.status).toBe(status);
    expect(ran.stdout).toMatch(expected);
    expect(ran.stderr).toMatch(/need attention/);
  });
});
