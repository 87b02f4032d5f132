import { z } from 'zod';
import { FtmError } from '../../ftm-error.ts';
import type { QueueJob } from './queue-job.ts';

const MAX_TIME = 8.64e15;

const id = z.string().max(200);
const name = z.string().max(1000);

const job = {
  runId: id,
  acceptedAt: z.int().min(0).max(MAX_TIME),
  trace: z.record(z.string(), name).optional(),
};
const asked = {
  ...job,
  asker: z.object({ id, name: name.optional(), home: id.optional() }),
  replyTo: z.object({ team: id.optional(), channel: id, thread: id.optional() }),
};
const request = { ...asked, comparesTo: id.optional(), replaces: z.array(id).optional() };
const user = name.optional();
const vdom = name.optional();
const sweep = id.optional();
export const details = z.object({
  symptom: name.optional(),
  sinceHours: z.int().min(1).max(8_760).optional(),
  client: id.optional(),
});

const item = z.object({
  name,
  text: z.string(),
  command: name.optional(),
  vdom,
  failure: z.object({ kind: name, reason: z.string() }).optional(),
});

const jobSchema = z.discriminatedUnion('kind', [
  z.object({
    ...request,
    kind: z.literal('check'),
    alias: id,
    user,
    vdom,
    live: z.int().min(1).max(86_400).optional(),
    details: details.optional(),
    afterFix: z.literal(true).optional(),
  }),
  z.object({
    ...request,
    kind: z.literal('analyze'),
    evidence: z
      .object({
        items: z.array(item),
        receipt: z.object({ total: z.int().min(0), byKind: z.record(z.string(), z.int().min(0)) }),
      })
      .optional(),
  }),
  z.object({ ...request, kind: z.literal('group'), group: id, aliases: z.array(id), user, vdom, sweep }),
  z.object({
    ...asked,
    kind: z.literal('group-member'),
    alias: id,
    user,
    vdom,
    member: z.object({ of: id, number: z.int().min(0), size: z.int().min(1), sweep }),
  }),
  z.object({ ...job, kind: z.literal('group-answer') }),
  z.object({ ...job, kind: z.literal('sweep'), sweep: id }),
  z.object({ ...asked, kind: z.literal('late'), alias: id.optional(), isRestored: z.boolean().optional() }),
  z.object({ ...job, kind: z.literal('withdraw') }),
  z.object({ ...job, kind: z.literal('close-debug'), alias: id }),
  z.object({ ...job, kind: z.literal('self-check') }),
]);

/**
 * Validates a job from the queue, where another program may have written it. Unknown fields are dropped. Throws
 * `ftm_job_invalid` before any processing; the message names the field, never its value.
 */
export function readStoredJob(data: unknown): QueueJob {
  const read = jobSchema.safeParse(data);
  if (read.success) return read.data as QueueJob;
  const field = read.error.issues[0]?.path.join('.') || 'the job';
  throw new FtmError('ftm_job_invalid', `Invalid job in the queue: ${field}.`, {
    advice: 'ftm-check did not write this job. Check who else can write to Redis, and change its password.',
  });
}
