import type { EscalationSettings, Schedule } from '../platform/config/escalation-types.ts';
import type { Logger } from '../platform/observe/logger.ts';
import type { Records } from '../platform/store/records.ts';
import { escapeMrkdwn } from '../report/block-kit/escape.ts';
import { slackDate } from '../report/block-kit/slack-date.ts';
import { createCalendarStore } from './calendar/calendar-store.ts';
import { currentSchedules } from './schedule/current-schedules.ts';
import { findOnCall } from './schedule/on-call.ts';
import { listChanges } from './schedule/schedule-gaps.ts';
import { createShiftStore } from './schedule/stored-shifts.ts';
import { section } from './thread/messages.ts';
import type { ThreadMessage, ThreadPort } from './thread/thread-port.ts';

export interface OnCallShiftsOptions {
  readonly settings: () => EscalationSettings;
  readonly records: Records;
  readonly thread: Pick<ThreadPort, 'postDirect'>;
  /** Called when a person took or released a shift. */
  readonly onChanged?: () => Promise<void>;
  readonly logger: Logger;
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
}

export interface ShiftRequest {
  /** The person who is on call from now on. */
  readonly user: string;
  /** The person who asked. */
  readonly by: string;
  /** Needed if there are several schedules. */
  readonly schedule?: string | undefined;
  /** Default: until the next change of the schedule. */
  readonly minutes?: number | undefined;
  readonly team: string | undefined;
}

export type ShiftChanged =
  | { readonly kind: 'taken'; readonly schedule: string; readonly user: string; readonly until: number }
  | { readonly kind: 'released'; readonly schedule: string; readonly count: number }
  /** No schedule has this name, or none was named and there are several. */
  | { readonly kind: 'unknown-schedule'; readonly known: readonly string[] };

export interface ListedShift extends CurrentShift {
  readonly schedule: string;
  /** The calendar could not be read since then, in milliseconds since the Unix epoch: an earlier copy is in force. */
  readonly calendarFailedAt?: number;
}

export interface OnCallShifts {
  list(): Promise<readonly ListedShift[]>;
  take(request: ShiftRequest): Promise<ShiftChanged>;
  /** The schedule of the inventory is in force again. */
  release(request: Pick<ShiftRequest, 'schedule'>): Promise<ShiftChanged>;
}

const DEFAULT_MS = 24 * 3_600_000;
const MAX_MS = 14 * 24 * 3_600_000;

/** Who is on call, and shifts that people take in Slack beside the schedules of the inventory. */
export function createOnCallShifts(options: OnCallShiftsOptions): OnCallShifts {
  const { settings, records, thread, onChanged, logger, now } = options;
  const store = createShiftStore(records);
  const calendars = createCalendarStore(records);

  async function shiftNow(name: string): Promise<CurrentShift> {
    const sources = { shifts: store, calendars };
    const schedule = (await currentSchedules(settings().schedules, [name], sources)).get(name);
    return schedule === undefined ? {} : currentShift(schedule, now());
  }

  /** The person who is no longer on call should not learn it from a page that does not come. */
  async function notify(request: ShiftRequest, before: string | undefined, name: string, until: number) {
    const { user, by, team } = request;
    const notified = [...new Set([user, before])].filter((each) => each !== undefined && each !== by);
    for (const person of notified) {
      const message = shiftNotice({ schedule: name, user, by, until });
      const mark = `shift/${name}/${until}/${person}`;
      const sent = await thread.postDirect({ user: person ?? '', team }, message, mark);
      if (sent.kind !== 'done') logger.warn({ person, reason: sent.reason }, 'not notified about a shift');
    }
  }

  async function joinNames(name: string, schedule: Schedule): Promise<ListedShift> {
    const copy = schedule.calendar === undefined ? undefined : await calendars.get(name, schedule);
    const failedAt = copy?.failure?.since;
    return {
      schedule: name,
      ...(await shiftNow(name)),
      calendarFailedAt: failedAt,
    };
  }

  /** A failure after the shift changed must not fail the command that changed it. */
  async function changed(): Promise<void> {
    await onChanged?.().catch((error: unknown) =>
      logger.warn({ err: error }, 'a changed shift was not passed on'),
    );
  }

  return {
    list: async () =>
      await Promise.all([...settings().schedules].map(([name, schedule]) => joinNames(name, schedule))),
    async take(request) {
      const name = named(settings(), request.schedule);
      if (name === undefined) return { kind: 'unknown-schedule', known: [...settings().schedules.keys()] };
      const from = now();
      const current = await shiftNow(name);
      const length =
        request.minutes === undefined
          ? (current.until ?? from + DEFAULT_MS) - from
          : request.minutes * 60_000;
      const until = from + Math.min(length, MAX_MS);
      await store.add(name, { user: request.user, from, until, by: request.by });
      logger.info({ schedule: name, user: request.user, by: request.by, until }, 'on-call shift changed');
      await changed();
      await notify(request, current.user, name, until);
      return { kind: 'taken', schedule: name, user: request.user, until };
    },
    async release({ schedule }) {
      const name = named(settings(), schedule);
      if (name === undefined) return { kind: 'unknown-schedule', known: [...settings().schedules.keys()] };
      const count = await store.endAll(name, now());
      await changed();
      return { kind: 'released', schedule: name, count };
    },
  };
}

function named({ schedules }: EscalationSettings, wanted: string | undefined): string | undefined {
  const names = [...schedules.keys()];
  if (wanted === undefined) return names.length === 1 ? names[0] : undefined;
  return names.find((name) => name === wanted.toLowerCase());
}

const LOOKAHEAD_MS = 28 * 24 * 3_600_000;

interface CurrentShift {
  /** Slack user id; absent if nobody is on call. */
  readonly user?: string | undefined;
  /** When another person is on call, in milliseconds since the Unix epoch; absent if not within four weeks. */
  readonly until?: number;
  readonly next?: string | undefined;
}

/** Who is on call at `at`, until when, and who is next. Pure. */
function currentShift(schedule: Schedule, at: number): CurrentShift {
  const user = findOnCall(schedule, at);
  const until = listChanges(schedule, { from: at, until: at + LOOKAHEAD_MS }).find(
    (change) => findOnCall(schedule, change) !== user,
  );
  return until === undefined ? { user } : { user, until, next: findOnCall(schedule, until) };
}

/** Tells a person by direct message that somebody changed who is on call. Pure. */
function shiftNotice(shift: {
  readonly schedule: string;
  readonly user: string;
  readonly by: string;
  readonly until: number;
}): ThreadMessage {
  const { schedule, user, by, until } = shift;
  const text = `<@${user}> is on call for ${escapeMrkdwn(schedule)} until ${slackDate(until)}, set by <@${by}>.`;
  return { text, blocks: [section(text)] };
}
