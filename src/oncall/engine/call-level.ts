import type { EscalationLevel, Schedule } from '../../platform/config/escalation-types.ts';
import type { Escalation, OutboxEntry } from '../core/escalation.ts';
import { acceptRoute, endLevels, recordLevel, skipLevel } from '../core/levels.ts';
import { completeEntry, delayEntry, refuseEntry } from '../core/machine.ts';
import { currentSchedules } from '../schedule/current-schedules.ts';
import { listOnCall } from '../schedule/on-call.ts';
import { mentionLevel } from '../thread/people.ts';
import type { ThreadResult } from '../thread/thread-result.ts';
import { type EngineContext, findEscalationPolicy, measurePolicy } from './engine-context.ts';
import { mentionOnce, messageOnce } from './post-once.ts';

type Transition = (latest: Escalation) => Escalation;

/**
 * Calls one level of a Slack escalation policy: a mention in the thread, and a direct message to each person. Only a
 * person whose direct message Slack took counts as reached, because Slack does not notify people outside the channel
 * of a mention.
 */
export async function callLevel(
  escalation: Escalation,
  entry: OutboxEntry,
  mayBeDone: boolean,
  parts: EngineContext,
): Promise<Transition> {
  const policy = findEscalationPolicy(parts, entry.route ?? '');
  const level = policy?.levels[entry.level ?? 0];
  const at = parts.now();
  if (policy === undefined || (level === undefined && entry.level !== policy.levels.length)) {
    return (latest) => refuseEntry(latest, entry, at, 'the levels of the route were changed.');
  }
  if (level === undefined) return (latest) => endLevels(latest, entry, at);

  const shape = measurePolicy(policy);
  const names = 'schedule' in level ? [level.schedule] : [];
  const schedules = await currentSchedules(parts.settings.schedules, names, parts);
  const called = mentionLevel(level, schedules, at);
  const people = await listPeople(level, schedules, escalation, parts);
  if (people.kind === 'later') return (latest) => delayEntry(latest, entry, at, people);
  if (people.kind === 'refused' || 'nobody' in called || people.value.length === 0) {
    const reason =
      people.kind === 'refused' ? people.reason : 'nobody' in called ? called.nobody : 'the group is empty';
    const whom = 'mention' in called ? called.mention : '';
    return (latest) => skipLevel(latest, entry, at, { whom, reason });
  }

  const whom = called.mention;
  const mention = await mentionOnce(escalation, entry, whom, mayBeDone, parts);
  const sent = new Map<string, Awaited<ReturnType<typeof messageOnce>>>();
  for (const user of people.value) {
    sent.set(user, await messageOnce(escalation, entry, user, mayBeDone, parts));
  }
  const results = [...sent.values()];
  if (!results.some(({ kind }) => kind === 'done')) {
    const later = results.find((result) => result.kind === 'later');
    if (later !== undefined) return (latest) => delayEntry(latest, entry, at, later);
    const refused = results.find((result) => result.kind === 'refused');
    const reason = refused?.reason ?? '';
    return (latest) => skipLevel(latest, entry, at, { whom, reason });
  }
  const reached = {
    whom,
    policy: shape,
    later: [...sent].flatMap(([user, { kind }]) => (kind === 'later' ? [user] : [])),
    mentionLater: mention.kind === 'later',
  };
  return entry.kind === 'page'
    ? (latest) => acceptRoute(latest, entry, at, reached)
    : (latest) => recordLevel(latest, entry, at, reached);
}

/** Tries again the messages that Slack did not accept when the level was called. */
export async function finishLevel(
  escalation: Escalation,
  entry: OutboxEntry,
  parts: EngineContext,
): Promise<Transition> {
  const { kind, user = '', text = '' } = entry;
  const sent =
    kind === 'direct'
      ? await messageOnce(escalation, entry, user, true, parts)
      : await mentionOnce(escalation, entry, text, true, parts);
  const at = parts.now();
  if (sent.kind === 'done') return (latest) => completeEntry(latest, entry);
  return sent.kind === 'later'
    ? (latest) => delayEntry(latest, entry, at, sent)
    : (latest) => refuseEntry(latest, entry, at, sent.reason);
}

/** The Slack user ids of a level. */
async function listPeople(
  level: EscalationLevel,
  schedules: ReadonlyMap<string, Schedule>,
  { thread: { team } }: Escalation,
  { thread, now }: EngineContext,
): Promise<ThreadResult<readonly string[]>> {
  if ('userGroup' in level) return await thread.members(level.userGroup, team);
  if ('user' in level) return { kind: 'done', value: [level.user] };
  const schedule = schedules.get(level.schedule);
  return { kind: 'done', value: schedule === undefined ? [] : listOnCall(schedule, now(), level) };
}
