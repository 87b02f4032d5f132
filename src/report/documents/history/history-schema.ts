import { z } from 'zod';
import { type DeviceChecks, pastCheckSchema } from '../../../platform/runs/past-check.ts';

export const HISTORY_SCHEMA_ID = 'ftm-check/history@1';

/** Of `history --json`. */
export const historySchema = z
  .object({
    schema: z.literal(HISTORY_SCHEMA_ID),
    devices: z.array(
      z.object({
        alias: z.string(),
        customer: z.string().optional().describe('whose device it is, by the inventory'),
        site: z.string().optional().describe('where it stands'),
        checks: z.array(pastCheckSchema).describe('oldest first, of the days that were asked for'),
      } satisfies Record<keyof DeviceChecks, z.ZodType>),
    ),
  })
  .meta({ id: HISTORY_SCHEMA_ID, title: 'ftm-check history' });
