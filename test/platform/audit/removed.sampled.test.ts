import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readLine } from '../../../src/platform/audit/audit-line.ts';
import { type AuditTrail, openAuditTrail } from '../../../src/platform/audit/audit-trail.ts';
import { openFileSink } from '../../../src/platform/audit/file-sink.ts';
import { verifyTrail } from '../../../src/platform/audit/verify-trail.ts';
import { AMOUNT } from '../../support/amount.ts';
import { chainOf, type Dice, dice, LEFT, REFUSED, START } from './trail.ts';

const TRIALS = AMOUNT === 'sample' ? 4 : 20;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ftm-audit-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** What somebody takes out of a trail. Never nothing. */
const REMOVALS: Readonly<Record<string, (lines: readonly string[], roll: Dice) => readonly string[]>> = {
  'one line': (lines, roll) => lines.toSpliced(roll(lines.length), 1),
  'some lines in a row': (lines, roll) => lines.toSpliced(roll(lines.length), 1 + roll(5)),
  'all lines of a process': (lines, roll) => {
    const chain = chainOf(lines[roll(lines.length)] ?? '');
    return lines.filter((line) => chainOf(line) !== chain);
  },
  'the beginning': (lines, roll) => lines.slice(1 + roll(lines.length - 1)),
  'the end': (lines, roll) => lines.slice(0, 1 + roll(lines.length - 1)),
};

type What =
  | 'nothing follows'
  | 'a process goes on'
  | 'a process starts'
  | 'a process starts, end note forged';

async function trial(name: string, what: What, seed: number): Promise<{ alone: boolean; anchored: boolean }> {
  const roll = dice(seed * 7919);
  const path = join(folder, `${seed}-${name}-${what}.jsonl`);
  const open = () => openAuditTrail(openFileSink(path), () => START);
  const trails: AuditTrail[] = [open()];
  for (let step = 0; step < 12; step += 1) {
    if (trails.length < 3 && roll(6) === 0) trails.push(open());
    trails[roll(trails.length)]?.record(roll(2) === 0 ? LEFT : REFUSED);
  }
  const anchors = trails.flatMap((each) => each.head() ?? []);
  const whole = (await readFile(path, 'utf8')).trimEnd().split('\n');
  expect(await verifyTrail(whole, { anchors })).toMatchObject({ state: 'whole', lines: whole.length });

  const left = REMOVALS[name]?.(whole, roll) ?? whole;
  expect(left.length).toBeLessThan(whole.length);
  await writeFile(path, left.map((line) => `${line}\n`).join(''));
  const last = readLine(left.at(-1) ?? '');
  if (what.endsWith('forged')) {
    const { hash = '', line } = last ?? {};
    await writeFile(`${path}.end`, JSON.stringify({ hash, number: line?.number ?? -1 }));
  }
  if (what === 'a process goes on') trails[roll(trails.length)]?.record(LEFT);
  if (what.startsWith('a process starts')) open().record(LEFT);
  const after = (await readFile(path, 'utf8')).trimEnd().split('\n');
  const isFound = async (options?: { anchors: typeof anchors }) =>
    (await verifyTrail(after, options)).state === 'broken';
  return { alone: await isFound(), anchored: await isFound({ anchors }) };
}

it('finds what was removed, without an anchor as long as anything follows', async () => {
  const rows: Record<string, string>[] = [];
  const found = new Map<string, { alone: number; anchored: number }>();
  for (const what of [
    'nothing follows',
    'a process goes on',
    'a process starts',
    'a process starts, end note forged',
  ] as const) {
    for (const name of Object.keys(REMOVALS)) {
      const sum = { alone: 0, anchored: 0 };
      for (let seed = 0; seed < TRIALS; seed += 1) {
        const { alone, anchored } = await trial(name, what, seed);
        sum.alone += alone ? 1 : 0;
        sum.anchored += anchored ? 1 : 0;
      }
      found.set(`${name}, ${what}`, sum);
      const share = (count: number) => `${count} of ${TRIALS}`;
      rows.push({
        removed: name,
        afterwards: what,
        alone: share(sum.alone),
        'with anchors': share(sum.anchored),
      });
    }
  }
  console.table(rows);
  for (const [name, { alone, anchored }] of found) {
    expect([name, anchored]).toEqual([name, TRIALS]);
    if (/a process (goes on|starts)$/.test(name)) expect([name, alone]).toEqual([name, TRIALS]);
  }
  expect(found.get('the end, nothing follows')?.alone).toBe(0);
});

it('finds that lines of different processes were swapped', async () => {
  const path = join(folder, 'audit.jsonl');
  const [bot, worker] = [0, 1].map(() => openAuditTrail(openFileSink(path), () => START));
  bot?.record(REFUSED);
  worker?.record(LEFT);
  bot?.record(LEFT);
  const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
  const [third = '', fourth = ''] = lines.slice(2, 4);
  expect(await verifyTrail(lines.with(2, fourth).with(3, third))).toMatchObject({ state: 'broken', line: 3 });
});
