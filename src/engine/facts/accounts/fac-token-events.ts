import type { Section } from '../../evidence/types.ts';
import { type Fact, known, unknown } from '../fact.ts';
import type { FacTokenEvent } from '../values.ts';

/**
 * `… oid=421182 logid=20104 cat="Event" subcat="Authentication" … msg="…" user="marlow"` of a FortiAuthenticator, and over
 * syslog `category="Event",subcategory="Authentication",typeid=20104,…,user="marlow",…,status="Failed",…`.
 */
const RECORD =
  /\boid=\d{1,12}\b.{0,80}\blogid=\d{5}\b.{0,80}\bsubcat="|\bsubcategory="[^"]{1,40}",typeid=\d{5}\b/;
/** `msg="Local user authentication …"`, or without a name behind the status: `status="Failed",Local user authentication …` */
const MESSAGE = /\bmsg="([^"]{1,400})"|\bstatus="[A-Za-z]{0,20}",([^"=]{1,400})$/;
const ACTOR = /\buser="([^"]{1,256})"/;
/** `disabled remote LDAP user 'plover' because …`: `user=` is the administrator then. */
const NAMED = /\buser '([^']{1,256})'/;
/** `date=2026-11-24 time=08:12:19+0100` */
const STAMP = /\bdate=(\d{4}-\d\d-\d\d) time=(\d\d:\d\d:\d\d)(?:([+-]\d\d):?(\d\d))?/;

const KINDS: readonly (readonly [kind: FacTokenEvent['kind'], words: RegExp])[] = [
  ['out-of-sync', /\btoken out of sync\b/i],
  ['activation-expired', /\bFTM activation has expired\b/i],
  ['locked', /\bfailed: user locked\b/i],
  ['accepted', /\bwith FortiToken successful\b/i],
];

/** `2026-03-02T09:02:10.815070+01:00 fac01 radiusd[2875]: (4) facauth: Authentication failed` */
const RADIUSD =
  /^(\d{4}-\d\d-\d\dT[\d:.]{8,15}(?:[+-]\d\d:\d\d|Z)) \S{1,64} radiusd\[(\d{1,7})\]: (?:\((\d{1,9})\) )?(.{1,400})/;
/** `facauth: ===>Username:plover` */
const LOGIN = /^facauth: ===>Username: ?(\S{1,256})/;
const DAEMON_SAYS: readonly (readonly [kind: FacTokenEvent['kind'], words: RegExp])[] = [
  ['locked', /^Reply-Message [+:]?= "user locked"/],
  ['needs-pap', /^facauth: (?:ERROR: ){1,2}.{0,260} auth require "User-Password" \(pap\)/],
  ['refused', /^facauth: Authentication failed\b/],
  ['accepted', /^facauth: Authentication OK\b/],
];

const MAX_LINE_LENGTH = 2_000;

/** What FortiAuthenticator said last of each user: by the times of the lines, or as they stand if one has none. */
export function readFacTokenEvents(sections: readonly Section[]): Fact<readonly FacTokenEvent[]> {
  const events = sections
    .filter(({ kind }) => kind !== 'config')
    .flatMap(({ source, start, lines }) =>
      lines.flatMap((line, index) => parseEvent(line.slice(0, MAX_LINE_LENGTH), source, start + index) ?? []),
    )
    .concat(readRadiusd(sections));
  if (events.length === 0)
    return unknown('the evidence contains no log of a FortiAuthenticator about a token');
  const ordered = events.every(({ at }) => at !== undefined)
    ? events.toSorted((a, b) => (a.at ?? 0) - (b.at ?? 0))
    : events;
  const byUser = new Map<string, FacTokenEvent>();
  for (const event of ordered)
    if (!isSaidBetter(event, byUser.get(event.user))) byUser.set(event.user, event);
  const last = [...byUser.values()];
  return known(
    last,
    last.map(({ quote }) => quote),
  );
}

/** Milliseconds; a refusal and its reason stand in lines of one login. */
const ONE_LOGIN_MS = 60_000;

/** A refusal without a reason does not replace the reason that another line of the login gives. */
function isSaidBetter({ kind, at = 0 }: FacTokenEvent, before: FacTokenEvent | undefined): boolean {
  if (kind !== 'refused' || before === undefined || before.kind === 'accepted') return false;
  return at - (before.at ?? 0) < ONE_LOGIN_MS;
}

/**
 * The debug of radiusd (`https://<address>/debug/radius`). A line without the number of its request belongs to the login
 * whose number stands above it, if its process served one user only.
 */
function readRadiusd(sections: readonly Section[]): readonly FacTokenEvent[] {
  const users = new Map<string, string>();
  const ofProcess = new Map<string, Set<string>>();
  const events: FacTokenEvent[] = [];
  for (const { kind, source, start, lines } of sections) {
    if (kind === 'config') continue;
    for (let index = 0; index < lines.length; index += 1) {
      const line = lines[index] ?? '';
      if (!line.includes('radiusd[')) continue;
      const [, stamp = '', process = '', request, says = ''] = RADIUSD.exec(line.trim()) ?? [];
      const named = LOGIN.exec(says)?.[1];
      const served = ofProcess.get(process) ?? new Set<string>();
      if (named !== undefined) {
        users.set(`${process} ${request}`, named);
        ofProcess.set(process, served.add(named));
        continue;
      }
      const told = DAEMON_SAYS.find(([, words]) => words.test(says))?.[0];
      const [only, other] = served;
      const user =
        request === undefined ? (other === undefined ? only : undefined) : users.get(`${process} ${request}`);
      if (told === undefined || user === undefined) continue;
      events.push({
        kind: told,
        user,
        at: Date.parse(stamp),
        quote: { source, line: start + index, text: line.trim() },
      });
    }
  }
  return events;
}

function parseEvent(text: string, source: string, line: number): FacTokenEvent | undefined {
  if (!text.includes('subcat') || !RECORD.test(text)) return undefined;
  const [, quoted, plain] = MESSAGE.exec(text.trim()) ?? [];
  const message = quoted ?? plain ?? '';
  const kind = KINDS.find(([, words]) => words.test(message))?.[0];
  const user = NAMED.exec(message)?.[1] ?? ACTOR.exec(text)?.[1];
  if (kind === undefined || user === undefined) return undefined;
  const [, date, time, hours = '+00', minutes = '00'] = STAMP.exec(text) ?? [];
  const at = date === undefined ? undefined : Date.parse(`${date}T${time}${hours}:${minutes}`);
  return { kind, user, ...(at === undefined ? {} : { at }), quote: { source, line, text: text.trim() } };
}
