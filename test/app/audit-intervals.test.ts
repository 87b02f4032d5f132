import { expect, it } from 'vitest';
import { type AuditIntervalsOptions, startAuditIntervals } from '../../src/app/operations.ts';
import { readLine } from '../../src/platform/audit/audit-line.ts';
import { openAuditTrail } from '../../src/platform/audit/audit-trail.ts';
import { createLogger } from '../../src/platform/observe/create-logger.ts';
import { dice, LEFT, START } from '../platform/audit/trail.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** A clock that goes on only when it is told to. */
function openClock() {
  let now = START;
  const repeated: { readonly work: () => void; readonly ms: number; next: number }[] = [];
  const repeat: AuditIntervalsOptions['repeat'] = (work, ms) => {
    const entry = { work, ms, next: now + ms };
    repeated.push(entry);
    return () => void repeated.splice(repeated.indexOf(entry), 1);
  };
  function goOn(ms: number): void {
    now += ms;
    for (const entry of repeated.filter(({ next }) => next <= now)) {
      entry.next += entry.ms;
      entry.work();
    }
  }
  return { now: () => now, repeat, goOn };
}

function startProcess(clock: ReturnType<typeof openClock>) {
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
  const audit = openAuditTrail(sink, clock.now);
  const intervals = startAuditIntervals({ audit, logger, repeat: clock.repeat });
  /** The number of lines up to the last anchor: the first one has the number 0. */
  const anchored = () => {
    const anchors = logged.filter(({ msg }) => msg === 'audit trail anchor');
    return 1 + Math.max(-1, ...anchors.map(({ anchor = '' }) => Number(anchor.split(':')[1])));
  };
  return { audit, lines, logged, anchored, intervals };
}

function olderThan(
  ms: number,
  lines: readonly string[],
  { now }: Pick<ReturnType<typeof openClock>, 'now'>,
): number {
  return lines.filter((line) => now() - Date.parse(String(readLine(line)?.line.at)) >= ms).length;
}

it('covers every line by an anchor in the log a minute after it was recorded, and the last ones at the end', async () => {
  const clock = openClock();
  const roll = dice(7);
  const { audit, lines, logged, anchored, intervals } = startProcess(clock);
  for (let second = 0; second < 600; second += 1) {
    if (roll(40) === 0) audit.record(LEFT);
    clock.goOn(SECOND);
    expect(anchored()).toBeGreaterThanOrEqual(olderThan(MINUTE, lines, clock));
  }
  // No more than one a minute, and none where nothing was recorded.
  expect(logged.length).toBeLessThanOrEqual(10);
  audit.record(LEFT);
  intervals[Symbol.dispose]();
  expect(anchored()).toBe(lines.length);
  const before = logged.length;
  clock.goOn(10 * MINUTE);
  expect(logged).toHaveLength(before);
});
