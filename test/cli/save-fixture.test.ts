import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ftmCheck } from './test-io.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fixture-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

it('writes the redacted evidence and the answer', async () => {
  const log = join(folder, 'ticket.txt');
  await writeFile(
    log,
    'config system ftm-push\n    set status disable\nend\nconfig system admin\n    edit "a"\n        set password hunter2secret\n    next\nend\n',
  );
  const out = join(folder, 'fixture');
  await ftmCheck(['analyze', '--save-fixture', out, log]);
  expect((await readdir(out)).toSorted()).toEqual(['1-ticket.txt', 'answer.json']);
  expect(await readFile(join(out, '1-ticket.txt'), 'utf8')).not.toContain('hunter2secret');
  expect(JSON.parse(await readFile(join(out, 'answer.json'), 'utf8'))).toMatchObject({ verdict: 'broken' });
});
