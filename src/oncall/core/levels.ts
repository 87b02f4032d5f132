import { countRounds, type Escalation, type OutboxEntry, ROUND_ENDS } from './escalation.ts';
import { failRoute, newEntry, type Performed, retryEntry, settle, startNextRoute } from './machine.ts';

/** The people of a level that were reached, and the messages that Slack did not accept yet. */
interface LevelResult {
  /** Slack mrkdwn. */
  readonly whom: string;
  /** Milliseconds between the levels of a Slack escalation policy. Absent for a provider. */
  readonly every?: number;
  /** People whose direct message is tried again. */
  readonly later?: readonly string[];
  /** Whether the message in the thread is tried again. */
  readonly mentionLater?: boolean;
}

/** A provider took the page, or a person of a Slack escalation policy got it. */
export function acceptRoute(
  escalation: Escalation,
  { entry, at }: Performed,
  result: LevelResult,
): Escalation {
  const route = entry.route ?? '';
  const { accepted, state, laterRuns, text } = escalation;
  const notes = laterRuns.map((runId) => {
    const note = `Seen again (${runId}): ${text.summary}`;
    return newEntry('note', `${runId}:${route}`, at, { route, text: note });
  });
  return settle(escalation, entry, {
    state: state === 'confirmed' ? 'paged' : state,
    accepted: accepted.includes(route) ? accepted : [...accepted, route],
    outbox: result.every === undefined ? notes : levelEntries(escalation, { entry, at }, result),
    history: [{ at, what: 'paged', route, whom: result.whom }],
  });
}

export function recordLevel(
  escalation: Escalation,
  { entry, at }: Performed,
  result: LevelResult,
): Escalation {
  const route = entry.route ?? '';
  // The levels before reached no person.
  if (!wasReached(escalation, route)) return acceptRoute(escalation, { entry, at }, result);
  return settle(escalation, entry, {
    outbox: levelEntries(escalation, { entry, at }, result),
    history: [{ at, what: 'called', route, whom: result.whom }],
  });
}

/** The page reached no person of this level: the next level is called at once. */
export function skipLevel(
  escalation: Escalation,
  { entry, at }: Performed,
  { whom, reason }: { readonly whom: string; readonly reason: string },
): Escalation {
  return settle(escalation, entry, {
    outbox: [nextCall(escalation, entry, at)],
    history: [{ at, what: 'not-reached', route: entry.route, whom, reason }],
  });
}

export function endLevels(escalation: Escalation, { entry, at }: Performed): Escalation {
  const route = entry.route ?? '';
  if (!wasReached(escalation, route)) {
    return failRoute(escalation, { entry, at }, 'nobody of its levels could be reached.');
  }
  const ended = settle(escalation, entry, { history: [{ at, what: 'levels-ended', route }] });
  return startNextRoute(ended, route, at);
}

/** The rest of this level, and the next one. */
function levelEntries(
  escalation: Escalation,
  { entry, at }: Performed,
  { whom, every = 0, later = [], mentionLater = false }: LevelResult,
): OutboxEntry[] {
  return [
    nextCall(escalation, entry, at + every),
    ...(mentionLater ? [retryEntry('mention', entry, at, whom)] : []),
    ...later.map((user) => retryEntry('direct', entry, at, user)),
  ];
}

/** The entry after the last level reports that the page has no answer and starts the next route. */
function nextCall(escalation: Escalation, { route = '', level = 0 }: OutboxEntry, at: number): OutboxEntry {
  const next = level + 1;
  const round = countRounds(escalation);
  // Each round has its own ids: a message of the round before must not count as the message of this one.
  const key = `${route}:${next}${round === 0 ? '' : `:${round}`}`;
  return newEntry('call', key, at, { route, level: next });
}

/** Whether a person got the page by this route since its first level was called last. */
function wasReached({ history }: Escalation, route: string): boolean {
  const round = history.slice(history.findLastIndex(({ what }) => ROUND_ENDS.has(what)) + 1);
  return round.some((each) => each.route === route && (each.what === 'paged' || each.what === 'called'));
}
