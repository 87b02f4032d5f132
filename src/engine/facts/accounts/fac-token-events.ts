import type { Section } from '../../evidence/types.ts';
import { type Fact, known, unknown } from '../fact.ts';
import type { FacTokenEvent } from '../values.ts';

/** `… oid=421182 logid=20104 cat="Event" subcat="Authentication" … msg="…" user="marlow"` of a FortiAuthenticator. */
const RECORD = /\boid=\d{1,12}\b.{0,80}\blogid=\d{5}\b.{0,80}\bsubcat="/;
const MESSAGE = /\bmsg="([^"]{1,400})"/;
const ACTOR = /\buser="([^"]{1,256})"/;
/** `disabled remote LDAP user 'plover' because …`: `user=` is the administrator then. */
const NAMED = /\buser '([^']{1,256})'/;
/** `date=2026-11-24 time=08:12:19+0100` */
const STAMP = /\bdate=(\d{4}-\d\d-\d\d) time=(\d\d:\d\d:\d\d)(?:([+-]\d\d):?(\d\d))?/;

const KINDS: readonly (readonly [kind: FacTokenEvent['kind'], words: RegExp])[] = [
  ['out-of-sync', /\btoken out of sync\b/i],
  ['activation-expired', /\bFTM activation has expired\b/i],
  ['accepted', /\bwith FortiToken successful\b/i],
];
const MAX_LINE_LENGTH = 2_000;

/** Of each user the last event: by the times of the lines, or as they stand if one has none. */
export function readFacTokenEvents(sections: readonly Section[]): Fact<readonly FacTokenEvent[]> {
  const events = sections
    .filter(({ kind }) => kind !== 'config')
    .flatMap(({ source, start, lines }) =>
      lines.flatMap((line, index) => eventOf(line.slice(0, MAX_LINE_LENGTH), source, start + index) ?? []),
    );
  if (events.length === 0)
    return unknown('the evidence contains no log of a FortiAuthenticator about a token');
  const ordered = events.every(({ at }) => at !== undefined)
    ? events.toSorted((a, b) => (a.at ?? 0) - (b.at ?? 0))
    : events;
  const last = [...new Map(ordered.map((event) => [event.user, event])).values()];
  return known(
    last,
    last.map(({ quote }) => quote),
  );
}

function eventOf(text: string, source: string, line: number): FacTokenEvent | undefined {
  if (!text.includes('oid=') || !RECORD.test(text)) return undefined;
  const message = MESSAGE.exec(text)?.[1] ?? '';
  const kind = KINDS.find(([, words]) => words.test(message))?.[0];
  const user = NAMED.exec(message)?.[1] ?? ACTOR.exec(text)?.[1];
  if (kind === undefined || user === undefined) return undefined;
  const [, date, time, hours = '+00', minutes = '00'] = STAMP.exec(text) ?? [];
  const at = date === undefined ? undefined : Date.parse(`${date}T${time}${hours}:${minutes}`);
  return { kind, user, ...(at === undefined ? {} : { at }), quote: { source, line, text: text.trim() } };
}
