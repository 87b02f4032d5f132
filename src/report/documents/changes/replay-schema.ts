import { z } from 'zod';

export const REPLAY_SCHEMA_ID = 'ftm-check/replay@1';

const verdict = z.enum(['broken', 'healthy', 'inconclusive']);
const rule = z.string().regex(/^[a-z0-9-]+$/);
const findings = z.array(z.object({ rule, title: z.string() }));

/** The diagnosis that was given for a run, and the one that its evidence gives now. */
export const replaySchema = z
  .object({
    schema: z.literal(REPLAY_SCHEMA_ID),
    run: z.string(),
    same: z.boolean().describe('whether both diagnoses are the same, byte for byte'),
    versions: z.object({ given: z.string(), now: z.string() }).describe('of ftm-check'),
    verdict: z.object({ given: verdict, now: verdict }),
    difference: z
      .object({
        added: findings.describe('only in the new diagnosis'),
        removed: findings.describe('only in the one that was given'),
        changed: z
          .array(z.object({ rule, parts: z.array(z.string()).describe('fields of the finding that differ') }))
          .describe('findings of both'),
        verdicts: z
          .array(z.object({ rule, given: z.string(), now: z.string() }))
          .describe('of rules without a finding; `no such rule` where a version has none of this name'),
        parts: z.array(z.string()).describe('other fields of the diagnosis that differ'),
      })
      .optional()
      .describe('absent where both are the same'),
  })
  .meta({ id: REPLAY_SCHEMA_ID, title: 'ftm-check replay' });
