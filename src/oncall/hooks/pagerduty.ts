import { z } from 'zod';
import { isOwnKey } from '../core/subject.ts';
import { notReadable, OWN_ALERT, type ReadMessages, splitWords, toMessages } from './message.ts';

/** A v3 webhook: https://developer.pagerduty.com/docs/webhooks/v3-overview/ */
const payload = z.object({
  event: z.object({
    id: z.string(),
    event_type: z.string(),
    occurred_at: z.string(),
    agent: z.object({ summary: z.string().nullish() }).nullish(),
    data: z.looseObject({ type: z.string().optional() }),
  }),
});

const incident = z.object({
  /** A part of the path to which the findings are sent. */
  id: z.string().regex(/^\w{1,64}$/),
  incident_key: z.string().nullish(),
  title: z.string().nullish(),
  service: z.object({ summary: z.string().nullish() }).nullish(),
});

const EVENT_KINDS = {
  'incident.acknowledged': 'acknowledged',
  'incident.resolved': 'resolved',
} as const satisfies Record<string, string>;

const START_EVENTS = new Set(['incident.triggered', 'incident.reopened']);

/** The signature has no timestamp, so a replayed delivery is recognised by the age of its event. */
const MAX_AGE_MS = 24 * 3_600_000;
/** An event of the future could be replayed for longer. */
const MAX_AHEAD_MS = 5 * 60_000;

/** `now`: milliseconds since the Unix epoch. */
export function readPagerDuty(body: unknown, now: number): ReadMessages {
  const parsed = payload.safeParse(body);
  if (!parsed.success) return notReadable('not a v3 webhook of PagerDuty');
  const { id, event_type: type, occurred_at: occurredAt, agent, data } = parsed.data.event;
  const at = Date.parse(occurredAt);
  if (Number.isNaN(at) || now - at > MAX_AGE_MS) return nothing('it is too old');
  if (at - now > MAX_AHEAD_MS) return nothing('its time is in the future');
  const about = incident.safeParse(data);
  if (!about.success) return nothing(`${type} is ignored`);
  const key = about.data.incident_key ?? '';

  if (isOwnKey(key)) {
    const kind = Object.hasOwn(EVENT_KINDS, type) ? EVENT_KINDS[type as keyof typeof EVENT_KINDS] : undefined;
    if (kind === undefined) return toMessages(OWN_ALERT);
    const by = { via: 'pagerduty', ...(agent?.summary ? { name: agent.summary } : {}) };
    return toMessages({ kind: 'news', key, event: { kind, by, at }, id });
  }
  const isOver = type === 'incident.resolved';
  if (!isOver && !START_EVENTS.has(type)) return nothing(`${type} starts nothing`);
  const title = about.data.title ?? 'incident';
  return toMessages({
    kind: isOver ? 'over' : 'alert',
    alert: {
      source: 'pagerduty',
      id: `${about.data.id} ${type === 'incident.reopened' ? id : 'triggered'}`,
      title,
      names: [],
      words: [...splitWords(title), ...splitWords(about.data.service?.summary ?? '')],
      incident: about.data.id,
    },
  });
}

function nothing(reason: string): ReadMessages {
  return toMessages({ kind: 'nothing', reason });
}
