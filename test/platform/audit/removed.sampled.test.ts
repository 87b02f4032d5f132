import { expect, it } from 'vitest';
import { verifyTrail } from '../../../src/platform/audit/verify-trail.ts';
import { AMOUNT } from '../../support/amount.ts';
import { anchorOf, chainOf, type Dice, dice, LEFT, REFUSED, writtenLines } from './trail.ts';

const TRIALS = AMOUNT === 'sample' ? 4 : 20;

/** What is taken out of a trail of several processes: at least one line. */
const REMOVALS: Readonly<Record<string, (lines: readonly string[], roll: Dice) => readonly string[]>> = {
  'one line': (lines, roll) => lines.toSpliced(roll(lines.length), 1),
  'some lines in a row': (lines, roll) => lines.toSpliced(roll(lines.length), 1 + roll(5)),
  'all lines of a process': (lines, roll) => {
    const chain = chainOf(lines[roll(lines.length)] ?? '');
    return lines.filter((line) => chainOf(line) !== chain);
  },
  'the end of a process': (lines, roll) => {
    const chain = chainOf(lines[roll(lines.length)] ?? '');
    const own = lines.filter((line) => chainOf(line) === chain);
    const kept = new Set(own.slice(0, 1 + roll(own.length - 1)));
    return lines.filter((line) => chainOf(line) !== chain || kept.has(line));
  },
  'the beginning of a process': (lines, roll) => {
    const chain = chainOf(lines[roll(lines.length)] ?? '');
    const own = lines.filter((line) => chainOf(line) === chain);
    const gone = new Set(own.slice(0, 1 + roll(own.length - 1)));
    return lines.filter((line) => !gone.has(line));
  },
};

async function trial(name: string, seed: number): Promise<{ alone: boolean; anchored: boolean }> {
  const roll = dice(seed * 7919);
  const processes = Array.from({ length: 3 }, () =>
    writtenLines(
      Array.from({ length: 3 + roll(6) }, () => (roll(2) === 0 ? LEFT : REFUSED)),
      false,
    ),
  );
  const whole = processes.flat();
  const anchors = processes.map((lines) => anchorOf(lines.at(-1)));
  expect(await verifyTrail(whole, { anchors, amongOthers: true })).toMatchObject({
    state: 'whole',
    lines: whole.length,
  });
  const left = REMOVALS[name]?.(whole, roll) ?? whole;
  expect(left.length).toBeLessThan(whole.length);
  const isFound = async (options?: { anchors: typeof anchors }) =>
    (await verifyTrail(left, { ...options, amongOthers: true })).state === 'broken';
  return { alone: await isFound(), anchored: await isFound({ anchors }) };
}

it('finds with anchors whatever was removed, and without them all but an end and a whole process', async () => {
  const found: Record<string, { alone: number; anchored: number }> = {};
  for (const name of Object.keys(REMOVALS)) {
    const sum = { alone: 0, anchored: 0 };
    for (let seed = 0; seed < TRIALS; seed += 1) {
      const { alone, anchored } = await trial(name, seed);
      sum.alone += alone ? 1 : 0;
      sum.anchored += anchored ? 1 : 0;
    }
    found[name] = sum;
  }
  console.table(found);
  for (const [name, { anchored }] of Object.entries(found)) expect([name, anchored]).toEqual([name, TRIALS]);
  expect(found['the beginning of a process']?.alone).toBe(TRIALS);
  expect(found['the end of a process']?.alone).toBe(0);
  expect(found['all lines of a process']?.alone).toBe(0);
});
