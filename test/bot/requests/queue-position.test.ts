import { afterEach, expect, it } from 'vitest';
import type { RunProgress } from '../../../src/bot/delivery/types.ts';
import { createQueuePositions, type QueuePositions } from '../../../src/bot/requests/queue-position.ts';
import { silentLogger } from '../../../src/platform/observe/logger.ts';
import type { Run } from '../../../src/platform/runs/run.ts';
import { until } from '../../support/until.ts';

const places = new Map<string, number>();
const shown: string[] = [];
const left: Run[] = [];
let asked = 0;
let line: QueuePositions | undefined;
afterEach(() => {
  line?.stop();
  places.clear();
  shown.length = 0;
  left.length = 0;
  asked = 0;
});

function open(
  showWaiting: (run: Run, progress: RunProgress) => Promise<number> = async () => 0,
): QueuePositions {
  line = createQueuePositions({
    queue: {
      async position({ id, jobGroup }) {
        asked += 1;
        expect(jobGroup).toBe(id === 'paste' ? undefined : 'fgt-1');
        return places.get(id);
      },
    },
    delivery: {
      async updateQueuePosition(run, progress) {
        shown.push(`${run.id} ${progress.ahead}`);
        return await showWaiting(run, progress);
      },
    },
    runs: { unanswered: async () => left },
    logger: silentLogger,
    now: () => 1,
    everyMs: 1,
  });
  return line;
}

const runOf = (id: string): Run => ({
  id,
  asker: { id: 'U1' },
  replyTo: { channel: 'C1' },
  acceptedAt: 1,
  ...(id === 'paste' ? { kind: 'analyze' } : { kind: 'check', alias: 'fgt-1' }),
});

function put(places_: Readonly<Record<string, number>>): void {
  places.clear();
  for (const [id, ahead] of Object.entries(places_)) places.set(id, ahead);
}

it('shows each place when it changes, the nearest first, one at a time', async () => {
  let under = 0;
  let most = 0;
  const waiting = open(async () => {
    under += 1;
    most = Math.max(most, under);
    await new Promise((resolve) => setTimeout(resolve, 2));
    under -= 1;
    return 0;
  });
  put({ far: 3, near: 1, paste: 2 });
  for (const [id, ahead] of places) waiting.add(runOf(id), ahead);
  await until(() => asked > 9, 'it looked a few times');
  expect(shown).toEqual([]);
  put({ far: 2, near: 0, paste: 1 });
  await until(() => shown.length === 3, 'all are shown');
  expect(shown).toEqual(['near 0', 'paste 1', 'far 2']);
  expect(most).toBe(1);
});

it('stops looking for what does not wait any more', async () => {
  const waiting = open();
  put({ a: 1, b: 2 });
  waiting.add(runOf('a'), 1);
  waiting.add(runOf('b'), 2);
  put({ b: 1 });
  await until(() => shown.includes('b 1'), 'b is shown');
  put({});
  let before = -1;
  await until(() => {
    const isQuiet = asked === before;
    before = asked;
    return isQuiet;
  }, 'it does not look any more');
  expect(shown).toEqual(['b 1']);
});

it('goes on after the queue was away, and waits as long as Slack asks to', async () => {
  let away = true;
  const waiting = createQueuePositions({
    queue: {
      async position() {
        if (away) throw new Error('away');
        return 1;
      },
    },
    delivery: {
      async updateQueuePosition(run) {
        shown.push(run.id);
        return 600_000;
      },
    },
    runs: { unanswered: async () => left },
    logger: silentLogger,
    now: () => 1,
    everyMs: 1,
  });
  line = waiting;
  waiting.add(runOf('a'), 2);
  waiting.add(runOf('b'), 3);
  await new Promise((resolve) => setTimeout(resolve, 20));
  away = false;
  await until(() => shown.length > 0, 'one is shown');
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(shown).toEqual(['a']);
});

it('takes over what waited before this process began, and only what waits for a turn of its own', async () => {
  left.push(
    runOf('mine'),
    { ...runOf('follows'), joined: 'mine' },
    { ...runOf('found-out'), outcome: { kind: 'failed', code: 'ftm_internal', message: 'x' } },
    runOf('runs-already'),
  );
  put({ mine: 1, follows: 1, 'found-out': 1 });
  await open().resume();
  await until(() => shown.length > 0, 'its place is shown, whatever its message says');
  expect(shown).toEqual(['mine 1']);
  put({ mine: 0, follows: 0, 'found-out': 0 });
  await until(() => shown.length > 1, 'its next place is shown');
  expect(shown).toEqual(['mine 1', 'mine 0']);
});

it('does not fail where nobody can say what waits', async () => {
  line = createQueuePositions({
    queue: { position: async () => 1 },
    delivery: { updateQueuePosition: async () => 0 },
    runs: {
      async unanswered() {
        throw new Error('away');
      },
    },
    logger: silentLogger,
    now: () => 1,
    everyMs: 1,
  });
  await expect(line.resume()).resolves.toBeUndefined();
});
