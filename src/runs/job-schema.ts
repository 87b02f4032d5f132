import { z } from 'zod';
import { FtmError } from '../ftm-error.ts';
import type { RunJob } from './run.ts';

const MAX_TIME = 8.64e15;

const id = z.string().max(200);
const name = z.string().max(1000);

const item = z.looseObject({
  name,
  text: z.string(),
  command: name.optional(),
  vdom: name.optional(),
  failure: z.looseObject({ kind: name, reason: z.string() }).optional(),
});

const check = z.looseObject({
  kind: z.literal('check'),
  /** Empty for what is known of a run by its id alone. */
  alias: z.string().max(200),
  user: name.optional(),
  vdom: name.optional(),
  live: z.int().min(1).max(86_400).optional(),
});

const analyze = z.looseObject({
  kind: z.literal('analyze'),
  evidence: z.looseObject({
    items: z.array(item),
    receipt: z.looseObject({ total: z.int().min(0), byKind: z.record(z.string(), z.int().min(0)) }),
  }),
});

/** Unknown fields stay: a job of a newer version is worked on by an older one during an update. */
const jobSchema = z.looseObject({
  runId: id,
  asker: z.looseObject({ id, name: name.optional(), home: id.optional() }),
  replyTo: z.looseObject({ team: id.optional(), channel: id, thread: id.optional() }),
  acceptedAt: z.int().min(0).max(MAX_TIME),
  request: z.discriminatedUnion('kind', [check, analyze]),
  trace: z.record(z.string(), name).optional(),
  comparesTo: id.optional(),
  replaces: z.array(id).optional(),
  errand: z.enum(['late', 'withdrawn', 'self-check', 'close-debug']).optional(),
} satisfies Record<keyof RunJob, z.ZodType>);

/**
 * A job as it comes out of the queue, where somebody else may have written it. Throws `ftm_job_invalid` before anything
 * was done for it; the message names the field and never its value.
 */
export function checkedJob(data: unknown): RunJob {
  const read = jobSchema.safeParse(data);
  if (read.success) return data as RunJob;
  const field = read.error.issues[0]?.path.join('.') || 'the job';
  throw new FtmError('ftm_job_invalid', `A job of the queue is not valid: ${field}.`, {
    advice:
      'ftm-check did not write it like this. Look who else can write to the Redis, and change its password.',
  });
}
