import type { SignName } from '../../fortios/debug/login-signs.ts';
import { sameUser } from '../accounts/same-user.ts';
import type { SeenSign } from '../attempt.ts';
import type { Trace } from './trace.ts';

/** A request to a directory: how far it is, and its lines. */
interface Course {
  user: string | undefined;
  state: string;
  readonly lines: Line[];
}

interface Line {
  readonly sign: SignName;
  readonly seen: SeenSign;
  /** The state after it. */
  readonly state: string;
}

/** Steps of fnbamd at an LDAP server, and the one before. Releases differ in capitals: `DN search`. */
const BEFORE: Readonly<Record<string, readonly string[]>> = {
  'admin binding': ['', 'connecting'],
  'dn search': ['admin binding', '', 'connecting'],
  'user binding': ['dn search'],
  'attr query': ['user binding'],
  'primary group query': ['attr query'],
};
const LAST = 'done';
/** What ends a request early, and the steps in which it can come. */
const ENDED_BY: Readonly<Partial<Record<SignName, readonly string[]>>> = {
  'ldap-refused': ['user binding', 'admin binding'],
  'ldap-return': ['user binding', 'admin binding'],
  'ldap-no-dn': ['dn search'],
};
/** `sAMAccountName=wren`, `(&(objectClass=user)(uid=wren))` */
const TYPED = /=([^()=]{1,256})\)*$/;
/** Whether the directory was asked for another person than this one: `sAMAccountName=plover` beside `wren`. */
export function searchesAnother(filter: string | undefined, user: string | undefined): boolean {
  const searched = filter?.toLowerCase() ?? '';
  const own = user?.toLowerCase() ?? '';
  const typed = TYPED.exec(searched)?.[1];
  return typed !== undefined && own !== '' && !searched.includes(own) && !own.includes(typed);
}

const READ_GROUPS = ['attr query', 'primary group query'];
const BEGIN_STEP: ReadonlySet<SignName> = new Set<SignName>(['ldap-state', 'ldap-search']);
const OF_LDAP: ReadonlySet<SignName> = new Set<SignName>([
  'ldap-state',
  'ldap-search',
  'ldap-no-dn',
  'ldap-dn',
  'ldap-user-bind',
  'ldap-refused',
  'ldap-group',
  'ldap-return',
]);

/** A login that waits for the answer of a server. */
export interface OpenRequest {
  readonly user: string | undefined;
  readonly trace: Trace;
}

/**
 * Lines about an LDAP server that no connection ties, of several requests at once: each step continues a request that is
 * one step behind, a search names its user, and an error is of the request that is done next. `since`: the first of them.
 * Leaves in the trace of `ended`, whose result follows, its own lines, and gives the others to the requests of their users.
 */
export function shareTurns(ended: OpenRequest, others: readonly OpenRequest[], since: number): void {
  const lines = listLines(ended.trace).filter(({ seen }) => seen.order >= since);
  const courses = [ended, ...others].map((request) => begin(request, since));
  const last = follow(lines, courses);
  const own = courses.find(({ user }) => user !== undefined && isSame(user, ended.user)) ?? last;
  if (!last || !own) return;
  if (own !== last) swapTails(own, last);
  put(own, ended.trace);
  const rest = [...others];
  const open = courses
    .filter((course) => course !== own)
    .toSorted((a, b) => Number(b.user !== undefined) - Number(a.user !== undefined));
  for (const course of open) {
    const at = rest.findIndex(({ user }) => course.user !== undefined && isSame(course.user, user));
    // Of requests without a search, each is as far as the other.
    const [other] = rest.splice(Math.max(at, 0), 1);
    if (other) put(course, other.trace);
  }
}

function listLines({ signs }: Trace): readonly Omit<Line, 'state'>[] {
  return [...signs]
    .flatMap(([sign, seen]) => (OF_LDAP.has(sign) ? seen.map((each) => ({ sign, seen: each })) : []))
    .toSorted((a, b) => a.seen.order - b.seen.order);
}

function isSame(a: string, b: string | undefined): boolean {
  return b !== undefined && sameUser(a, b);
}

/** What was read before of this request. */
function begin({ user, trace }: OpenRequest, since: number): Course {
  const course: Course = { user: undefined, state: '', lines: [] };
  for (const line of listLines(trace)) {
    if (line.seen.order >= since) break;
    if (line.sign === 'ldap-state') course.state = line.seen.fields.to?.toLowerCase() ?? '';
    if (line.sign === 'ldap-search') course.user = user;
    course.lines.push({ ...line, state: course.state });
  }
  return course;
}

/** Returns the request that is done last. */
function follow(lines: readonly Omit<Line, 'state'>[], courses: readonly Course[]): Course | undefined {
  let latest: Course | undefined;
  let done: Course | undefined;
  let waiting: Omit<Line, 'state'>[] = [];
  for (const line of lines) {
    const { sign, seen } = line;
    const to = sign === 'ldap-state' ? seen.fields.to?.toLowerCase() : undefined;
    if (to === undefined) {
      const typed = sign === 'ldap-search' ? TYPED.exec(seen.fields.filter ?? '')?.[1] : undefined;
      const named = sign === 'ldap-search' ? searching(courses, typed, latest) : undefined;
      if (named) named.user ??= typed;
      const own = named ?? (sign === 'ldap-group' ? inStep(courses, READ_GROUPS) : undefined);
      if (own) own.lines.push({ ...line, state: own.state });
      else waiting.push(line);
      continue;
    }
    const error = waiting.flatMap((each) => ENDED_BY[each.sign] ?? []);
    const steps = to === LAST ? (error.length > 0 ? error : READ_GROUPS) : (BEFORE[to] ?? []);
    const course = inStep(courses, steps);
    if (!course) continue;
    course.lines.push(...waiting.map((each) => ({ ...each, state: course.state })), { ...line, state: to });
    course.state = to;
    waiting = [];
    latest = course;
    if (to === LAST) done = course;
  }
  return done;
}

/** The one of this user, else the one that has just come to the search, or has waited longest there. */
function searching(
  courses: readonly Course[],
  typed: string | undefined,
  latest: Course | undefined,
): Course | undefined {
  const all = courses.filter(({ state }) => state === 'dn search');
  const open = all.filter(({ user }) => user === undefined);
  return (
    all.find(({ user }) => user !== undefined && isSame(user, typed)) ??
    open.find((course) => course === latest) ??
    open[0]
  );
}

/** No request goes on from a search that has not been seen. */
function inStep(courses: readonly Course[], steps: readonly string[]): Course | undefined {
  const fitting = steps.flatMap((step) => courses.filter(({ state }) => state === step));
  return fitting.find(({ state, user }) => state !== 'dn search' || user !== undefined) ?? fitting[0];
}

/** Both were in one step before one of them was done: which, the result tells. A line goes on from an earlier one. */
function swapTails(own: Course, done: Course): void {
  const ends = ({ lines }: Course, step: string) =>
    lines.findLastIndex(({ sign, state }) => BEGIN_STEP.has(sign) && state === step) + 1;
  const goesOn = (before: Line | undefined, next: Line | undefined) =>
    before !== undefined && before.seen.order < (next?.seen.order ?? Infinity);
  const cut = done.lines
    .toReversed()
    .map(({ state }) => ({ ours: ends(own, state), theirs: ends(done, state) }))
    .find(
      ({ ours, theirs }) =>
        goesOn(own.lines[ours - 1], done.lines[theirs]) && goesOn(done.lines[theirs - 1], own.lines[ours]),
    );
  if (!cut) return;
  const tail = own.lines.splice(cut.ours);
  own.lines.push(...done.lines.splice(cut.theirs));
  done.lines.push(...tail);
}

function put({ lines }: Course, { signs }: Trace): void {
  for (const sign of OF_LDAP) signs.delete(sign);
  let before: string | undefined;
  for (const { sign, seen } of lines) {
    const from = sign === 'ldap-state' ? (before ?? seen.fields.from) : undefined;
    if (sign === 'ldap-state') before = seen.fields.to;
    const fields = from === undefined ? seen.fields : { ...seen.fields, from };
    signs.set(sign, [...(signs.get(sign) ?? []), { ...seen, fields }]);
  }
}
