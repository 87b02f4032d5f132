import { z } from 'zod';
import { findingSchema } from '../../../engine/diagnosis/diagnosis.ts';
import { memberRowSchema } from '../../../platform/runs/group.ts';

export const CASES_SCHEMA_ID = 'ftm-check/cases@1';

const finding = findingSchema.pick({ rule: true, severity: true, confidence: true, title: true }).extend({
  device: z.string().optional().describe('its name, where one case is about several'),
  isNew: z.boolean().optional().describe('not in the baseline; absent without one'),
});

/** Many cases, one summary each. The whole diagnosis of one: `ftm-check analyze FILE --format json`. */
export const casesSchema = z
  .object({
    schema: z.literal(CASES_SCHEMA_ID),
    interrupted: z.literal(true).optional().describe('the program was stopped: some cases are missing'),
    cases: z
      .array(
        memberRowSchema
          .omit({ number: true, upgradeTo: true })
          .extend({ findings: z.array(finding).describe('most decisive first') }),
      )
      .describe('the worst first'),
    since: z
      .array(
        z.object({
          name: z.string(),
          customer: z.string().optional().describe('whose device it was, by the baseline'),
          site: z.string().optional().describe('where it stood, by the baseline'),
          what: z
            .enum(['gone', 'renamed', 'unread', 'repaired', 'unseen'])
            .describe(
              'gone: no such case; renamed: it is `to`; unread: it could not be read, or holds nothing of a FortiGate; repaired: it excludes the causes; unseen: nothing excludes them',
            ),
          to: z.string().optional(),
          rules: z.array(z.string()).optional().describe('of the findings that are not there'),
        }),
      )
      .optional()
      .describe('cases of the baseline that are not as they were; absent without one'),
  })
  .meta({ id: CASES_SCHEMA_ID, title: 'ftm-check cases' });

export type CasesFile = z.output<typeof casesSchema>;
