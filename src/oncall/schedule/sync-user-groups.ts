import type { EscalationSettings, Schedule } from '../../platform/config/escalation-schema.ts';
import type { Dependencies } from '../../platform/dependencies.ts';
import { createCalendarStore } from '../calendar/calendar-store.ts';
import type { ReportToOps } from '../engine/report-to-ops.ts';
import { createShiftStore } from '../store/stored-lists.ts';
import type { ThreadPort } from '../thread/thread-port.ts';
import type { ThreadResult } from '../thread/thread-result.ts';
import { currentSchedules } from './current-schedules.ts';
import { findOnCall } from './on-call.ts';

export interface UserGroupSyncOptions extends Pick<Dependencies, 'records' | 'logger' | 'now'> {
  readonly settings: () => EscalationSettings;
  readonly thread: Pick<ThreadPort, 'members' | 'setMembers'>;
  /** Absent if no operations channel is set. */
  readonly reportToOps?: ReportToOps | undefined;
}

/** A person may have edited the group in Slack: it is compared again after this time. */
const COMPARE_INTERVAL_MS = 60 * 60_000;
/** After a failure. */
const RETRY_MS = 5 * 60_000;
/** A lasting failure is reported again after this time. */
const TOLD_MS = 7 * 24 * 3_600_000;

/**
 * Makes the person on call the only member of the user group of each schedule that has one: at start, when the shift
 * changes, and only where the group is different. In a gap of the schedule the group stays as it is, because Slack does
 * not take an empty one.
 */
export function createUserGroupSync(options: UserGroupSyncOptions): () => Promise<void> {
  const { settings, records, thread, logger, now } = options;
  const sources = { shifts: createShiftStore(records), calendars: createCalendarStore(records) };
  const done = new Map<string, { readonly user: string; readonly until: number }>();

  async function sync(name: string, { userGroup }: Schedule, user: string): Promise<void> {
    if (userGroup === undefined) return;
    const { id, team } = userGroup;
    const before = done.get(name);
    if (before?.user === `${id} ${user}` && now() < before.until) return;
    const members = await thread.members(id, team);
    const result: ThreadResult<unknown> =
      members.kind === 'done' && (members.value.length !== 1 || members.value[0] !== user)
        ? await thread.setMembers(id, [user], team)
        : members;
    const waitMs = (result.kind === 'later' ? result.retryAfterMs : undefined) ?? RETRY_MS;
    const untilMs = result.kind === 'done' ? COMPARE_INTERVAL_MS : waitMs;
    if (result.kind !== 'done') {
      logger.warn({ schedule: name, userGroup: id, reason: result.reason }, 'a user group was not changed');
    }
    if (result.kind === 'refused') await tell(name, id, result.reason);
    done.set(name, { user: `${id} ${user}`, until: now() + untilMs });
  }

  async function tell(name: string, id: string, reason: string): Promise<void> {
    await options.reportToOps?.({
      key: `user-group/${id}/${reason}`,
      text: `The user group \`${id}\` is not in step with the schedule \`${name}\`. ${reason}. ${userGroupAdvice(reason)}`,
      keepMs: TOLD_MS,
    });
  }

  return async () => {
    const planned = settings().schedules;
    const names = [...planned].flatMap(([name, { userGroup }]) => (userGroup === undefined ? [] : [name]));
    const schedules = await currentSchedules(planned, names, sources);
    for (const name of names) {
      const schedule = schedules.get(name);
      const user = schedule && findOnCall(schedule, now());
      if (schedule !== undefined && user !== undefined) await sync(name, schedule, user);
    }
  };
}

/** What to do about an error of `usergroups.users.update`. */
export function userGroupAdvice(reason: string): string {
  if (reason.endsWith('missing_scope')) {
    return 'Put `ftm-check manifest` into the app’s settings, and install the app again: it adds `usergroups:write`.';
  }
  if (reason.endsWith('permission_denied')) {
    return 'Workspace settings › Permissions › User groups must let everyone change them.';
  }
  return 'Slack takes neither guests nor bots as members of a user group.';
}
