import type { Escalation, OutboxEntry, PersonRequest, ThreadRef } from './escalation.ts';

function newEntry(entry: Pick<OutboxEntry, 'id' | 'kind' | 'notBefore'> & Partial<OutboxEntry>): OutboxEntry {
  return { started: false, attempts: 0, ...entry };
}

export function triggerEntry(route: string, index: number, notBefore: number): OutboxEntry {
  return newEntry({ id: `page:${index}:${route}`, kind: 'page', route, level: 0, notBefore });
}

export function callEntry(id: string, route: string, level: number, notBefore: number): OutboxEntry {
  return newEntry({ id, kind: 'call', route, level, notBefore });
}

export function noteEntry(id: string, route: string, text: string, notBefore: number): OutboxEntry {
  return newEntry({ id: `note:${id}:${route}`, kind: 'note', route, text, notBefore });
}

/** Tells a route that the page was acknowledged or resolved. */
export function changeEntry(
  kind: 'acknowledge' | 'resolve',
  route: string,
  text: string | undefined,
  notBefore: number,
): OutboxEntry {
  return newEntry({ id: `${kind}:${route}`, kind, route, text, notBefore });
}

export function threadEntry(
  kind: 'say' | 'offer',
  id: string,
  thread: ThreadRef,
  notBefore: number,
): OutboxEntry {
  return newEntry({ id: `${kind}:${id}`, kind, thread, notBefore });
}

export function remindEntry(count: number, notBefore: number): OutboxEntry {
  return newEntry({ id: `remind:${count}`, kind: 'remind', notBefore });
}

/** Pages again unless the page is resolved by then. */
export function againEntry(round: number, notBefore: number): OutboxEntry {
  return newEntry({ id: `again:${round}`, kind: 'again', notBefore });
}

export function personEntry({ id, user, role, by }: PersonRequest, notBefore: number): OutboxEntry {
  return newEntry({ id: `person:${id}`, kind: 'person', user, role, by, notBefore });
}

/** An earlier attempt may have succeeded. */
const TRIED = { started: true, attempts: 1 } as const;

/** The message of a level in the thread. */
export function mentionEntry(call: OutboxEntry, text: string, notBefore: number): OutboxEntry {
  const { route, level } = call;
  return { id: mentionId(call), kind: 'mention', route, level, text, ...TRIED, notBefore };
}

export function directEntry(call: OutboxEntry, user: string, notBefore: number): OutboxEntry {
  const { route, level } = call;
  return { id: directId(call, user), kind: 'direct', route, level, user, ...TRIED, notBefore };
}

export function mentionId({ id }: OutboxEntry): string {
  return `mention:${id}`;
}

export function directId({ id }: OutboxEntry, user: string): string {
  return `direct:${id}:${user}`;
}

export function withoutEntry(escalation: Escalation, id: string): Escalation {
  return { ...escalation, outbox: escalation.outbox.filter((each) => each.id !== id) };
}
