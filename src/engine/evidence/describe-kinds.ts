import type { Section } from './types.ts';

/** What a text holds: the event log is read like debug, and people tell them apart. */
export type ShownKind = Section['kind'] | 'event';

const NAMES: readonly (readonly [kind: ShownKind, name: string])[] = [
  ['config', 'configuration'],
  ['output', 'command output'],
  ['debug', 'debug log'],
  ['event', 'event log'],
];

export const OTHER_TEXT = 'other text';

/** What was recognised in a text, for people; `other text` if nothing was. */
export function describeKinds(kinds: ReadonlySet<ShownKind>): readonly string[] {
  const names = NAMES.filter(([kind]) => kinds.has(kind)).map(([, name]) => name);
  return names.length > 0 ? names : [OTHER_TEXT];
}

/** `date=2026-03-03 time=09:20:05 logid="0101039426" type="event" …` */
const EVENT = /\blogid="{0,3}\d{10}/;

/** Adds what the lines of a section are; of debug only until both kinds were seen. */
export function addKinds(kinds: Set<ShownKind>, { kind, lines, passed }: Section): void {
  if (kind !== 'debug') {
    kinds.add(kind);
    return;
  }
  if (passed) kinds.add('debug');
  for (const line of lines) {
    if (kinds.has('debug') && kinds.has('event')) return;
    if (line.trim() !== '') kinds.add(EVENT.test(line) ? 'event' : 'debug');
  }
}
