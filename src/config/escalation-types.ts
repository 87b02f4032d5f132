import type { SecretRef } from './secret-ref.ts';

export type PagingSeverity = 'critical' | 'high' | 'medium' | 'low';

/** Who is called at one step of a ladder. */
export type EscalationLevel =
  | { readonly user: string }
  | { readonly userGroup: string }
  /** Whoever is on call by this schedule when the step is reached. */
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
  readonly ladder: readonly EscalationLevel[];
  /** Milliseconds that each step has to acknowledge. */
  readonly every: number;
}

/** Local times are `YYYY-MM-DDTHH:MM` in the schedule's zone. */
export interface Schedule {
  readonly timeZone: string;
  /** The first that covers a moment says who is on call. */
  readonly rotations: readonly Rotation[];
  /** The last that covers a moment wins over all others. */
  readonly overrides: readonly { readonly user: string; readonly from: string; readonly until: string }[];
}

export interface Rotation {
  readonly people: readonly string[];
  /** When the first person takes over for the first time; the time of day is that of every change. */
  readonly starts: string;
  readonly turn: 'day' | 'week';
  /** How many days or weeks in a row each person has. */
  readonly turns: number;
  /** Times of day `HH:MM`; past midnight where `until` is not later than `from`. Absent: round the clock. */
  readonly hours?: { readonly from: string; readonly until: string };
}

export interface PagingPolicy {
  readonly name: string;
  /** Groups, aliases or `*`. */
  readonly devices: readonly string[];
  readonly severity: PagingSeverity;
  readonly affectedUsers: number;
  /** Milliseconds without a reaction; absent: at once. */
  readonly unanswered?: number;
  readonly routes: readonly string[];
}

export interface AlertSettings {
  readonly channels: readonly { readonly devices: readonly string[]; readonly channel: string }[];
  readonly alertmanager?: { readonly token: SecretRef };
  readonly pagerduty?: {
    readonly secret: SecretRef;
    readonly api?: { readonly token: SecretRef; readonly from: string; readonly url: string };
  };
  readonly generic?: { readonly secret: SecretRef; readonly notes?: string };
}

export interface CorrelationSettings {
  readonly devices: number;
  /** Milliseconds. */
  readonly within: number;
  readonly channel: string;
}

export interface HandoverSettings {
  /** Times of day `HH:MM` in the zone. */
  readonly times: readonly string[];
  readonly timeZone: string;
  readonly channel: string;
}

export interface EscalationSettings {
  readonly routes: readonly RouteSettings[];
  /** Names of the routes a person pages by, in order. */
  readonly order: readonly string[];
  readonly policies: readonly PagingPolicy[];
  readonly schedules: ReadonlyMap<string, Schedule>;
  readonly alerts?: AlertSettings;
  readonly radar?: CorrelationSettings;
  readonly handover?: HandoverSettings;
}

/** Whether a list of groups, aliases and `*` names this device. */
export function listsDevice(
  list: readonly string[],
  device: { readonly alias: string; readonly groups: readonly string[] },
): boolean {
  return list.some((name) => name === '*' || name === device.alias || device.groups.includes(name));
}
