import { expect, it } from 'vitest';
import { createHeadExchange } from '../../../src/app/exchange-audit-heads.ts';
import { readLine } from '../../../src/platform/audit/audit-line.ts';
import { openAuditTrail } from '../../../src/platform/audit/audit-trail.ts';
import { verifyTrail } from '../../../src/platform/audit/verify-trail.ts';
import { silentLogger } from '../../../src/platform/observe/logger.ts';
import { createMemoryRecords } from '../../../src/platform/store/memory-records.ts';
import { chainOf, type Dice, dice, LEFT, REFUSED, START } from './trail.ts';

const TRIALS = 20;

/** Processes whose lines are collected from standard output, and that share no file. */
function startProcesses() {
  const output: string[] = [];
  const records = createMemoryRecords();
  function start() {
    const sink = {
      write(bytes: Buffer) {
        output.push(bytes.toString('utf8').trimEnd());
        return bytes.length;
      },
      close() {},
    };
    const audit = openAuditTrail(sink, () => START);
    const heads = createHeadExchange({ audit, records, logger: silentLogger, now: Date.now });
    return { audit, exchange: () => heads.exchange() };
  }
  return { output, start };
}

/** What somebody takes out of the collected lines. Never nothing. */
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
    const from = Number(readLine(own[roll(own.length)] ?? '')?.line.seq);
    return lines.filter((line) => chainOf(line) !== chain || Number(readLine(line)?.line.seq) < from);
  },
  'the beginning': (lines, roll) => lines.slice(1 + roll(lines.length - 1)),
  'the end': (lines, roll) => lines.slice(0, 1 + roll(lines.length - 1)),
};

type Afterwards = 'nothing' | 'the others go on' | 'a process starts';

async function trial(name: string, afterwards: Afterwards, seed: number): Promise<boolean> {
  const roll = dice(seed * 7919);
  const { output, start } = startProcesses();
  const processes = [start(), start(), start()];
  for (let step = 0; step < 12; step += 1) {
    const one = processes[roll(processes.length)];
    one?.audit.record(roll(2) === 0 ? LEFT : REFUSED);
    if (roll(3) === 0) await one?.exchange();
  }
  // Twice: the first to look does not see what the last one publishes.
  for (const one of [...processes, ...processes]) await one.exchange();
  expect(await verifyTrail(output)).toMatchObject({ state: 'whole', lines: output.length });

  const left = REMOVALS[name]?.(output, roll) ?? output;
  expect(left.length).toBeLessThan(output.length);
  const before = output.length;
  if (afterwards === 'a process starts') processes.push(start());
  if (afterwards !== 'nothing') {
    for (const one of processes) one.audit.record(LEFT);
    for (const one of processes) await one.exchange();
  }
  const after = [...left, ...output.slice(before)];
  return (await verifyTrail(after)).state === 'broken';
}

it('finds what was removed from standard output, without an anchor as long as anything follows', async () => {
  const rows: Record<string, string | number>[] = [];
  for (const name of Object.keys(REMOVALS)) {
    const row: Record<string, string | number> = { removed: name };
    for (const afterwards of ['nothing', 'the others go on', 'a process starts'] as const) {
      let found = 0;
      for (let seed = 0; seed < TRIALS; seed += 1) found += (await trial(name, afterwards, seed)) ? 1 : 0;
      row[afterwards] = found;
      if (afterwards !== 'nothing') expect([name, afterwards, found]).toEqual([name, afterwards, TRIALS]);
    }
    rows.push(row);
  }
  console.table(rows);
});

it('finds a process of which nothing is left, where only a process that started later goes on', async () => {
  const { output, start } = startProcesses();
  const one = start();
  const other = start();
  one.audit.record(LEFT);
  for (const each of [one, other]) await each.exchange();
  one.audit.close();
  other.audit.close();
  const before = output.length;
  const later = start();
  await later.exchange();
  expect(await verifyTrail(output)).toMatchObject({ state: 'whole' });
  expect(await verifyTrail(output.slice(before))).toMatchObject({
    state: 'broken',
    reason: expect.stringContaining('which this process saw, is missing') as string,
  });
});

it('accepts logs that were stored one process after the other', async () => {
  const { output, start } = startProcesses();
  const processes = [start(), start()];
  for (const one of [...processes, ...processes]) {
    one.audit.record(LEFT);
    await one.exchange();
  }
  const chains = [...new Set(output.map(chainOf))];
  for (const order of [chains, chains.toReversed()]) {
    const sorted = order.flatMap((chain) => output.filter((line) => chainOf(line) === chain));
    expect(await verifyTrail(sorted)).toMatchObject({ state: 'whole' });
  }
});

it('comes to rest: lines that only refer to others are answered by nobody', async () => {
  const { output, start } = startProcesses();
  const processes = [start(), start(), start()];
  for (let turn = 0; turn < 3; turn += 1) for (const one of processes) await one.exchange();
  const count = output.length;
  for (let turn = 0; turn < 5; turn += 1) for (const one of processes) await one.exchange();
  expect(output.length).toBe(count);
});
