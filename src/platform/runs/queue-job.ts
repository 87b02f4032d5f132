import { z } from 'zod';
import type { RedactedCase } from '../../engine/evidence/redacted-case.ts';
import { FtmError } from '../../engine/ftm-error.ts';
import type { Run } from './run.ts';
import { asker, baseSchema, details, id, limits, name, replyTo } from './run-schema.ts';

const MAX_TIME = 8.64e15;

const base = {
  runId: id,
  /** Milliseconds since the Unix epoch. */
  acceptedAt: z.int().min(0).max(MAX_TIME),
  /** Continues the trace of the request in its worker (`src/platform/observe/tracing.ts`). */
  trace: z.record(z.string(), name).optional(),
};
const asked = { ...base, asker, replyTo };
const request = {
  ...asked,
  /** The run whose diagnosis this one is compared with (a re-check). */
  comparesTo: id.optional(),
  /** Runs that read a part of this run's text: their answers are collapsed once this one is posted. */
  replaces: z.array(id).readonly().optional(),
};
const { user, vdom, live } = limits;
/** Name of the sweep that made it. */
const sweep = id.optional();

const item = z.object({
  name,
  text: z.string(),
  command: name.optional(),
  vdom,
  failure: z.object({ kind: name, reason: z.string() }).optional(),
});

/** Only `redact` makes the branded type, and only redacted cases are written into a job. */
const evidence = z.object({
  items: z.array(item),
  receipt: z.object({ total: z.int().min(0), byKind: z.record(z.string(), z.int().min(0)) }),
}) as unknown as z.ZodType<RedactedCase>;

const check = z.object({
  ...request,
  kind: z.literal('check'),
  alias: id,
  user,
  vdom,
  live,
  details: details.optional(),
  /** A re-check by a person who has pasted the fix. */
  afterFix: z.literal(true).optional(),
});

/** `evidence` is absent if it is too long for a job: then it lies beside it (`putJobEvidence`). */
const analyze = z.object({ ...request, kind: z.literal('analyze'), evidence: evidence.optional() });

/**
 * Starts the check of many devices: one `MemberJob` for each. `group` is its name, or `ALL_DEVICES`. `aliases`: the
 * devices that the person may check; empty if the store has them already.
 */
const group = z.object({
  ...request,
  kind: z.literal('group'),
  group: id,
  aliases: z.array(id).readonly(),
  user,
  vdom,
  sweep,
});

/** One device of a group check. It posts nothing. `runId` is its own (`memberId`). */
const member = z.object({
  ...asked,
  kind: z.literal('group-member'),
  alias: id,
  user,
  vdom,
  member: z.object({
    /** Id of the group's run. */
    of: id,
    /** Place of the device in the roster, from 0. */
    number: z.int().min(0),
    size: z.int().min(1),
    sweep,
  }),
});

/** All devices of a group check have a result, or it was cancelled: posts the result. `runId` is that of the group. */
const groupAnswer = z.object({ ...base, kind: z.literal('group-answer') });

/** Made by a schedule. Starts a group check as the inventory describes it now. */
const sweepStart = z.object({ ...base, kind: z.literal('sweep'), sweep: id });

/**
 * The run's own job ended without an answer: the outcome, or the loss of the request, is reported. Nothing runs again.
 * `alias` is absent for a pasted text, and if only the run's id is known. `isRestored`: the store lost the run.
 */
const late = z.object({
  ...asked,
  kind: z.literal('late'),
  alias: id.optional(),
  isRestored: z.boolean().optional(),
});

/** The person was told that the request was not accepted: the job occupies the run's id, so that nothing runs for it. */
const withdraw = z.object({ ...base, kind: z.literal('withdraw') });

/** Closes a debug session that its process left open on the device. No person waits for it. */
const closeDebug = z.object({ ...base, kind: z.literal('close-debug'), alias: id });

/** Self-check of the simulated device (`src/bot/monitoring`). No person waits for it. */
const selfCheck = z.object({ ...base, kind: z.literal('self-check') });

const jobSchema = z.discriminatedUnion('kind', [
  check,
  analyze,
  group,
  member,
  groupAnswer,
  sweepStart,
  late,
  withdraw,
  closeDebug,
  selfCheck,
]);

/** A job of the queue: no credential, no raw evidence. */
export type QueueJob = Readonly<z.infer<typeof jobSchema>>;
export type CheckJob = Readonly<z.infer<typeof check>>;
export type AnalyzeJob = Readonly<z.infer<typeof analyze>>;
export type GroupJob = Readonly<z.infer<typeof group>>;
export type MemberJob = Readonly<z.infer<typeof member>>;
export type GroupAnswerJob = Readonly<z.infer<typeof groupAnswer>>;
export type SweepJob = Readonly<z.infer<typeof sweepStart>>;
export type LateJob = Readonly<z.infer<typeof late>>;
export type SelfCheckJob = Readonly<z.infer<typeof selfCheck>>;
/** Requested by a person, an alert or a button. */
export type RequestJob = CheckJob | AnalyzeJob | GroupJob;

/**
 * Validates a job from the queue, where another program may have written it. Unknown fields are dropped. Throws
 * `ftm_job_invalid` before any processing; the message names the field, never its value.
 */
export function readStoredJob(data: unknown): QueueJob {
  const read = jobSchema.safeParse(data);
  if (read.success) return read.data;
  const field = read.error.issues[0]?.path.join('.') || 'the job';
  throw new FtmError('ftm_job_invalid', `Invalid job in the queue: ${field}.`, {
    advice: 'ftm-check did not write this job. Check who else can write to Redis, and change its password.',
  });
}

/** Record of a job whose answer a person waits for: everything except the evidence. */
export function toRun(job: RequestJob | LateJob): Run {
  const kind = job.kind === 'late' ? 'check' : job.kind;
  const group =
    job.kind === 'group' ? { name: job.group, size: job.aliases.length, sweep: job.sweep } : undefined;
  return baseSchema.parse({ ...job, id: job.runId, kind, group });
}
