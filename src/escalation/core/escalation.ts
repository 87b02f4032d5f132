import { z } from 'zod';

/** Who did something: a person in Slack, or somebody as a provider names them. `via` is a route's name or `slack`. */
const actor = z.object({ via: z.string(), user: z.string().optional(), name: z.string().optional() });

const thread = z.object({ team: z.string().optional(), channel: z.string(), ts: z.string() });

const subject = z.object({
  /** As people know it: the alias, or what the evidence says. */
  device: z.string(),
  alias: z.string().optional(),
  /** A rule's id, else a hop's, else `unknown`. */
  cause: z.string(),
  severity: z.enum(['critical', 'high', 'medium', 'low']),
  affectedUsers: z.int().min(0),
});

const pageText = z.object({
  /** One line. */
  summary: z.string(),
  details: z.string(),
});

/** What still has to be done in the world. Each is done once, or found done after a crash. */
const effect = z.object({
  id: z.string(),
  kind: z.enum(['page', 'call', 'note', 'acknowledge', 'resolve', 'say', 'offer']),
  /** A route's name; absent for what is said in a thread. */
  route: z.string().optional(),
  /** Of a Slack ladder, counted from 0. */
  rung: z.int().optional(),
  text: z.string().optional(),
  /** Where `say` tells of the page, and `offer` asks whether to close it. */
  thread: thread.optional(),
  /** Set before the first try, so that whoever comes after a crash looks whether it was done. */
  begun: z.boolean(),
  tries: z.int(),
  /** Milliseconds since the Unix epoch. */
  notBefore: z.number(),
});

const history = z.object({
  at: z.number(),
  what: z.enum([
    'opened',
    'paged',
    'called',
    'retrying',
    'route-failed',
    'nobody-reached',
    'ladder-ended',
    'added',
    'not-told',
    'acknowledged',
    'resolved',
  ]),
  route: z.string().optional(),
  /** Whom: Slack mrkdwn made by us, or a route's own words. */
  whom: z.string().optional(),
  by: actor.optional(),
  /** Why, in words for people. */
  reason: z.string().optional(),
});

export const escalationRecord = z.object({
  id: z.string(),
  /** Of device and cause: one is open at most. */
  key: z.string(),
  subject,
  runId: z.string(),
  /** Runs that told of the same cause since. */
  laterRuns: z.array(z.string()),
  /** Healthy runs in whose threads the question was put whether to close the page. */
  offered: z.array(z.string()),
  /** Channels where buttons of this page stand. */
  places: z.array(z.string()),
  thread,
  trigger: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('person'), user: z.string() }),
    z.object({ kind: z.literal('policy'), policy: z.string() }),
  ]),
  routes: z.array(z.string()).min(1),
  text: pageText,
  impact: z.string().optional(),
  state: z.enum(['confirmed', 'paged', 'acknowledged', 'resolved']),
  openedAt: z.number(),
  /** Routes that took the page. */
  accepted: z.array(z.string()),
  effects: z.array(effect),
  history: z.array(history),
  /** The message in the thread that shows all this. */
  statusTs: z.string().optional(),
  statusBegun: z.boolean(),
  statusShown: z.string(),
});

export type Escalation = z.infer<typeof escalationRecord>;
export type OutboxEntry = Escalation['effects'][number];
export type HistoryEntry = Escalation['history'][number];
export type Actor = z.infer<typeof actor>;
export type ThreadRef = z.infer<typeof thread>;
export type PageText = z.infer<typeof pageText>;
export type Subject = z.infer<typeof subject>;

/** What somebody decided to page: by pressing a button, or by a policy. `id` makes it one thing however often it arrives. */
export type PageRequest = Pick<
  Escalation,
  'id' | 'key' | 'subject' | 'runId' | 'thread' | 'trigger' | 'routes' | 'text' | 'openedAt'
> & { readonly impact?: string | undefined };
