import { expect, it } from 'vitest';
import { type AuditIntervalsOptions, startAuditIntervals } from '../../src/app/audit-intervals.ts';
import { readLine } from '../../src/platform/audit/audit-line.ts';
import { openAuditTrail } from '../../src/platform/audit/audit-trail.ts';
import { createLogger } from '../../src/platform/observe/create-logger.ts';
import { createMemoryRecords } from '../../src/platform/store/memory-records.ts';
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

function startProcess(clock: ReturnType<typeof openClock>, records = createMemoryRecords()) {
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
  const intervals = startAuditIntervals({ audit, records, logger, now: clock.now, repeat: clock.repeat });
  /** The number of lines up to the last anchor: the first one has the number 0. */
  const anchored = () => {
    const anchors = logged.filter(({ msg }) => msg === 'audit trail anchor');
    return 1 + Math.max(-1, ...anchors.map(({ anchor = '' }) => Number(anchor.split(':')[1])));
  };
  /** The number of lines up to the last one of another process that is recorded here. */
  const linked = () =>
    1 + Math.max(-1, ...lines.flatMap((line) => readLine(line)?.line.heads ?? []).map(({ seq }) => seq));
  return { audit, lines, logged, anchored, linked, intervals };
}

function olderThan(
  ms: number,
  lines: readonly string[],
  { now }: Pick<AuditIntervalsOptions, 'now'>,
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
  await intervals[Symbol.asyncDispose]();
  expect(anchored()).toBe(lines.length);
  const before = logged.length;
  clock.goOn(10 * MINUTE);
  expect(logged).toHaveLength(before);
});

it('records each line of another process twenty seconds after it was recorded', async () => {
  const clock = openClock();
  const records = createMemoryRecords(clock.now);
  const roll = dice(11);
  const one = startProcess(clock, records);
  // As late as can be after the other.
  clock.goOn(9.5 * SECOND);
  const two = startProcess(clock, records);
  for (let at = 0; at < 600 * SECOND; at += SECOND / 2) {
    if (roll(20) === 0) one.audit.record(LEFT);
    clock.goOn(SECOND / 2);
    await new Promise(setImmediate);
    expect(two.linked()).toBeGreaterThanOrEqual(olderThan(20 * SECOND, one.lines, clock));
  }
});
