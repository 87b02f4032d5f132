import {
  countRounds,
  type Escalation,
  type HistoryEntry,
  type OutboxEntry,
  ROUND_ENDS,
} from './escalation.ts';
import { failRoute, startNextRoute } from './machine.ts';
import { callEntry, directEntry, mentionEntry, noteEntry, withoutEntry } from './outbox-entries.ts';

/** The number of levels of a Slack escalation policy, and the milliseconds between them. */
export interface PolicyShape {
  readonly levels: number;
  readonly every: number;
}

/** The people of a level that were reached, and the messages that Slack did not accept yet. */
export interface LevelResult {
  /** Slack mrkdwn. */
  readonly whom: string;
  /** People whose direct message is tried again. */
  readonly later?: readonly string[];
  /** Whether the message in the thread is tried again. */
  readonly mentionLater?: boolean;
}

const RETRY_DELAY_MS = 5000;

/** A provider took the page, or a person of a Slack escalation policy got it. */
export function acceptRoute(
  escalation: Escalation,
  entry: OutboxEntry,
  at: number,
  { policy, ...result }: LevelResult & { readonly policy?: PolicyShape | undefined },
): Escalation {
  const route = entry.route ?? '';
  const next = withoutEntry(escalation, entry.id);
  const notes = next.laterRuns.map((runId) => noteEntry(runId, route, seenAgainText(next, runId), at));
  return {
    ...next,
    state: next.state === 'confirmed' ? 'paged' : next.state,
    accepted: next.accepted.includes(route) ? next.accepted : [...next.accepted, route],
    outbox: [
      ...next.outbox,
      ...(policy === undefined ? notes : levelEntries(next, entry, at, result, policy)),
    ],
    history: [...next.history, { at, what: 'paged', route, whom: result.whom }],
  };
}

/** A further level was reached. */
export function recordLevel(
  escalation: Escalation,
  entry: OutboxEntry,
  at: number,
  { policy, ...result }: LevelResult & { readonly policy: PolicyShape },
): Escalation {
  const route = entry.route ?? '';
  // The levels before reached no person.
  if (!wasReached(escalation, route)) return acceptRoute(escalation, entry, at, { policy, ...result });
  const next = withoutEntry(escalation, entry.id);
  return {
    ...next,
    outbox: [...next.outbox, ...levelEntries(next, entry, at, result, policy)],
    history: [...next.history, { at, what: 'called', route, whom: result.whom }],
  };
}

/** The page reached no person of this level: the next level is called at once. */
export function skipLevel(
  escalation: Escalation,
  entry: OutboxEntry,
  at: number,
  { whom, reason }: { readonly whom: string; readonly reason: string },
): Escalation {
  const next = withoutEntry(escalation, entry.id);
  const { route } = entry;
  return {
    ...next,
    outbox: [...next.outbox, nextCall(next, entry, at)],
    history: [...next.history, { at, what: 'not-reached', route, whom, reason }],
  };
}

/** All levels were called. */
export function endLevels(escalation: Escalation, entry: OutboxEntry, at: number): Escalation {
  const route = entry.route ?? '';
  if (!wasReached(escalation, route)) {
    return failRoute(escalation, entry, at, 'nobody of its levels could be reached.');
  }
  const next = withoutEntry(escalation, entry.id);
  const ended: HistoryEntry = { at, what: 'levels-ended', route };
  return startNextRoute({ ...next, history: [...next.history, ended] }, route, at);
}

/** The rest of this level, and the next one. */
function levelEntries(
  escalation: Escalation,
  entry: OutboxEntry,
  at: number,
  { whom, later = [], mentionLater = false }: LevelResult,
  { every }: PolicyShape,
): readonly OutboxEntry[] {
  const again = at + RETRY_DELAY_MS;
  return [
    nextCall(escalation, entry, at + every),
    ...(mentionLater ? [mentionEntry(entry, whom, again)] : []),
    ...later.map((user) => directEntry(entry, user, again)),
  ];
}

/** The entry after the last level reports that the page has no answer and starts the next route. */
function nextCall(escalation: Escalation, { route = '', level = 0 }: OutboxEntry, at: number): OutboxEntry {
  const next = level + 1;
  const round = countRounds(escalation);
  // Each round has its own ids: a message of the round before must not count as the message of this one.
  const id = `call:${route}:${next}${round === 0 ? '' : `:${round}`}`;
  return callEntry(id, route, next, at);
}

/** Whether a person got the page by this route since its first level was called last. */
function wasReached({ history }: Escalation, route: string): boolean {
  const round = history.slice(history.findLastIndex(({ what }) => ROUND_ENDS.has(what)) + 1);
  return round.some((each) => each.route === route && (each.what === 'paged' || each.what === 'called'));
}

function seenAgainText({ text }: Escalation, runId: string): string {
  return `Seen again (${runId}): ${text.summary}`;
}
