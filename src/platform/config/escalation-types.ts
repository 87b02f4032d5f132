import type { SecretRef } from './secret-ref.ts';
import type { Day, MaintenanceWindow, PageThreshold } from './sweep-types.ts';

export type PagerSeverity = 'critical' | 'high' | 'medium' | 'low';

/** The person called at one level of an escalation policy. */
export type EscalationLevel =
  | { readonly user: string }
  | { readonly userGroup: string }
  /** The person on call by this schedule when the level is reached. */
  | { readonly schedule: string };

export type RouteSettings = { readonly name: string } & (
  | { readonly kind: 'pagerduty'; readonly routingKey: SecretRef; readonly url: string }
  | {
      readonly kind: 'alertmanager';
      readonly url: string;
      readonly token?: SecretRef;
      readonly labels: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'jsm'; readonly apiKey: SecretRef; readonly url: string }
  | { readonly kind: 'webhook'; readonly url: string; readonly secret: SecretRef }
  | SlackEscalationPolicy
);

export interface SlackEscalationPolicy {
  readonly kind: 'slack';
  readonly levels: readonly EscalationLevel[];
  /** Milliseconds that each level has to acknowledge. */
  readonly every: number;
}

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

export interface UserGroupRef {
  readonly id: string;
  /** Workspace of the group, if several can install the app. */
  readonly team?: string | undefined;
}

export interface Rotation {
  readonly people: readonly string[];
  /** Start of the first person's first turn; its time of day is the time of every change. */
  readonly starts: string;
  readonly turn: 'day' | 'week';
  /** Number of consecutive days or weeks per person. */
  readonly turns: number;
  /** Days on which a duty begins; absent: every day. */
  readonly days?: readonly Day[] | undefined;
  /** Times of day `HH:MM`; past midnight if `until` is not later than `from`. Absent: the whole day. */
  readonly hours?: { readonly from: string; readonly until: string };
}

export interface PagerPolicy {
  readonly name: string;
  /** As in `listsDevice`. */
  readonly devices: readonly string[];
  readonly severity: PagerSeverity;
  readonly affectedUsers: number;
  /** Milliseconds without a reaction; absent: at once. */
  readonly unanswered?: number;
  readonly routes: readonly string[];
}

export interface AlertSettings {
  /** Labels of Alertmanager that say which device an alert is about; they decide alone. */
  readonly labels?: readonly string[];
  /** Aliases by the name that alerts give a device. */
  readonly names?: ReadonlyMap<string, string>;
  readonly channels: readonly {
    readonly devices: readonly string[];
    readonly channel: string;
    /** Workspace of the channel, if several can install the app. */
    readonly team?: string | undefined;
  }[];
  readonly alertmanager?: {
    readonly token: SecretRef;
    readonly pages?: PageThreshold;
    readonly api?: { readonly url: string; readonly token?: SecretRef | undefined };
  };
  readonly pagerduty?: {
    readonly secret: SecretRef;
    readonly pages?: PageThreshold;
    readonly api?: { readonly token: SecretRef; readonly from: string; readonly url: string };
  };
  readonly generic?: { readonly secret: SecretRef; readonly pages?: PageThreshold; readonly notes?: string };
}

export interface CorrelationSettings {
  readonly devices: number;
  /** Milliseconds. */
  readonly within: number;
  readonly channel: string;
  readonly team?: string | undefined;
}

export interface HandoverSettings {
  /** Times of day `HH:MM` in the zone. */
  readonly times: readonly string[];
  readonly timeZone: string;
  readonly channel: string;
  readonly team?: string | undefined;
}

export type PagerMaintenance = MaintenanceWindow & { readonly timeZone: string };

export interface EscalationSettings {
  /** Windows in which policies, alerts and sweeps page nobody about these devices. */
  readonly maintenance?: readonly PagerMaintenance[];
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
