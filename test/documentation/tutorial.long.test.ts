import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { blocksOf, CHECKOUT } from './command-blocks.ts';
import { createLab } from './lab.ts';

const PAGE = 'docs/tutorial/first-diagnosis.md';
const page = readFileSync(join(CHECKOUT, PAGE), 'utf8');
const [, analyze, explain, simulate, check, checkAgain, end] = blocksOf(PAGE);
const [answer = '', fix = '', after = ''] = [...page.matchAll(/^```text\n([\s\S]*?)^```/gm)].map(
  ([, text = '']) => text,
);

it('the tutorial goes as its page says', async () => {
  await using lab = await createLab();
  const port = String(await freePort());
  // What the reader types at the password prompt and at the prompt of the device.
  await writeFile(join(lab.folder, 'password'), '#!/bin/sh\necho simulated-only\n', { mode: 0o700 });
  await writeFile(join(lab.folder, 'typed'), `${fix}exit\n`);
  const signIn = [
    'SSH_ASKPASS_REQUIRE=force SSH_ASKPASS=./password ssh -tt -o StrictHostKeyChecking=no',
    '-o UserKnownHostsFile=/dev/null -p 2207 ftm-check@127.0.0.1 <typed >/dev/null || true',
  ].join(' ');
  const steps = [analyze, explain, simulate, check].map((block) => block?.lines ?? []);
  const script = [...steps, [signIn], checkAgain?.lines ?? [], end?.lines ?? []]
    .map((lines) => `${lines.join('\n')}\necho "=== status $?"`)
    .join('\n');
  const { stdout, stderr } = await lab.run(script.replaceAll('2207', port));
  const said = stdout.split(/^=== status /m);
  // analyze, explain, simulate, check, the fix, check, clean up
  expect(
    said.slice(1).map((part) => part.split('\n')[0]),
    stderr,
  ).toEqual(['1', '0', '0', '1', '0', '0', '0']);
  expect(said[0]).toContain(answer);
  const cause = answer.split('\n')[0] ?? '';
  expect(said[1]).toContain('admin-trusthost-blocks-callback');
  expect([said[0], said[3], said[5]].map((text) => text?.includes(cause))).toEqual([true, true, false]);
  // A new rule changes how many causes are excluded.
  expect(words(said[5])).toContain(words(after));
});

function words(text = ''): string {
  return text
    .replace(/\d+ causes/, 'N causes')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
