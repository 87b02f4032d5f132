import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { createTextMemory } from '../../../src/engine/redact/text-memory.ts';

const MEGABYTE = 1_000_000;

it('knows what was set', () => {
  const memory = createTextMemory<number>();
  memory.set('config system global', 1);
  expect(memory.get('config system global')).toBe(1);
  expect(memory.get('config system dns')).toBeUndefined();
});

it('forgets what was not looked up for two halves of its size, and keeps what was', () => {
  const memory = createTextMemory<number>(1_000);
  memory.set('looked up', 1);
  memory.set('not looked up', 2);
  for (let at = 0; at < 100; at += 1) {
    memory.set(`line ${at}`, at);
    expect(memory.get('looked up')).toBe(1);
  }
  expect(memory.get('not looked up')).toBeUndefined();
});

it('does not hold the texts that its keys are parts of', () => {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  const memory = createTextMemory<true>();
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  for (let at = 0; at < 50; at += 1) {
    const text = Buffer.from(`set alias "device ${at}"\n`.padEnd(MEGABYTE, 'x')).toString('latin1');
    memory.set(text.slice(0, text.indexOf('\n')), true);
  }
  collectGarbage();
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(10 * MEGABYTE);
  expect(memory.get('set alias "device 1"')).toBe(true);
});
