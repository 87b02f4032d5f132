import { CronExpressionParser } from 'cron-parser';
import { z } from 'zod';
import { isKnownRelease } from '../../engine/fortios/version.ts';
import type { Settings } from './schema-parts.ts';
import {
  channelId,
  DAYS,
  localDateTime,
  pages,
  scheduleName,
  teamId,
  timeOfDay,
  timeZone,
} from './schema-parts.ts';

const days = z.array(z.enum(DAYS)).min(1).optional().describe('days on which it begins; default: every day');
export const daily = { from: timeOfDay, until: timeOfDay, days };

export const listedDevices = z.array(z.string()).min(1, 'name groups or devices, or "*"').default(['*']);
const devicesAndZone = {
  devices: listedDevices,
  timeZone: timeZone.optional().describe('default: that of the sweep, else UTC'),
};

export const maintenanceWindow = z.union(
  [
    z.strictObject({ ...devicesAndZone, ...daily }),
    z.strictObject({ ...devicesAndZone, start: localDateTime, end: localDateTime }),
  ],
  '{ devices, timeZone, from, until, days } or { devices, timeZone, start, end }',
);

export const sweepSchema = z.strictObject({
  name: scheduleName,
  group: z
    .string()
    .default('*')
    .describe('a group, `customer:NAME`, `site:NAME` or a device; default: all devices'),
  cron: z
    .string()
    .refine(isCron, 'a cron expression with five fields such as "0 3 * * *"')
    .describe('minute, hour, day of the month, month, day of the week'),
  timeZone: timeZone.default('UTC'),
  channel: channelId,
  team: teamId,
  quietHours: z
    .array(z.strictObject(daily))
    .default([])
    .describe('hours in which nothing is posted: the result waits for their end'),
  maintenance: z.array(maintenanceWindow).default([]).describe('times in which devices are not read'),
  upgradeTo: z
    .string()
    .refine(isKnownRelease, 'a FortiOS release whose changes are known, such as "7.4.9"')
    .optional()
    .describe('asks another question: which logins an upgrade to this FortiOS release stops'),
  pages: pages.describe(
    'least severity of a new finding with which a device pages somebody; the first sweep pages nobody',
  ),
});

/** The first run after `at`; both in milliseconds since the Unix epoch. */
export function nextSweepAt(
  { cron, timeZone }: { readonly cron: string; readonly timeZone: string },
  at: number,
): number {
  return CronExpressionParser.parse(cron, { currentDate: new Date(at), tz: timeZone })
    .next()
    .getTime();
}

function isCron(text: string): boolean {
  if (text.trim().split(/\s+/).length !== 5) return false;
  try {
    CronExpressionParser.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Least severity of a finding with which checks of alerts and sweeps send a page. */
export type PageThreshold = Sweep['pages'];

/** Local times of day `HH:MM`, past midnight if `until` is not later than `from`; `days` on which it begins. */
export type DailyWindow = Sweep['quietHours'][number];
/** `devices` as in `listsDevice`; local times, those of a dated one `YYYY-MM-DDTHH:MM`. */
export type MaintenanceWindow = Sweep['maintenance'][number];

export type DatedWindow = Pick<Extract<MaintenanceWindow, { readonly start: string }>, 'start' | 'end'>;

export type Sweep = Settings<typeof sweepSchema>;
