import { z } from 'zod';
import { DATA_KINDS } from '../../platform/runs/data-kinds.ts';

export const EXPORT_SCHEMA_ID = 'ftm-check/export@1';

/** Everything that is stored about a device or a person. */
export const exportSchema = z
  .object({
    schema: z.literal(EXPORT_SCHEMA_ID),
    about: z.string().describe('the name that was asked for'),
    at: z.iso.datetime().describe('when it was read'),
    records: z
      .array(
        z.object({
          kind: z.enum(DATA_KINDS),
          key: z.string().describe('in Redis, without the prefix of the bot'),
          value: z
            .unknown()
            .describe('a hash as an object, a set as a list; what is packed, or JSON, as what it stands for'),
        }),
      )
      .describe('sorted by key'),
  })
  .meta({ id: EXPORT_SCHEMA_ID, title: 'ftm-check export' });
