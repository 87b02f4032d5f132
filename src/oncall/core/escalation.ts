import type { KnownBlock } from '@slack/types';
import { z } from 'zod';

/** Who did something: a Slack user, or a person as a provider names them. `via` is a route's name or `slack`. */
const actor = z.object({ via: z.string(), user: z.string().optional(), name: z.string().optional() });

const thread = z.object({ team: z.string().optional(), channel: z.string(), ts: z.string() });

const subject = z.object({
  /** The device's alias, or the name that the evidence gives it. */
  device: z.string(),
  alias: z.string().optional(),
  /** Customer and site of the device, from the inventory. */
  customer: z.string().optional(),
  site: z.string().optional(),
  /** A rule id, else a hop, else `unknown`. */
  cause: z.string(),
  severity: z.enum(['critical', 'high', 'medium', 'low']),
  affectedUsers: z.int().min(0),
});

const pagerText = z.object({
  /** One line. */
  summary: z.string(),
  details: z.string(),
  /** The first finding, for a direct message. Absent if there is none. */
  finding: z
    .object({
      /** CLI lines; empty if they are too long for a phone. */
      fix: z.array(z.string()),
      /** What to do besides the lines, or instead of them. */
      note: z.string().optional(),
      cause: z.string(),
      evidence: z.string().optional(),
    })
    .optional(),
});

/** An action still to be done in Slack or at a provider. Each is done once, or found to be done after a crash. */
const outboxEntry = z.object({
  id: z.string(),
  kind: z.enum([
    'page',
    'call',
    'note',
    'acknowledge',
    'resolve',
    'say',
    'offer',
    'mention',
    'direct',
    'remind',
    'again',
    'person',
  ]),
  /** A route's name; absent for entries of a thread. */
  route: z.string().optional(),
  /** Level of a Slack escalation policy, counted from 0. */
  level: z.int().optional(),
  text: z.string().optional(),
  /** The person who gets a direct message. */
  user: z.string().optional(),
  /** Of `person`: who asked for them, and whether the page is theirs from then on. */
  by: actor.optional(),
  role: z.enum(['responder', 'assignee']).optional(),
  /** The thread where `say` reports the page and `offer` asks whether to close it. */
  thread: thread.optional(),
  /** Set before the first attempt, so that after a crash the worker checks whether the action was done. */
  started: z.boolean(),
  attempts: z.int(),
  /** Milliseconds since the Unix epoch. */
  notBefore: z.number(),
});

const history = z.object({
  at: z.number(),
  what: z.enum([
    'opened',
    'paged',
    'called',
    'not-reached',
    'retrying',
    'route-failed',
    'nobody-reached',
    'levels-ended',
    'added',
    'not-told',
    'assigned',
    'acknowledged',
    'forgotten',
    'resolved',
  ]),
  route: z.string().optional(),
  /** The person called: Slack mrkdwn made here, or a route's own text. */
  whom: z.string().optional(),
  by: actor.optional(),
  /** The reason, as a text for people. */
  reason: z.string().optional(),
});

/** A message with buttons of the page. Its other blocks are kept, so that it can show who pressed one. */
const copy = z.object({
  channel: z.string(),
  ts: z.string(),
  mark: z.string(),
  text: z.string(),
  blocks: z.array(z.custom<KnownBlock>()),
  /** What it shows of the state; see `stateText`. */
  shown: z.string(),
});

/** Kept in Redis as JSON, and checked when it is read. */
export const escalationRecord = z.object({
  id: z.string(),
  /** Key of device and cause; at most one escalation per key is open. */
  key: z.string(),
  subject,
  runId: z.string(),
  /** Names what pages of other devices must share to join this one; absent: none joins. */
  group: z.string().optional(),
  /** Other devices with the same cause, in the order in which they joined. */
  joined: z.array(z.object({ device: z.string(), runId: z.string(), at: z.number() })).default([]),
  recovered: z.array(z.string()).default([]),
  laterRuns: z.array(z.string()),
  /** Healthy runs whose threads already asked whether to close the page. */
  offered: z.array(z.string()),
  /** Requests to page a chosen person that were taken: each pages once. */
  asked: z.array(z.string()).default([]),
  /** Slack user id of the person whose page this is. */
  assignee: z.string().optional(),
  /** Threads that got a notice or an offer: each gets one of a kind. */
  notified: z.array(z.string()).default([]),
  /** Channels that hold buttons of this page. */
  places: z.array(z.string()),
  thread,
  trigger: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('person'), user: z.string() }),
    z.object({ kind: z.literal('policy'), policy: z.string() }),
  ]),
  routes: z.array(z.string()).min(1),
  text: pagerText,
  impact: z.string().optional(),
  state: z.enum(['confirmed', 'paged', 'acknowledged', 'resolved']),
  openedAt: z.number(),
  accepted: z.array(z.string()),
  outbox: z.array(outboxEntry),
  history: z.array(history),
  /** The message in the thread that shows the page's state. */
  statusTs: z.string().optional(),
  statusStarted: z.boolean(),
  statusShown: z.string(),
  copies: z.array(copy).default([]),
});

export type Escalation = z.infer<typeof escalationRecord>;
export type MessageCopy = Escalation['copies'][number];
export type OutboxEntry = Escalation['outbox'][number];
export type HistoryEntry = Escalation['history'][number];
export type Actor = z.infer<typeof actor>;
export type ThreadRef = z.infer<typeof thread>;
export type PagerText = z.infer<typeof pagerText>;
export type Subject = z.infer<typeof subject>;

/** Who resolved the page, and their note as `reason`; undefined while it is open. */
export function findResolution({ history }: Escalation): HistoryEntry | undefined {
  return history.findLast(({ what }) => what === 'resolved');
}

/** The person whose page it is: to whom it was assigned, else who acknowledged it. */
export function findHolder({ history, assignee }: Escalation): Actor | undefined {
  return assignee === undefined
    ? history.findLast(({ what }) => what === 'acknowledged')?.by
    : { via: 'slack', user: assignee };
}

/** How often the routes of the page were begun again, because no person was reached or the person who acknowledged did not resolve. */
export function countRounds({ history }: Pick<Escalation, 'history'>): number {
  return history.filter(({ what }) => ROUND_ENDS.has(what)).length;
}

export const ROUND_ENDS: ReadonlySet<HistoryEntry['what']> = new Set(['nobody-reached', 'forgotten']);

/** A decision to page, made by a button or by a policy. A request with the same `id` is the same decision. */
export type EscalationRequest = Pick<
  Escalation,
  'id' | 'key' | 'group' | 'subject' | 'runId' | 'thread' | 'trigger' | 'routes' | 'text' | 'openedAt'
> & { readonly impact?: string | undefined; readonly person?: PersonRequest | undefined };

/** A request to page a chosen person. The same `id` is the same request. */
export interface PersonRequest {
  readonly id: string;
  /** Slack user id. */
  readonly user: string;
  readonly role: 'responder' | 'assignee';
  readonly by: Actor;
}
