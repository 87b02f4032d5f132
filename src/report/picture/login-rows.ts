import type { AttemptSummary, Diagnosis } from '../../engine/diagnosis/diagnosis.ts';
import { clip, formatNumber, joinTexts, plural, printableProse } from '../documents/printable.ts';
import { WORDING } from '../documents/wording.ts';

/** One login, or the time limits of a login if none was seen. Seconds from the question for the second factor. */
export interface LoginRow {
  readonly name: string;
  /** `timed out · started 09:12:04`. */
  readonly detail: string;
  readonly failed: boolean;
  /** False if the evidence ends before the login does. */
  readonly isKnown: boolean;
  readonly marks: readonly Mark[];
  /** Events after this second do not count. */
  readonly ended: number | undefined;
  /** The last event. */
  readonly until: number;
}

export interface Mark {
  readonly kind: 'event' | 'good' | 'limit' | 'gave-up';
  readonly text: string;
  readonly seconds: number;
}

/** More do not fit on a screen. */
const MAX_ROWS = 12;
const MAX_NAME = 32;

type Timing = NonNullable<AttemptSummary['timing']>;
type Event = Timing['events'][number]['event'];

const DENIED = 'Deny pressed';
const { milestones: EVENTS, loginLimits: LIMITS } = WORDING;

/** Failed logins first; empty if the evidence has no times. */
export function toLoginRows(diagnosis: Diagnosis, max = MAX_ROWS): readonly LoginRow[] {
  const timed = diagnosis.attempts.flatMap((attempt) =>
    attempt.timing === undefined ? [] : [toLoginRow(attempt, attempt.timing)],
  );
  if (timed.length === 0) return budgetLane(diagnosis);
  return [...timed.filter(({ failed }) => failed), ...timed.filter(({ failed }) => !failed)].slice(0, max);
}

/** `and 7 more logins`, or empty. */
export function moreLoginsText({ attempts }: Diagnosis, max = MAX_ROWS): string {
  const hidden = attempts.filter(({ timing }) => timing !== undefined).length - max;
  return hidden > 0 ? `and ${plural(hidden, 'more login')}` : '';
}

function toLoginRow(attempt: AttemptSummary, timing: Timing): LoginRow {
  const { outcome } = attempt;
  const failed = outcome !== 'succeeded';
  const events = timing.events.filter(({ event, seconds }) => !isFollowed(event, seconds, timing.events));
  const last = Math.max(...events.map(({ seconds }) => seconds));
  const over = events.find(({ event }) => event === 'vpn-ended')?.seconds;
  const vpn = timing.limits.find(({ limit }) => limit === 'vpn')?.seconds;
  // A limit after the end of a login ended nothing.
  const reached = outcome === 'timed-out' && over === undefined ? Math.max(last, vpn ?? 0) : last;
  const limits = timing.limits
    .filter(({ seconds }) => seconds <= reached)
    .filter(({ limit, seconds }) => limit !== 'vpn' || !isNear(seconds, over));
  const ends = [over, vpn !== undefined && vpn <= reached ? vpn : undefined].filter((at) => at !== undefined);
  const ended = failed && ends.length > 0 ? Math.min(...ends) : undefined;
  const [start] = /\d{1,2}:\d{2}:\d{2}/.exec(attempt.startedAt ?? '') ?? [];
  return {
    name: clipName(attempt.user),
    detail: joinTexts([WORDING.outcomes[outcome], start === undefined ? '' : `started ${start}`]),
    failed,
    isKnown: outcome !== 'incomplete',
    ended,
    until: Math.max(last, ended ?? last),
    marks: [
      ...events.map(({ event, seconds }) => ({
        kind: KINDS[event] ?? 'event',
        text:
          event === 'vpn-ended' && isNear(seconds, vpn)
            ? LIMITS.vpn
            : eventText(event, outcome, timing.events),
        seconds,
      })),
      ...limits.map(({ limit, seconds }) => ({
        kind: limit === 'vpn' ? ('gave-up' as const) : ('limit' as const),
        text: LIMITS[limit],
        seconds,
      })),
    ].sort((a, b) => a.seconds - b.seconds),
  };
}

/** Events of the phone within one second count as one: the connection, its answer, and the success. */
const ENDS_IN: Readonly<Partial<Record<Event, readonly Event[]>>> = {
  'phone-connected': ['phone-answered', 'certificate-refused'],
  'phone-answered': ['got-in'],
};

function isFollowed(event: Event, seconds: number, events: Timing['events']): boolean {
  return (ENDS_IN[event] ?? []).some((end) =>
    events.some((each) => each.event === end && isNear(each.seconds, seconds)),
  );
}

function eventText(event: Event, outcome: AttemptSummary['outcome'], events: Timing['events']): string {
  if (event === 'phone-answered' && outcome === 'denied') return DENIED;
  const answered = events.find((each) => each.event === 'phone-answered');
  return event === 'got-in' && answered && isFollowed('phone-answered', answered.seconds, events)
    ? `${EVENTS['phone-answered']}, ${EVENTS[event]}`
    : EVENTS[event];
}

function isNear(a: number, b: number | undefined): boolean {
  return b !== undefined && Math.abs(a - b) <= 1;
}

const KINDS: Readonly<Partial<Record<Event, Mark['kind']>>> = { 'got-in': 'good', 'vpn-ended': 'gave-up' };

/** Without a timed login: how long each limit lets a user approve. */
function budgetLane({ timeBudget }: Diagnosis): readonly LoginRow[] {
  const limits = timeBudget?.limits ?? [];
  const [first] = limits;
  const last = limits.at(-1);
  if (first === undefined || last === undefined) return [];
  return [
    {
      name: 'Time to approve',
      detail: `${formatNumber(first.seconds)} s`,
      failed: false,
      isKnown: true,
      ended: first.seconds,
      until: last.seconds,
      marks: limits.map(({ name, seconds }, index) => ({
        kind: index === 0 ? ('gave-up' as const) : ('limit' as const),
        text: clipName(name),
        seconds,
      })),
    },
  ];
}

function clipName(text: string): string {
  return clip(printableProse(text), MAX_NAME).replace(/… \(.*$/, '…');
}
