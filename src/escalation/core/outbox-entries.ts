import type { OutboxEntry, ThreadRef } from './escalation.ts';

export function pageEntry(route: string, index: number, notBefore: number): OutboxEntry {
  return { id: `page:${index}:${route}`, kind: 'page', route, rung: 0, begun: false, tries: 0, notBefore };
}

export function noteEntry(id: string, route: string, text: string, at: number): OutboxEntry {
  return { id: `note:${id}:${route}`, kind: 'note', route, text, begun: false, tries: 0, notBefore: at };
}

export function threadEntry(id: string, thread: ThreadRef, at: number): OutboxEntry {
  return { id: `say:${id}`, kind: 'say', thread, begun: false, tries: 0, notBefore: at };
}
