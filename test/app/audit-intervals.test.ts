import { afterEach, expect, it, vi } from 'vitest';
import { startAuditIntervals } from '../../src/app/operations.ts';
import { readLine } from '../../src/platform/audit/audit-line.ts';
import { openAuditTrail } from '../../src/platform/audit/audit-trail.ts';
import { createLogger } from '../../src/platform/observe/create-logger.ts';
import { dice, LEFT, START } from '../platform/audit/trail.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

function startProcess() {
  const lines: string[] = [];
  const logged: { readonly msg: string; readonly anchor?: string }[] = [];
  const sink = {
    write(bytes: Buffer) {
      lines.push(bytes.toString('utf8').trimEnd());
      return bytes.length;
    },
    close() {},
  };
  const logger = createLogger({ level: 'info', to: { write: (line) => void logged.push(JSON.parse(line)) } });
  const audit = openAuditTrail(sink, Date.now);
  const intervals = startAuditIntervals({ audit, logger });
  /** The number of lines up to the last anchor: the first one has the number 0. */
  const anchored = () => {
    const anchors = logged.filter(({ msg }) => msg === 'audit trail anchor');
    return 1 + Math.max(-1, ...anchors.map(({ anchor = '' }) => Number(anchor.split(':')[1])));
  };
  return { audit, lines, logged, anchored, intervals };
}

function olderThan(ms: number, lines: readonly string[]): number {
  return lines.filter((line) => Date.now() - Date.parse(String(readLine(line)?.line.at)) >= ms).length;
}

afterEach(() => vi.useRealTimers());

it('covers every line by an anchor in the log a minute after it was recorded, and the last ones at the end', async () => {
  vi.useFakeTimers({ now: START });
  const roll = dice(7);
  const { audit, lines, logged, anchored, intervals } = startProcess();
  for (let second = 0; second < 600; second += 1) {
    if (roll(40) === 0) audit.record(LEFT);
    vi.advanceTimersByTime(SECOND);
    expect(anchored()).toBeGreaterThanOrEqual(olderThan(MINUTE, lines));
  }
  // No more than one a minute, and none where nothing was recorded.
  expect(logged.length).toBeLessThanOrEqual(10);
  audit.record(LEFT);
  intervals[Symbol.dispose]();
  expect(anchored()).toBe(lines.length);
  const before = logged.length;
  vi.advanceTimersByTime(10 * MINUTE);
  expect(logged).toHaveLength(before);
});
