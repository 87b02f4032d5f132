import { z } from 'zod';
import { isOwnKey } from '../core/subject.ts';
import { notReadable, OWN_ALERT, type ReadMessages, splitWords, toMessages } from './message.ts';

/** The generic webhook. It is signed like outgoing webhooks, so that a small script can be either end. */
const payload = z.object({
  /** The sender's id, the same for a repeated delivery. */
  id: z.string().min(1).max(200).optional(),
  status: z.enum(['firing', 'acknowledged', 'resolved']).default('firing'),
  title: z.string().max(2000).default('alert'),
  device: z.string().max(200).optional(),
  incident: z.string().max(200).optional(),
  /** Key of a page sent by ftm-check. */
  key: z.string().max(255).optional(),
  by: z.string().max(200).optional(),
  at: z.iso.datetime({ offset: true }).optional(),
  origin: z.string().optional(),
});

export function readGeneric(body: unknown): ReadMessages {
  const parsed = payload.safeParse(body);
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.join('.') ?? '';
    return notReadable(`the field ${field || 'body'} is invalid`);
  }
  const { id, status, title, device, incident, key, by, at, origin } = parsed.data;
  if (key !== undefined && isOwnKey(key) && status !== 'firing') {
    const actor = { via: 'webhook', name: by };
    const event = { kind: status, by: actor, at: at === undefined ? undefined : Date.parse(at) };
    return toMessages({ kind: 'news', key, event, id: id ?? `${key} ${status} ${at ?? ''}` });
  }
  if (origin === 'ftm-check' || (key !== undefined && isOwnKey(key))) return toMessages(OWN_ALERT);
  if (status === 'acknowledged') return toMessages({ kind: 'nothing', reason: 'it is acknowledged' });
  if (id === undefined) return notReadable('the field id is missing');
  return toMessages({
    kind: status === 'resolved' ? 'over' : 'alert',
    alert: { source: 'generic', id, title, device, names: [], words: splitWords(title), incident },
  });
}
