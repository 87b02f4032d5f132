import type { EscalationFile, RouteEntry, ScheduleEntry } from './escalation-schema.ts';
import type { MaintenanceWindow } from './sweep-types.ts';

export type PagerSeverity = PagerPolicy['severity'];
export type RouteSettings = { readonly name: string } & RouteEntry;
/** `every`: milliseconds that each level has to acknowledge. */
export type SlackEscalationPolicy = Extract<RouteEntry, { readonly kind: 'slack' }>;
/** The person called at one level of an escalation policy, or who is on call by a schedule when the level is reached. */
export type EscalationLevel = SlackEscalationPolicy['levels'][number];

/** Local times are `YYYY-MM-DDTHH:MM` in the schedule's zone. */
export type Schedule = ScheduleEntry & {
  /** Shifts of the calendar's copy, in the order of `calendarShifts`; the last one that covers a moment counts. */
  readonly calendarShifts?: readonly Shift[];
  /** Shifts that people took in Slack; the last one that covers a moment replaces everything else. */
  readonly shifts?: readonly Shift[];
};

/** Times in milliseconds since the Unix epoch. */
export interface Shift {
  readonly user: string;
  readonly from: number;
  readonly until: number;
}

/** One of `url` and `file`; an address with a token in it is a secret. `every`: milliseconds between two reads. */
export type CalendarSettings = NonNullable<ScheduleEntry['calendar']>;

/** `turns`: number of consecutive days or weeks per person. Past midnight if `until` is not later than `from`. */
export type Rotation = ScheduleEntry['rotations'][number];

/** `unanswered` and other times are in milliseconds. */
export type PagerPolicy = EscalationFile['policies'][number];

export type AlertSettings = NonNullable<EscalationFile['alerts']>;
export type CorrelationSettings = NonNullable<EscalationFile['correlation']>;
/** Times of day `HH:MM` in the zone. */
export type HandoverSettings = NonNullable<EscalationFile['handover']>;

/** `remind` and `acknowledgedFor`: milliseconds. */
export type EscalationSettings = Omit<
  EscalationFile,
  'routes' | 'order' | 'schedules' | 'grouping' | 'maintenance'
> & {
  readonly maintenance?: readonly MaintenanceWindow[];
  readonly routes: readonly RouteSettings[];
  /** Names of the routes that a person's page uses, in order. */
  readonly order: readonly string[];
  readonly schedules: ReadonlyMap<string, Schedule>;
  /** Milliseconds within which a page joins an open one with the same cause, customer and site; absent: never. */
  readonly grouping?: number;
};
