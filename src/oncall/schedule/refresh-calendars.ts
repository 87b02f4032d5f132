import { redactSideText } from '../../engine/evidence/side-text.ts';
import type { EscalationSettings, Schedule } from '../../platform/config/escalation-schema.ts';
import type { Dependencies } from '../../platform/dependencies.ts';
import type { Logger } from '../../platform/observe/logger.ts';
import { type CalendarCopy, createCalendarStore, sourceHash } from '../calendar/calendar-store.ts';
import type { CalendarRead } from '../calendar/expand-calendar.ts';
import type { ReadCalendar } from '../calendar/read-calendar.ts';
import type { OpsReport, ReportToOps } from '../engine/report-to-ops.ts';

export interface CalendarRefreshOptions extends Pick<Dependencies, 'records' | 'logger' | 'now'> {
  readonly settings: () => EscalationSettings;
  readonly readCalendar: ReadCalendar;
  /** Absent if no operations channel is set. */
  readonly reportToOps?: ReportToOps | undefined;
}

/** A copy that cannot be refreshed still covers the time up to here. */
const LOOKAHEAD_MS = 92 * 24 * 3_600_000;
const LOOKBACK_MS = 24 * 3_600_000;
/** Of several processes one reads a calendar. */
const CLAIM_MS = 20_000;
/** As long as a copy is kept. */
const REPEAT_INTERVAL_MS = 100 * 24 * 3_600_000;

/** Reads the calendars whose time has come, in one of all processes. A copy stays in force if reading fails. */
export function createCalendarRefresh(options: CalendarRefreshOptions): () => Promise<void> {
  const { settings, records, logger, now } = options;
  const store = createCalendarStore(records);

  return async () => {
    for (const [name, schedule] of settings().schedules) {
      const { calendar } = schedule;
      if (calendar === undefined) continue;
      const copy = await store.get(name, schedule);
      if (copy !== undefined && now() < copy.checkedAt + calendar.every) continue;
      if (!(await records.claim(`calendar-refresh/${name}/${sourceHash(schedule)}`, CLAIM_MS))) continue;
      const read = await options.readCalendar(calendar, calendarSpan(schedule, now()));
      const next = nextCopy(copy, read, sourceHash(schedule), now());
      if (next.failure !== undefined) {
        logger.warn({ schedule: name, reason: next.failure.reason }, 'a calendar could not be read');
      }
      // Before the change is stored: who repeats this after a crash tells it again, which is once.
      const notice = composeNotice(name, copy, next);
      if (notice !== undefined) {
        await options
          .reportToOps?.(notice)
          .catch((error: unknown) =>
            logger.warn({ err: error }, 'operations were not told about a calendar'),
          );
      }
      await store.put(name, next);
    }
  };
}

/** The time for which a calendar is read. */
export function calendarSpan({ timeZone }: Schedule, now: number): Parameters<ReadCalendar>[1] {
  return { timeZone, from: now - LOOKBACK_MS, until: now + LOOKAHEAD_MS };
}

function nextCopy(
  copy: CalendarCopy | undefined,
  read: CalendarRead,
  source: string,
  now: number,
): CalendarCopy {
  if (read.kind === 'events') {
    const events = read.events.map((event) => ({
      ...event,
      summary: redactSideText(event.summary),
      attendees: event.attendees.map((attendee) => redactSideText(attendee)),
    }));
    return { source, checkedAt: now, readAt: now, events };
  }
  const failure = { since: copy?.failure?.since ?? now, reason: read.reason };
  return { source, checkedAt: now, readAt: copy?.readAt, events: copy?.events ?? [], failure };
}

/** What the operations channel is told: a failure at each attempt, with one key, and that it is over. */
function composeNotice(
  name: string,
  before: CalendarCopy | undefined,
  next: CalendarCopy,
): OpsReport | undefined {
  if (next.failure !== undefined) {
    const rest =
      next.readAt === undefined
        ? 'There is no earlier copy: rotations apply if the schedule has any, else nobody is on call.'
        : 'The last good copy stays in force.';
    return {
      key: `calendar-failed/${name}/${next.source}/${next.readAt ?? 'never'}`,
      text: `The calendar of the schedule \`${name}\` could not be read: ${next.failure.reason}. ${rest}`,
      keepMs: REPEAT_INTERVAL_MS,
    };
  }
  if (before?.failure === undefined) return undefined;
  return {
    key: `calendar-read/${name}/${next.source}/${before.failure.since}`,
    text: `The calendar of the schedule \`${name}\` can be read again.`,
    keepMs: REPEAT_INTERVAL_MS,
  };
}

const INTERVAL_MS = 30_000;

/** Runs tasks about schedules every half a minute, one after the other. A task that fails is run again next time. */
export function watchSchedules(tasks: readonly (() => Promise<void>)[], logger: Logger) {
  let timer: NodeJS.Timeout | undefined;
  let isRunning = false;

  async function runAll(): Promise<void> {
    if (isRunning) return;
    isRunning = true;
    for (const task of tasks) {
      await task().catch((error: unknown) =>
        logger.warn({ err: error }, 'a schedule could not be looked after'),
      );
    }
    isRunning = false;
  }

  return {
    start() {
      void runAll();
      timer = setInterval(() => void runAll(), INTERVAL_MS).unref();
    },
    stop: () => clearInterval(timer),
  };
}
