import { z } from 'zod';
import { diagnosisSchema } from '../../engine/diagnosis/diagnosis.ts';
import type { CommandFailure } from '../../engine/evidence/types.ts';

const FAILURES = [
  'unknown-command',
  'parse-error',
  'incomplete',
  'not-permitted',
  'failed',
  'timeout',
  'not-run',
] as const satisfies readonly CommandFailure['kind'][];

/** The data and the question of one answer: enough to repeat its diagnosis. */
export const keptCaseSchema = z.object({
  focus: z.object({
    alias: z.string().exactOptional(),
    user: z.string().exactOptional(),
    vdom: z.string().exactOptional(),
    readAt: z.number(),
    algorithms: z.literal('legacy').exactOptional(),
    live: diagnosisSchema.shape.live.unwrap().exactOptional(),
  }),
  redactions: diagnosisSchema.shape.redactions,
  items: z.array(
    z.object({
      name: z.string(),
      text: z.string(),
      command: z.string().exactOptional(),
      vdom: z.string().exactOptional(),
      failure: z.object({ kind: z.enum(FAILURES), reason: z.string() }).exactOptional(),
    }),
  ),
});
