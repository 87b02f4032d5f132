import type { OnCall, OnCallEntry } from '../bot/requests/on-call-port.ts';
import type { EscalationSettings, Schedule } from '../platform/config/escalation-schema.ts';
import type { Dependencies } from '../platform/dependencies.ts';
import { section } from '../report/block-kit/build-blocks.ts';
import { escapeMrkdwn } from '../report/block-kit/escape.ts';
import { slackDate } from '../report/block-kit/slack-date.ts';
import { createCalendarStore } from './calendar/calendar-store.ts';
import { currentSchedules } from './schedule/current-schedules.ts';
import { findOnCall } from './schedule/on-call.ts';
import { listChanges } from './schedule/schedule-gaps.ts';
import { createShiftStore } from './store/stored-lists.ts';
import type { ThreadPort } from './thread/thread-port.ts';

export interface OnCallShiftsOptions extends Pick<Dependencies, 'records' | 'logger' | 'now'> {
  readonly settings: () => EscalationSettings;
  readonly thread: Pick<ThreadPort, 'postDirect'>;
  /** Called when a person took or released a shift. */
  readonly onChanged?: () => Promise<void>;
}

type ShiftRequest = Parameters<OnCall['takeShift']>[0];

const DEFAULT_MS = 24 * 3_600_000;
const MAX_MS = 14 * 24 * 3_600_000;

/** Who is on call, and shifts that people take in Slack beside the schedules of the inventory. */
export function createOnCallShifts(
  options: OnCallShiftsOptions,
): Pick<OnCall, 'listShifts' | 'takeShift' | 'releaseShift'> {
  const { settings, records, thread, onChanged, logger, now } = options;
  const store = createShiftStore(records);
  const calendars = createCalendarStore(records);

  async function shiftNow(name: string): Promise<CurrentShift> {
    const sources = { shifts: store, calendars };
    const schedule = (await currentSchedules(settings().schedules, [name], sources)).get(name);
    return schedule === undefined ? {} : currentShift(schedule, now());
  }

  /** The person whose shift ended early is told, and does not learn it from a page that does not come. */
  async function notify(
    { act, user }: ShiftRequest,
    before: string | undefined,
    name: string,
    until: number,
  ): Promise<void> {
    const { user: by, team } = act.caller;
    const notified = [...new Set([user, before])].filter((each) => each !== undefined && each !== by);
    for (const person of notified) {
      const text = `<@${user}> is on call for ${escapeMrkdwn(name)} until ${slackDate(until)}, set by <@${by}>.`;
      const message = { text, blocks: [section(text)] };
      const mark = `shift/${name}/${until}/${person}`;
      const sent = await thread.postDirect({ user: person ?? '', team }, message, mark);
      if (sent.kind !== 'done') logger.warn({ person, reason: sent.reason }, 'not notified about a shift');
    }
  }

  async function readEntry(name: string, schedule: Schedule): Promise<OnCallEntry> {
    const copy = schedule.calendar === undefined ? undefined : await calendars.get(name, schedule);
    return { schedule: name, ...(await shiftNow(name)), calendarFailedAt: copy?.failure?.since };
  }

  /** A failure after the shift changed must not fail the command that changed it. */
  async function reportChange(): Promise<void> {
    await onChanged?.().catch((error: unknown) =>
      logger.warn({ err: error }, 'a changed shift was not passed on'),
    );
  }

  return {
    listShifts: async () =>
      await Promise.all([...settings().schedules].map(([name, schedule]) => readEntry(name, schedule))),
    async takeShift(request) {
      const { user } = request;
      const by = request.act.caller.user;
      const name = findScheduleName(settings(), request.schedule);
      if (name === undefined) return { kind: 'unknown-schedule', known: [...settings().schedules.keys()] };
      const from = now();
      const current = await shiftNow(name);
      const length =
        request.minutes === undefined
          ? (current.until ?? from + DEFAULT_MS) - from
          : request.minutes * 60_000;
      const until = from + Math.min(length, MAX_MS);
      await store.add(name, { user, from, until, by });
      logger.info({ schedule: name, user, by, until }, 'on-call shift changed');
      await reportChange();
      await notify(request, current.user, name, until);
      return { kind: 'taken', schedule: name, user, until };
    },
    async releaseShift({ schedule }) {
      const name = findScheduleName(settings(), schedule);
      if (name === undefined) return { kind: 'unknown-schedule', known: [...settings().schedules.keys()] };
      const count = await store.endAll(name, now());
      await reportChange();
      return { kind: 'released', schedule: name, count };
    },
  };
}

function findScheduleName({ schedules }: EscalationSettings, wanted: string | undefined): string | undefined {
  const names = [...schedules.keys()];
  if (wanted === undefined) return names.length === 1 ? names[0] : undefined;
  return names.find((name) => name === wanted.toLowerCase());
}

const LOOKAHEAD_MS = 28 * 24 * 3_600_000;

type CurrentShift = Pick<OnCallEntry, 'user' | 'until' | 'next'>;

/** Who is on call at `at`, until when, and who is next. Pure. */
function currentShift(schedule: Schedule, at: number): CurrentShift {
  const user = findOnCall(schedule, at);
  const until = listChanges(schedule, { from: at, until: at + LOOKAHEAD_MS }).find(
    (change) => findOnCall(schedule, change) !== user,
  );
  return until === undefined ? { user } : { user, until, next: findOnCall(schedule, until) };
}
