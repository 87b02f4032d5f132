import type { Escalation, OutboxEntry, PersonRequest, ThreadRef } from './escalation.ts';

export function triggerEntry(route: string, index: number, notBefore: number): OutboxEntry {
  return {
    id: `page:${index}:${route}`,
    kind: 'page',
    route,
    level: 0,
    started: false,
    attempts: 0,
    notBefore,
  };
}

export function noteEntry(id: string, route: string, text: string, at: number): OutboxEntry {
  return { id: `note:${id}:${route}`, kind: 'note', route, text, started: false, attempts: 0, notBefore: at };
}

export function threadEntry(id: string, thread: ThreadRef, at: number): OutboxEntry {
  return { id: `say:${id}`, kind: 'say', thread, started: false, attempts: 0, notBefore: at };
}

export function remindEntry(count: number, notBefore: number): OutboxEntry {
  return { id: `remind:${count}`, kind: 'remind', started: false, attempts: 0, notBefore };
}

/** Pages again unless the page is resolved by then. */
export function againEntry(round: number, notBefore: number): OutboxEntry {
  return { id: `again:${round}`, kind: 'again', started: false, attempts: 0, notBefore };
}

export function personEntry({ id, user, role, by }: PersonRequest, notBefore: number): OutboxEntry {
  return { id: `person:${id}`, kind: 'person', user, role, by, started: false, attempts: 0, notBefore };
}

/** The message of a level in the thread. It is `started`: an earlier attempt may have succeeded. */
export function mentionEntry(call: OutboxEntry, whom: string, at: number): OutboxEntry {
  const { route, level } = call;
  return {
    id: mentionId(call),
    kind: 'mention',
    route,
    level,
    text: whom,
    started: true,
    attempts: 1,
    notBefore: at,
  };
}

export function directEntry(call: OutboxEntry, user: string, at: number): OutboxEntry {
  const { route, level } = call;
  return {
    id: directId(call, user),
    kind: 'direct',
    route,
    level,
    user,
    started: true,
    attempts: 1,
    notBefore: at,
  };
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
