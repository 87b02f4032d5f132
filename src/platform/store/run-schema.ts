import { z } from 'zod';
import { diagnosisSchema } from '../../engine/diagnosis/diagnosis.ts';
import { CHANGE_AREAS } from '../../engine/facts/comparison/settings.ts';
import type { FtmErrorCode } from '../../ftm-error.ts';
import { FEEDBACK_REASONS, type Run, type RunOutcome } from '../runs/run.ts';
import { details } from '../runs/stored-job.ts';
import type { RunPatch } from './run-store.ts';

/** What `create` writes once. Unknown fields are dropped, so that an older version reads what a newer one wrote. */
const baseSchema = z.object({
  id: z.string(),
  asker: z.object({ id: z.string(), name: z.string().optional(), home: z.string().optional() }),
  replyTo: z.object({ team: z.string().optional(), channel: z.string(), thread: z.string().optional() }),
  acceptedAt: z.number(),
  alias: z.string().optional(),
  user: z.string().optional(),
  vdom: z.string().optional(),
  live: z.number().optional(),
  details: details.optional(),
  kind: z.enum(['check', 'analyze', 'group']),
  group: z.object({ name: z.string(), size: z.number(), sweep: z.string().optional() }).optional(),
  partOf: z.object({ run: z.string(), pages: z.boolean() }).optional(),
  comparesTo: z.string().optional(),
  afterFix: z.literal(true).optional(),
  replaces: z.array(z.string()).optional(),
} satisfies Record<Exclude<keyof Run, PatchField>, z.ZodType>);

const feedbackSchema = z.object({
  reason: z.enum(FEEDBACK_REASONS),
  comment: z.string().optional(),
  at: z.number(),
});

const sinceHealthySchema = z.object({
  healthyAt: z.number(),
  changes: z.array(
    z.object({
      area: z.enum(CHANGE_AREAS),
      kind: z.enum(['changed', 'added', 'removed']),
      place: z.string(),
      vdom: z.string().optional(),
      setting: z.object({ name: z.string(), before: z.string(), after: z.string() }).optional(),
      rules: z.array(z.string()),
      before: z.number(),
    }),
  ),
  more: z.number(),
});

export const outcomeSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('diagnosed'),
    diagnosis: diagnosisSchema,
    tookMs: z.number(),
    sinceHealthy: sinceHealthySchema.optional(),
  }),
  z.object({
    kind: z.literal('failed'),
    code: z.string().transform((code) => code as FtmErrorCode),
    message: z.string(),
    advice: z.string().optional(),
  }),
  z.object({ kind: z.literal('group'), headline: z.string() }),
]);

const pictureSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('attached'), file: z.string() }),
  z.object({ kind: z.literal('refused'), error: z.string() }),
  z.object({ kind: z.literal('removed') }),
]);

/** A separate field for each, so that two processes can add to a run without overwriting each other. */
const patchSchemas = {
  rootTs: z.string(),
  answerTs: z.string(),
  reportFile: z.string(),
  picture: pictureSchema,
  outcome: outcomeSchema,
  answeredAt: z.number(),
  answerRefused: z.string(),
  joined: z.string(),
  feedback: z.record(z.string(), feedbackSchema),
} satisfies Record<keyof RunPatch, z.ZodType>;

export type PatchField = keyof RunPatch;
export const PATCH_FIELDS = Object.keys(patchSchemas) as readonly PatchField[];

/**
 * A run from its stored fields. A part that cannot be read counts as absent; without a readable base there is no run.
 */
export function runFromFields(fields: Readonly<Record<string, string>>): Run | undefined {
  const base = baseSchema.safeParse(parseJson(fields.base));
  if (!base.success) return undefined;
  const run: Record<string, unknown> = { ...base.data };
  for (const field of PATCH_FIELDS) {
    const value = patchSchemas[field].safeParse(parseJson(fields[field]));
    if (value.success) run[field] = value.data satisfies string | number | RunOutcome | object;
  }
  return run as unknown as Run;
}

function parseJson(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
