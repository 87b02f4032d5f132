import type { Escalation, OutboxEntry, PersonRequest, ThreadRef } from './escalation.ts';

export function pageEntry(route: string, index: number, notBefore: number): OutboxEntry {
  return { id: `page:${index}:${route}`, kind: 'page', route, rung: 0, begun: false, tries: 0, notBefore };
}

export function noteEntry(id: string, route: string, text: string, at: number): OutboxEntry {
  return { id: `note:${id}:${route}`, kind: 'note', route, text, begun: false, tries: 0, notBefore: at };
}

export function threadEntry(id: string, thread: ThreadRef, at: number): OutboxEntry {
  return { id: `say:${id}`, kind: 'say', thread, begun: false, tries: 0, notBefore: at };
}

export function remindEntry(count: number, notBefore: number): OutboxEntry {
  return { id: `remind:${count}`, kind: 'remind', begun: false, tries: 0, notBefore };
}

export function personEntry({ id, user, role, by }: PersonRequest, notBefore: number): OutboxEntry {
  return { id: `person:${id}`, kind: 'person', user, role, by, begun: false, tries: 0, notBefore };
}

/** The message of a level in the thread. Starts as begun: an earlier attempt may have succeeded. */
export function mentionEntry(level: OutboxEntry, whom: string, at: number): OutboxEntry {
  const { route, rung } = level;
  return {
    id: mentionId(level),
    kind: 'mention',
    route,
    rung,
    text: whom,
    begun: true,
    tries: 1,
    notBefore: at,
  };
}

export function directEntry(level: OutboxEntry, user: string, at: number): OutboxEntry {
  const { route, rung } = level;
  return {
    id: directId(level, user),
    kind: 'direct',
    route,
    rung,
    user,
    begun: true,
    tries: 1,
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
  return { ...escalation, effects: escalation.effects.filter((each) => each.id !== id) };
}
