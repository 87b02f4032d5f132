import { z } from 'zod';
import type { RedactedCase } from '../../engine/evidence/redacted-case.ts';
import { FtmError } from '../../ftm-error.ts';
import type { GroupMembership, QueueJob } from './queue-job.ts';
import type { Asker, CheckTarget, ReplyTo } from './run.ts';

/**
 * The form of a job in Redis. It is older than `QueueJob` and unchanged: during a rolling update bots and workers of
 * two versions share one queue, and jobs outlive a restart. So a job that is no request has an `errand`, and an
 * unused request.
 */
export interface StoredJob {
  readonly runId: string;
  readonly asker: Asker;
  readonly replyTo: ReplyTo;
  readonly acceptedAt: number;
  readonly request:
    | ({ readonly kind: 'check' } & CheckTarget)
    | { readonly kind: 'analyze'; readonly evidence: RedactedCase; readonly packed?: string };
  readonly trace?: Readonly<Record<string, string>>;
  readonly comparesTo?: string;
  readonly replaces?: readonly string[];
  readonly errand?: (typeof ERRANDS)[number];
  readonly group?: { readonly name: string; readonly aliases: readonly string[] };
  readonly member?: GroupMembership;
  readonly sweep?: string;
}

const ERRANDS = [
  'late',
  'withdraw',
  'self-check',
  'close-debug',
  'group',
  'group-member',
  'group-answer',
  'sweep',
] as const;

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
  /** Empty if a run is known by its id alone. */
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
  /** Not stored: see `AnalyzeJob`. */
  packed: z.string().optional(),
});

/** Unknown fields are ignored: during an update, an older worker may process a job of a newer version. */
const storedJob = z.looseObject({
  runId: id,
  asker: z.looseObject({ id, name: name.optional(), home: id.optional() }),
  replyTo: z.looseObject({ team: id.optional(), channel: id, thread: id.optional() }),
  acceptedAt: z.int().min(0).max(MAX_TIME),
  request: z.discriminatedUnion('kind', [check, analyze]),
  trace: z.record(z.string(), name).optional(),
  comparesTo: id.optional(),
  replaces: z.array(id).optional(),
  errand: z.enum(ERRANDS).optional(),
  group: z.looseObject({ name: id, aliases: z.array(id) }).optional(),
  member: z
    .looseObject({ of: id, number: z.int().min(0), size: z.int().min(1), sweep: id.optional() })
    .optional(),
  sweep: id.optional(),
} satisfies Record<keyof StoredJob, z.ZodType>);

/** For a job without a person: older workers require both fields. */
const NO_PERSON = { asker: { id: 'ftm-check' }, replyTo: { channel: '' } };

export function toStoredJob(job: QueueJob): StoredJob {
  const { runId, acceptedAt, trace } = job;
  const base = { runId, acceptedAt, trace };
  switch (job.kind) {
    case 'check': {
      const { kind, alias, user, vdom, live, asker, replyTo, comparesTo, replaces } = job;
      const request = { kind, alias, user, vdom, live };
      return { ...base, asker, replyTo, comparesTo, replaces, request };
    }
    case 'analyze': {
      const { kind, evidence, packed, asker, replyTo, comparesTo, replaces } = job;
      const request = { kind, evidence, packed };
      return { ...base, asker, replyTo, comparesTo, replaces, request };
    }
    case 'group': {
      const { kind: errand, group: groupName, aliases, user, vdom, asker, replyTo, sweep } = job;
      const request = { ...aboutDevice(), user, vdom };
      return { ...base, asker, replyTo, request, errand, group: { name: groupName, aliases }, sweep };
    }
    case 'group-member': {
      const { kind: errand, alias, user, vdom, asker, replyTo, member } = job;
      return { ...base, asker, replyTo, request: { ...aboutDevice(alias), user, vdom }, errand, member };
    }
    case 'group-answer':
      return { ...base, ...NO_PERSON, request: aboutDevice(), errand: job.kind };
    case 'sweep':
      return { ...base, ...NO_PERSON, request: aboutDevice(), errand: job.kind, sweep: job.sweep };
    case 'late': {
      const { asker, replyTo, alias } = job;
      return { ...base, asker, replyTo, request: aboutDevice(alias), errand: 'late' };
    }
    case 'withdraw':
      return { ...base, ...NO_PERSON, request: aboutDevice(), errand: 'withdraw' };
    case 'close-debug':
      return { ...base, ...NO_PERSON, request: aboutDevice(job.alias), errand: 'close-debug' };
    case 'self-check':
      return { ...base, ...NO_PERSON, request: aboutDevice('look-alike'), errand: 'self-check' };
    default:
      return job satisfies never;
  }
}

function aboutDevice(alias = ''): { readonly kind: 'check' } & CheckTarget {
  return { kind: 'check', alias };
}

/**
 * Validates a job from the queue, where another program may have written it. Throws `ftm_job_invalid` before any
 * processing; the message names the field, never its value.
 */
export function fromStoredJob(data: unknown): QueueJob {
  const { runId, acceptedAt, trace, asker, replyTo, request, errand, ...more } = validJob(data);
  const base = { runId, acceptedAt, trace };
  const alias = request.kind === 'check' ? request.alias : '';
  const { user, vdom } = request.kind === 'check' ? request : {};
  switch (errand) {
    case 'group': {
      const { group, sweep } = more;
      if (group === undefined) throw invalidJob('group');
      return {
        ...base,
        kind: errand,
        asker,
        replyTo,
        group: group.name,
        aliases: group.aliases,
        user,
        vdom,
        sweep,
      };
    }
    case 'group-member': {
      const { member } = more;
      if (member === undefined) throw invalidJob('member');
      return { ...base, kind: errand, asker, replyTo, alias, user, vdom, member };
    }
    case 'group-answer':
      return { ...base, kind: errand };
    case 'sweep':
      return { ...base, kind: errand, sweep: more.sweep ?? '' };
    case 'late':
      return { ...base, kind: 'late', asker, replyTo, alias: alias === '' ? undefined : alias };
    case 'withdraw':
      return { ...base, kind: 'withdraw' };
    case 'close-debug':
      return { ...base, kind: 'close-debug', alias };
    case 'self-check':
      return { ...base, kind: 'self-check' };
    case undefined: {
      const { comparesTo, replaces } = more;
      const asked = { ...base, asker, replyTo, comparesTo, replaces };
      if (request.kind === 'analyze') {
        const { kind, evidence, packed } = request;
        return { ...asked, kind, evidence, packed };
      }
      return { ...asked, kind: 'check', alias, user, vdom, live: request.live };
    }
    default:
      return errand satisfies never;
  }
}

function validJob(data: unknown): StoredJob {
  const read = storedJob.safeParse(data);
  if (read.success) return data as StoredJob;
  throw invalidJob(read.error.issues[0]?.path.join('.') || 'the job');
}

function invalidJob(field: string): FtmError {
  return new FtmError('ftm_job_invalid', `Invalid job in the queue: ${field}.`, {
    advice: 'ftm-check did not write this job. Check who else can write to Redis, and change its password.',
  });
}
