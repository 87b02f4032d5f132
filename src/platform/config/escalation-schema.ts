import { z } from 'zod';
import { duration, printableName, secretRef } from './inventory-parts.ts';
import {
  pages as anyPages,
  timeZone as anyTimeZone,
  channelId,
  localDateTime,
  scheduleName as name,
  type Settings,
  teamId,
  timeOfDay,
} from './schema-parts.ts';
import type { MaintenanceWindow } from './sweep-schema.ts';
import { daily, listedDevices as devices, maintenanceWindow } from './sweep-schema.ts';

const timeZone = anyTimeZone.describe(
  'all times of the schedule are local times in this zone, with daylight saving time',
);
const pages = anyPages.describe(
  'least severity with which a check that such an alert started pages somebody',
);

const userId = z.string().regex(/^[UW][A-Z0-9]{2,}$/, 'a Slack user id such as U012AB3CD');
const userGroupId = z.string().regex(/^S[A-Z0-9]{2,}$/, 'a Slack user group id such as S012AB3CD');
const url = z.url({ protocol: /^https?$/, error: 'an http(s) address' });

const level = z.union(
  [
    z.strictObject({ user: userId }),
    z.strictObject({ userGroup: userGroupId }),
    z.strictObject({
      schedule: name,
      layers: z
        .literal('all')
        .optional()
        .describe(
          'calls the person on duty of every rotation, and not only of the first that covers the time',
        ),
    }),
  ],
  'one of { user }, { userGroup } or { schedule, layers }',
);

const slackRoute = z.strictObject({
  kind: z.literal('slack'),
  levels: z.array(level).min(1, 'name at least one person, group or schedule').max(20),
  every: duration.prefault('10m').describe('time that each level has to acknowledge'),
});

const route = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('pagerduty'),
    routingKey: secretRef,
    url: url.default('https://events.pagerduty.com'),
  }),
  z.strictObject({
    kind: z.literal('alertmanager'),
    url,
    token: secretRef.optional(),
    labels: z.record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/), z.string()).default({}),
  }),
  z.strictObject({
    kind: z.literal('jsm'),
    apiKey: secretRef,
    url: url.default('https://api.atlassian.com/jsm/ops/integration'),
  }),
  z.strictObject({ kind: z.literal('webhook'), url, secret: secretRef }),
  slackRoute,
]);

const rotation = z.strictObject({
  people: z.array(userId).min(1),
  starts: localDateTime.describe('start of the first shift of the first person'),
  turn: z.enum(['day', 'week']).default('week').describe('length of a shift'),
  turns: z.int().min(1).max(52).default(1).describe('number of consecutive shifts per person'),
  from: timeOfDay.optional(),
  until: timeOfDay.optional(),
  days: daily.days,
});

const calendarUrl = z.url({ protocol: /^(?:https|webcal)$/, error: 'an https or webcal address' });

const calendar = z
  .strictObject({
    url: z
      .union(
        [calendarUrl, secretRef],
        'an https or webcal address, or { env } or { file } if it has a token in it',
      )
      .optional()
      .describe('address of the calendar; with a token in it, a reference to where the address is kept'),
    file: printableName.optional().describe('path of the calendar, instead of `url`'),
    people: z
      .record(z.string().trim().min(1).max(200), userId)
      .describe(
        'Slack user ids by the name or mail address in the title or among the attendees of the events',
      ),
    every: duration.prefault('15m').describe('time between two reads; at least 1m'),
  })
  .describe(
    'events of an iCalendar file or address (RFC 5545) are the shifts; rotations apply where it has none',
  );

const schedule = z.strictObject({
  timeZone,
  rotations: z
    .array(rotation)
    .default([])
    .describe('the first rotation that covers a time decides who is on call; needed without a calendar'),
  calendar: calendar.optional(),
  userGroup: z
    .strictObject({ id: userGroupId, team: teamId })
    .optional()
    .describe('user group in which the person on call is the only member; needs the scope usergroups:write'),
  overrides: z
    .array(z.strictObject({ user: userId, from: localDateTime, until: localDateTime }))
    .default([])
    .describe('later overrides replace earlier ones, and overrides replace the calendar and rotations'),
});

const policy = z.strictObject({
  name,
  devices,
  severity: z.enum(['critical', 'high', 'medium', 'low']).default('high').describe('at least'),
  affectedUsers: z.int().min(0).default(0).describe('minimum number of users who did not get in'),
  unanswered: duration
    .optional()
    .describe('page only after this time without a reaction in the thread; default: at once'),
  routes: z.array(name).min(1),
});

const alerts = z.strictObject({
  channels: z
    .array(z.strictObject({ devices, channel: channelId, team: teamId }))
    .min(1)
    .describe('channels for checks started by alerts: the first entry that names the device'),
  labels: z
    .array(z.string().min(1).max(100))
    .min(1)
    .optional()
    .describe(
      'labels of Alertmanager that say which device an alert is about, such as nodename; they decide alone',
    ),
  names: z
    .record(z.string().trim().min(1).max(200), z.string())
    .default({})
    .describe('aliases by the name that alerts give a device, such as its full domain name'),
  alertmanager: z
    .strictObject({
      token: secretRef.describe('bearer token of Alertmanager (http_config.authorization)'),
      pages,
      api: z
        .strictObject({ url, token: secretRef.optional() })
        .optional()
        .describe('API of Alertmanager: what is silenced there pages nobody'),
    })
    .optional(),
  pagerduty: z
    .strictObject({
      secret: secretRef.describe('secret of the v3 webhook subscription'),
      pages,
      api: z
        .strictObject({ token: secretRef, from: z.email(), url: url.default('https://api.pagerduty.com') })
        .optional()
        .describe('API access to add the findings to the incident as a note'),
    })
    .optional(),
  generic: z.strictObject({ secret: secretRef, pages, notes: url.optional() }).optional(),
});

export const escalationSchema = z
  .strictObject({
    routes: z.record(name, route).describe('routes for pages, by name'),
    order: z
      .array(name)
      .min(1)
      .optional()
      .describe('routes for pages by people, in order; default: all routes in the order of the file'),
    policies: z
      .array(policy)
      .prefault([])
      .describe('policies for automatic pages: the first match pages without a form'),
    schedules: z.record(name, schedule).prefault({}),
    remind: duration
      .optional()
      .describe('time after which an acknowledged page that is still open is reminded of; default: never'),
    acknowledgedFor: duration
      .optional()
      .describe('time after which an acknowledged page that is still open pages again; default: never'),
    maintenance: z
      .array(maintenanceWindow)
      .default([])
      .describe('times in which policies, alerts and sweeps page nobody about these devices'),
    grouping: z
      .union([z.literal(false), z.strictObject({ within: duration })], 'false, or { within: DURATION }')
      .prefault({ within: '30m' })
      .describe(
        'a page of a policy joins the open one with the same cause, customer and site if the last device of that joined within this time',
      ),
    alerts: alerts.optional().describe('alerts that start a check'),
    handover: z
      .strictObject({ times: z.array(timeOfDay).min(1).max(24), timeZone, channel: channelId, team: teamId })
      .optional()
      .describe('a summary of open pages at the end of each shift'),
    correlation: z
      .strictObject({
        devices: z.int().min(2).default(3),
        within: duration.prefault('60m'),
        channel: channelId,
        team: teamId,
      })
      .optional()
      .describe('one notice when this many devices fail at the same step within this time'),
  })
  .describe('who is paged when push is broken, and by which route');

export type EscalationFile = Settings<typeof escalationSchema>;
export type RouteEntry = Settings<typeof route>;
export type ScheduleEntry = Settings<typeof schedule>;

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
