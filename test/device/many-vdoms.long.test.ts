import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { deviceAt, PASSWORD, startLookAlike, stop } from '../../bench/device-process.ts';
import { configWith } from '../../bench/vdoms.ts';
import { createCollector } from '../../src/device/create-collector.ts';
import { createVdomPlanner } from '../../src/engine/diagnosis/vdom-planner.ts';
import { RULES } from '../../src/engine/rules/all-rules.ts';
import { ALL } from './device-fixture.ts';

const FEW = 1_000;
const MANY = 10_000;
/** Work that grows with the VDOMs takes 10 times as long, and work that compares each with each 100 times. */
const MOST_GROWTH = 40;

/**
 * The time limit of a job is noticed between two turns of the event loop, so that no computation may take long. The device
 * runs in a process of its own, and processor time does not depend on what else the machine does.
 */
it('computes for 10,000 VDOMs in proportion to 1,000, so that the time limit of a job is noticed', async () => {
  const few = await longestTurnMs(FEW);
  expect(await longestTurnMs(MANY)).toBeLessThan(few * MOST_GROWTH);
});

/** Milliseconds of processor time between two turns of the event loop, while a device with so many VDOMs is read. */
async function longestTurnMs(vdoms: number): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'ftm-vdoms-'));
  const path = join(folder, 'vdoms.conf');
  await writeFile(path, configWith(vdoms));
  const device = await startLookAlike(path, 0);
  let before = process.cpuUsage();
  let longest = 0;
  const turns = setInterval(() => {
    longest = Math.max(longest, process.cpuUsage(before).user / 1000);
    before = process.cpuUsage();
  }, 10);
  try {
    const items = await createCollector({ readSecret: () => Promise.resolve(PASSWORD) })({
      device: deviceAt(device),
      commands: ALL,
      planVdoms: createVdomPlanner(RULES),
      signal: new AbortController().signal,
    });
    const notRead = items.filter(({ failure }) => failure?.kind === 'not-run');
    expect(notRead.length).toBeGreaterThan(vdoms / 2);
    return longest;
  } finally {
    clearInterval(turns);
    await stop(device.child);
    await rm(folder, { recursive: true });
  }
}
