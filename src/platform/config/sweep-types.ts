import type { Settings } from './schema-parts.ts';
import type { sweepSchema } from './sweep-schema.ts';

/** Least severity of a finding with which checks of alerts and sweeps send a page. */
export type PageThreshold = Sweep['pages'];

/** Local times of day `HH:MM`, past midnight if `until` is not later than `from`; `days` on which it begins. */
export type DailyWindow = Sweep['quietHours'][number];
/** `devices` as in `listsDevice`; local times, those of a dated one `YYYY-MM-DDTHH:MM`. */
export type MaintenanceWindow = Sweep['maintenance'][number];

export type DatedWindow = Pick<Extract<MaintenanceWindow, { readonly start: string }>, 'start' | 'end'>;

export type Sweep = Settings<typeof sweepSchema>;
