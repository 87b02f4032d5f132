import { z } from 'zod';

export const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

const NAME = /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/;
/** Of a route, a schedule or a sweep. */
export const scheduleName = z
  .string()
  .regex(NAME, 'a name of lower-case letters, digits and dashes, at most 40');

export const channelId = z.string().regex(/^[CG][A-Z0-9]{2,}$/, 'a Slack channel id such as C012AB3CD');
export const teamId = z
  .string()
  .regex(/^[TE][A-Z0-9]{2,}$/, 'a Slack workspace id such as T012AB3CD')
  .optional()
  .describe('workspace of it; needed if several workspaces can install the app');
export const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day such as 08:00');
export const localDateTime = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/, 'a local time such as 2026-11-30T08:00');

/** All times are local times in this zone, with daylight saving time. */
export const timeZone = z
  .string()
  .refine(isTimeZone, 'a time zone of the IANA database such as Europe/Madrid');

export const pages = z.enum(['critical', 'high', 'never']).default('never');

export function isTimeZone(text: string): boolean {
  try {
    return Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** What a schema reads, for readers only. */
export type Settings<Schema extends z.ZodType> = DeepReadonly<z.output<Schema>>;

type DeepReadonly<T> = T extends readonly (infer Item)[]
  ? readonly DeepReadonly<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> }
    : T;

/** A problem that the schema cannot detect: its place in the file and the reason. */
export interface BuildProblem {
  readonly path: readonly PropertyKey[];
  readonly reason: string;
}
