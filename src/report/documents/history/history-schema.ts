import { z } from 'zod';
import { type DeviceChecks, PAST_VERDICTS, type PastCheck } from '../../../platform/runs/past-check.ts';

export const HISTORY_SCHEMA_ID = 'ftm-check/history@1';

const check = z.object({
  run: z.string().describe('its id, for `replay`'),
  at: z.number().describe('when it was asked for, in milliseconds since the Unix epoch'),
  verdict: z.enum(PAST_VERDICTS).describe('`failed`: there was no diagnosis'),
  proof: z
    .enum(['login', 'configuration'])
    .optional()
    .describe('when healthy: a login was seen to succeed, or the configuration is in order'),
  rules: z.array(z.string()).describe('broken ones, most decisive first, at most 5'),
  repaired: z.array(z.string()).optional().describe('broken ones of earlier checks that this one excludes'),
  asker: z.object({
    id: z.string().describe('of the Slack user; `ftm-check` for a sweep'),
    name: z.string().optional(),
  }),
} satisfies Record<keyof PastCheck, z.ZodType>);

/** Of `history --json`. */
export const historySchema = z
  .object({
    schema: z.literal(HISTORY_SCHEMA_ID),
    devices: z.array(
      z.object({
        alias: z.string(),
        customer: z.string().optional().describe('whose device it is, by the inventory'),
        site: z.string().optional().describe('where it stands'),
        checks: z.array(check).describe('oldest first, of the days that were asked for'),
      } satisfies Record<keyof DeviceChecks, z.ZodType>),
    ),
  })
  .meta({ id: HISTORY_SCHEMA_ID, title: 'ftm-check history' });
