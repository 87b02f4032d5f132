import { z } from 'zod';
import type { SinceHealthy } from '../../engine/diagnosis/changes/since-healthy.ts';
import { diagnosisSchema } from '../../engine/diagnosis/diagnosis.ts';
import { CHANGE_AREAS } from '../../engine/facts/comparison/settings.ts';
import type { FtmErrorCode } from '../../engine/ftm-error.ts';

/** Everything here is kept as JSON. Unknown fields are dropped, so that an older version reads what a newer one wrote. */

export const id = z.string().max(200);
export const name = z.string().max(1000);

export const asker = z.object({
  id,
  /** The name that Slack reports, for display; not trusted for access. */
  name: name.optional(),
  /** The person's own workspace, if it differs from `replyTo.team`. */
  home: id.optional(),
});

/** Where the answer goes. */
export const replyTo = z.object({
  team: id.optional(),
  channel: id,
  /** Thread to answer in; absent if the run starts its own thread (slash command). */
  thread: id.optional(),
});

/** What the person knows of the failure. */
export const details = z.object({
  /** What the client shows, in any words; never a verdict. */
  symptom: name.optional(),
  /** Hours since it began: earlier logins are not looked at. */
  sinceHours: z.int().min(1).max(8_760).optional(),
  /** Public address of the client, behind a filter on which IKE is watched. */
  client: id.optional(),
});

/** What a check is limited to, so that it can be repeated. */
export const limits = {
  user: name.optional(),
  vdom: name.optional(),
  /** Requested seconds of the live session. */
  live: z.int().min(1).max(86_400).optional(),
  details: details.optional(),
};

/** What `create` writes once. */
export const baseSchema = z.object({
  id: z.string(),
  asker,
  replyTo,
  acceptedAt: z.number(),
  alias: z.string().optional(),
  ...limits,
  kind: z.enum(['check', 'analyze', 'group']),
  /** Of a group check: the group, `ALL_DEVICES`, and how many devices it has. */
  group: z.object({ name: z.string(), size: z.number(), sweep: z.string().optional() }).optional(),
  /** One device of a group check. It pages only where its sweep does. */
  partOf: z.object({ run: z.string(), pages: z.boolean() }).optional(),
  comparesTo: z.string().optional(),
  /** A re-check by a person who has pasted the fix. */
  afterFix: z.literal(true).optional(),
  replaces: z.array(z.string()).readonly().optional(),
});

export const feedbackReason = z.enum(['wrong', 'incomplete', 'unclear', 'not-my-problem', 'other']);

export const feedbackSchema = z.object({
  reason: feedbackReason,
  /** In the person's own words, redacted. */
  comment: z.string().optional(),
  /** Milliseconds since the Unix epoch. */
  at: z.number(),
});

const sinceHealthySchema: z.ZodType<SinceHealthy> = z.object({
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
    /** Set if the device was healthy before. No part of the diagnosis, which is a function of the evidence. */
    sinceHealthy: sinceHealthySchema.optional(),
  }),
  z.object({
    kind: z.literal('failed'),
    code: z.string().transform((code) => code as FtmErrorCode),
    message: z.string(),
    advice: z.string().optional(),
  }),
  /** Of a group check; the results of its devices are in the group store. `headline`: counts of them by result. */
  z.object({ kind: z.literal('group'), headline: z.string() }),
]);

const pictureSchema = z.discriminatedUnion('kind', [
  /** `file` is Slack's file id. */
  z.object({ kind: z.literal('attached'), file: z.string() }),
  /** It is not tried again. `error` is Slack's error code, or our own. */
  z.object({ kind: z.literal('refused'), error: z.string() }),
  /** Deleted, because another answer replaces this one. */
  z.object({ kind: z.literal('removed') }),
]);

/** A separate field for each, so that two processes can add to a run without overwriting each other. */
export const patchSchema = z
  .object({
    /** Slack timestamps of posted messages. */
    rootTs: z.string(),
    answerTs: z.string(),
    /** Slack's file id of the full report, once it is attached. */
    reportFile: z.string(),
    /** State of the picture of the logins; absent until the first attempt. */
    picture: pictureSchema,
    outcome: outcomeSchema,
    /** The final answer has been delivered. */
    answeredAt: z.number(),
    /** Slack's error code if it refused the answer in its channel. */
    answerRefused: z.string(),
    /** The earlier run with the same question, whose result is shared. */
    joined: z.string(),
  })
  .partial();

/** What people reported about an answer that did not help, with the answer's data. Redacted. */
export const feedbackReportSchema = z.object({
  runId: z.string(),
  kind: baseSchema.shape.kind,
  /** Absent for a pasted log. */
  alias: z.string().optional(),
  /** When the request was accepted, in milliseconds since the Unix epoch. */
  acceptedAt: z.number(),
  /** `failed` if there was no diagnosis. */
  verdict: z.enum(['broken', 'healthy', 'inconclusive', 'failed']),
  headline: z.string(),
  /** Rules found broken, most decisive first. */
  rules: z.array(z.string()).readonly(),
  /** Version of ftm-check when the feedback was given. */
  version: z.string(),
  channel: z.string(),
  answerTs: z.string().optional(),
  /** One entry per person, by Slack user id; the last one counts. */
  entries: z.array(feedbackSchema.extend({ user: z.string() })).readonly(),
  hasEvidence: z.boolean(),
});
