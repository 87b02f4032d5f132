import type { EscalationFile, RouteEntry, ScheduleEntry } from './escalation-schema.ts';
import type { SecretRef } from './secret-ref.ts';
import type { MaintenanceWindow } from './sweep-types.ts';

export type PagerSeverity = PagerPolicy['severity'];
export type RouteSettings = { readonly name: string } & RouteEntry;
/** `every`: milliseconds that each level has to acknowledge. */
export type SlackEscalationPolicy = Extract<RouteEntry, { readonly kind: 'slack' }>;
/** The person called at one level of an escalation policy, or who is on call by a schedule when the level is reached. */
export type EscalationLevel = SlackEscalationPolicy['levels'][number];

/** Local times are `YYYY-MM-DDTHH:MM` in the schedule's zone. */
export interface Schedule {
  readonly timeZone: string;
  /** The first rotation that covers a moment determines who is on call, if no event of the calendar does. */
  readonly rotations: readonly Rotation[];
  readonly calendar?: CalendarSettings;
  /** Shifts of the calendar's copy, in the order of `calendarShifts`; the last one that covers a moment counts. */
  readonly calendarShifts?: readonly Shift[];
  /** User group whose only member is the person on call. */
  readonly userGroup?: UserGroupRef;
  /** The last override that covers a moment replaces all others. */
  readonly overrides: readonly { readonly user: string; readonly from: string; readonly until: string }[];
  /** Shifts that people took in Slack; the last one that covers a moment replaces everything else. */
  readonly shifts?: readonly Shift[];
}

/** Times in milliseconds since the Unix epoch. */
export interface Shift {
  readonly user: string;
  readonly from: number;
  readonly until: number;
}

/** An iCalendar file or address (RFC 5545) whose events are the shifts. */
export interface CalendarSettings {
  /** `url`: https. An address with a token in it is a secret. */
  readonly source: { readonly url: string | SecretRef } | { readonly file: string };
  /** Slack user ids by the name or mail address that the events have. */
  readonly people: ReadonlyMap<string, string>;
  /** Milliseconds between two reads. */
  readonly every: number;
}

export type UserGroupRef = NonNullable<ScheduleEntry['userGroup']>;

/** `turns`: number of consecutive days or weeks per person. */
export type Rotation = Omit<ScheduleEntry['rotations'][number], 'from' | 'until'> & {
  /** Times of day `HH:MM`; past midnight if `until` is not later than `from`. Absent: the whole day. */
  readonly hours?: { readonly from: string; readonly until: string };
};

/** `unanswered` and other times are in milliseconds. */
export type PagerPolicy = EscalationFile['policies'][number];

export type AlertSettings = Omit<NonNullable<EscalationFile['alerts']>, 'names'> & {
  /** Aliases by the name that alerts give a device. */
  readonly names?: ReadonlyMap<string, string>;
};

export type CorrelationSettings = NonNullable<EscalationFile['correlation']>;
/** Times of day `HH:MM` in the zone. */
export type HandoverSettings = NonNullable<EscalationFile['handover']>;

export interface EscalationSettings {
  /** Windows in which policies, alerts and sweeps send no page about these devices. */
  readonly maintenance?: readonly MaintenanceWindow[];
  readonly routes: readonly RouteSettings[];
  /** Names of the routes that a person's page uses, in order. */
  readonly order: readonly string[];
  readonly policies: readonly PagerPolicy[];
  readonly schedules: ReadonlyMap<string, Schedule>;
  /** Milliseconds from an acknowledgement to the reminder, and between reminders. */
  readonly remind?: number;
  /** Milliseconds from an acknowledgement to the next page, if the page is not resolved; absent: never. */
  readonly acknowledgedFor?: number;
  /** Milliseconds within which a page joins an open one with the same cause, customer and site; absent: never. */
  readonly grouping?: number;
  readonly alerts?: AlertSettings;
  readonly correlation?: CorrelationSettings;
  readonly handover?: HandoverSettings;
}
