import { type Fact, valueIfKnown } from '../../facts/fact.ts';
import type { Facts } from '../../facts/facts.ts';
import type { OnetimeSchedule, RecurringSchedule } from '../../facts/network/firewall-values.ts';
import { sameVdom } from '../../fortios/vdom-name.ts';
import type { RuleContext } from '../rule.ts';
import type { Doubt } from './phone-sources.ts';

/** Whether a policy with this schedule is active when a phone calls; a doubt if it depends on the time of day. */
export type Applies = 'always' | 'never' | Doubt;

export type ScheduleFacts = Pick<Facts, 'recurringSchedules' | 'onetimeSchedules' | 'scheduleGroups'>;

/** FortiOS's predefined schedules. */
const BUILT_IN: ReadonlyMap<string, Applies> = new Map([
  ['always', 'always'],
  ['none', 'never'],
]);
const DAYS_OF_WEEK = 7;
/** The largest offset of a time zone from UTC. */
const MAX_ZONE_OFFSET_MS = 14 * 3_600_000;

/** Whether a schedule, by its name, covers the time at which a phone calls. */
export function appliesWhen(
  name: string,
  vdom: string | undefined,
  facts: ScheduleFacts,
  readAt: RuleContext['readAt'],
): Applies {
  const builtIn = BUILT_IN.get(name);
  if (builtIn) return builtIn;
  const recurring = findNamed(facts.recurringSchedules, name, vdom);
  if (recurring) return ofWeek(recurring);
  const onetime = findNamed(facts.onetimeSchedules, name, vdom);
  if (onetime) return ofOnce(onetime, readAt);
  const group = findNamed(facts.scheduleGroups, name, vdom);
  if (group) {
    // FortiOS does not allow a group inside a group.
    const single = { ...facts, scheduleGroups: { state: 'known', value: [], quotes: [] } as const };
    const each = group.members.map((member) => appliesWhen(member, vdom, single, readAt));
    return each.find((one) => one === 'always') ?? each.find((one) => one !== 'never') ?? 'never';
  }
  const tables = [facts.recurringSchedules, facts.onetimeSchedules, facts.scheduleGroups];
  const commands = tables.flatMap((fact) => (fact.state === 'unknown' ? fact.commands : []));
  return { why: `when schedule \`${name}\` applies`, commands };
}

function ofWeek({ name, days, start, end }: RecurringSchedule): Applies {
  if (days.length === 0) return 'never';
  if (days.length === DAYS_OF_WEEK && start === end) return 'always';
  const hours = start === end ? '' : ` from ${start} to ${end}`;
  return {
    why: `whether the login is within schedule \`${name}\` (${days.join(', ')}${hours})`,
    commands: [],
  };
}

function ofOnce({ name, start, end }: OnetimeSchedule, readAt: RuleContext['readAt']): Applies {
  const from = parseTime(start);
  const to = parseTime(end);
  const doubt = {
    why: `whether the login is within schedule \`${name}\` (${start} to ${end})`,
    commands: [],
  };
  if (!readAt || from === undefined || to === undefined) return doubt;
  // Schedules are in the device's time zone. Only the device's own clock is certain to be in that zone.
  const margin = readAt.clock === 'device' ? 0 : MAX_ZONE_OFFSET_MS;
  const { ms } = readAt;
  if (ms > to + margin || ms < from - margin) return 'never';
  return ms >= from + margin && ms <= to - margin ? 'always' : doubt;
}

/** `23:59 2026/01/31`, read as UTC; milliseconds. */
function parseTime(text: string): number | undefined {
  const match = /^(\d{2}):(\d{2}) (\d{4})\/(\d{2})\/(\d{2})$/.exec(text);
  if (!match) return undefined;
  const [hour = 0, minute = 0, year = 0, month = 0, day = 0] = match.slice(1).map(Number);
  return Date.UTC(year, month - 1, day, hour, minute);
}

function findNamed<T extends { readonly name: string; readonly vdom?: string }>(
  fact: Fact<readonly T[]>,
  name: string,
  vdom: string | undefined,
): T | undefined {
  return (valueIfKnown(fact) ?? []).find((each) => each.name === name && sameVdom(each.vdom, vdom));
}
