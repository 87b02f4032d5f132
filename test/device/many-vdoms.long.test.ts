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

const VDOMS = 10_000;
/** Milliseconds of processor time. */
const MOST_MS = 1000;

/**
 * The time limit of a job is noticed between two turns of the event loop, so that no computation may take long. The device
 * runs in a process of its own, and processor time does not depend on what else the machine does.
 */
it('computes nothing for long with 10,000 VDOMs, so that the time limit of a job holds', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ftm-vdoms-'));
  const path = join(folder, 'vdoms.conf');
  await writeFile(path, configWith(VDOMS));
  const device = await startLookAlike(path, 0);
  let before = process.cpuUsage();
  let longestMs = 0;
  const turns = setInterval(() => {
    longestMs = Math.max(longestMs, process.cpuUsage(before).user / 1000);
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
    expect(notRead.length).toBeGreaterThan(VDOMS / 2);
    expect(longestMs).toBeLessThan(MOST_MS);
  } finally {
    clearInterval(turns);
    await stop(device.child);
    await rm(folder, { recursive: true });
  }
});
