import type { EscalationLevel, Schedule } from '../../platform/config/escalation-types.ts';
import { isSlackUser } from '../../platform/runs/run.ts';
import { countRounds, type Escalation, findHolder } from '../core/escalation.ts';
import { devicesText, listPagedDevices } from '../core/group.ts';
import { acceptRoute, endLevels, recordLevel, skipLevel } from '../core/levels.ts';
import {
  completeEntry,
  delayEntry,
  escalateAgain,
  postponeEntry,
  refuseEntry,
  repeatReminder,
} from '../core/machine.ts';
import { recordPerson } from '../core/person.ts';
import { openableLink } from '../core/thread-link.ts';
import type { PagerMessage, PagerRoute, RouteResult } from '../routes/pager-route.ts';
import { currentSchedules } from '../schedule/current-schedules.ts';
import { listOnCall } from '../schedule/on-call.ts';
import { noticeMessage, offerMessage, reminderMessage } from '../thread/messages.ts';
import { actorName, mentionLevel } from '../thread/people.ts';
import type { ThreadMessage } from '../thread/thread-port.ts';
import type { ThreadResult } from '../thread/thread-result.ts';
import {
  afterFailure,
  type EngineContext,
  findEscalationPolicy,
  measurePolicy,
  type Transition,
} from './engine-context.ts';
import { mentionOnce, messageOnce, type OutboxStep, postDirectOnce, postOnce } from './post-once.ts';

/** Performs one action and returns the resulting transition. */
export async function performOutboxEntry(step: OutboxStep, parts: EngineContext): Promise<Transition> {
  const { escalation, entry } = step;
  const { kind } = entry;
  if (kind === 'page' || kind === 'call') {
    return findEscalationPolicy(parts, entry.route ?? '') === undefined
      ? await triggerRoute(step, parts)
      : await callLevel(step, parts);
  }
  if (kind === 'again') return await pageAgain(step, parts);
  if (kind === 'person') return await callPerson(step, parts);
  if (kind === 'say' || kind === 'offer') {
    const message = kind === 'say' ? noticeMessage(escalation) : offerMessage(escalation);
    return await notifyThread(step, message, parts);
  }
  if (kind === 'remind') return await remind(step, parts);
  if (kind === 'mention' || kind === 'direct') return await finishLevel(step, parts);
  return await notifyRoute(step, parts);
}

/** Waits for the end of the silence where all of its devices are silent. */
async function pageAgain(
  { escalation, entry }: OutboxStep,
  { quietUntil, now }: EngineContext,
): Promise<Transition> {
  const devices = listPagedDevices(escalation).filter((device) => !escalation.recovered.includes(device));
  const ends = await Promise.all(devices.map(quietUntil));
  const until = ends.some((end) => end === undefined) ? undefined : Math.min(...ends.map((end = 0) => end));
  return until === undefined || devices.length === 0
    ? (latest) => escalateAgain(latest, entry, now())
    : (latest) => postponeEntry(latest, entry, until);
}

async function triggerRoute({ escalation, entry }: OutboxStep, parts: EngineContext): Promise<Transition> {
  const route = parts.routes.get(entry.route ?? '');
  const result = await callRoute(route, (known) => known.trigger(buildMessage(escalation)), parts);
  const at = parts.now();
  return result.kind === 'accepted'
    ? (latest) => acceptRoute(latest, entry, at, { whom: '' })
    : afterFailure(entry, at, result);
}

/** Acknowledges, resolves or adds a note at the route that accepted the page. */
async function notifyRoute({ escalation, entry }: OutboxStep, parts: EngineContext): Promise<Transition> {
  const name = entry.route ?? '';
  // A Slack escalation policy needs no call: its thread shows the change.
  if (findEscalationPolicy(parts, name) !== undefined) return (latest) => completeEntry(latest, entry);
  const route = parts.routes.get(name);
  const page = buildMessage(escalation);
  const by = lastActor(escalation);
  const result = await callRoute(
    route,
    (known) => {
      if (entry.kind === 'note') return known.note(page, entry.text ?? '');
      return entry.kind === 'acknowledge' ? known.acknowledge(page, by) : known.resolve(page, by, entry.text);
    },
    parts,
  );
  if (result.kind === 'accepted' || result.kind === 'unsupported') {
    return (latest) => completeEntry(latest, entry);
  }
  return afterFailure(entry, parts.now(), result);
}

async function notifyThread(
  step: OutboxStep,
  message: ThreadMessage,
  parts: EngineContext,
): Promise<Transition> {
  const { escalation, entry } = step;
  const thread = entry.thread ?? escalation.thread;
  const posted = await postOnce(step, entry.id, { thread, message }, parts);
  if (posted.kind === 'done') return (latest) => completeEntry(latest, entry);
  return afterFailure(entry, parts.now(), posted);
}

/** An unreadable secret or a programming error must not keep the next route from being tried. */
async function callRoute(
  route: PagerRoute | undefined,
  call: (route: PagerRoute) => Promise<RouteResult>,
  { logger }: EngineContext,
): Promise<RouteResult> {
  if (route === undefined) return { kind: 'refused', reason: 'it is no longer in the inventory.' };
  try {
    return await call(route);
  } catch (error) {
    logger.error({ err: error, route: route.name }, 'a route failed');
    return { kind: 'refused', reason: 'it is not configured correctly; see the log.' };
  }
}

function buildMessage(escalation: Escalation): PagerMessage {
  const { id, key, text, subject, thread, openedAt, joined } = escalation;
  return {
    key,
    escalationId: id,
    summary: joined.length === 0 ? text.summary : `${text.summary} (and ${joined.length} more)`,
    details: joined.length === 0 ? text.details : `${devicesText(escalation)}\n\n${text.details}`,
    severity: subject.severity,
    device: subject.device,
    customer: subject.customer,
    site: subject.site,
    cause: subject.cause,
    link: openableLink(thread),
    thread,
    openedAt,
    round: countRounds(escalation),
  };
}

function lastActor({ history }: Escalation): string {
  const last = history.findLast(({ by }) => by !== undefined);
  return last?.by === undefined ? 'ftm-check' : actorName(last.by);
}

/**
 * Pages a chosen person as a level does: by direct message, and with a mention in the thread. The person counts as
 * paged when Slack took the direct message.
 */
async function callPerson(step: OutboxStep, parts: EngineContext): Promise<Transition> {
  const { entry } = step;
  const { user = '' } = entry;
  const sent = await messageOnce(step, user, parts);
  const at = parts.now();
  if (sent.kind !== 'done') return afterFailure(entry, at, sent);
  const mention = await mentionOnce(step, `<@${user}>`, parts);
  return (latest) => recordPerson(latest, entry, at, mention.kind === 'later');
}

/**
 * Reminds the person whose page it is that the page is still open: by direct message, or in the thread if they are not
 * in Slack.
 */
async function remind(step: OutboxStep, parts: EngineContext): Promise<Transition> {
  const { escalation, entry } = step;
  if (escalation.state !== 'acknowledged') return (latest) => completeEntry(latest, entry);
  const message = reminderMessage(escalation);
  const { thread } = escalation;
  const user = findHolder(escalation)?.user;
  let sent: ThreadResult<unknown> = { kind: 'refused', reason: 'the person is not in Slack.' };
  if (user !== undefined && isSlackUser(user)) {
    const person = { user, team: thread.team };
    sent = await postDirectOnce(step, entry.id, { person, message }, parts);
  }
  if (sent.kind === 'refused') {
    sent = await postOnce(step, entry.id, { thread, message }, parts);
  }
  const at = parts.now();
  if (sent.kind === 'later') return afterFailure(entry, at, sent);
  return (latest) => repeatReminder(latest, entry, at, parts.settings.remind);
}

/**
 * Calls one level of a Slack escalation policy: a mention in the thread, and a direct message to each person. Only a
 * person whose direct message Slack took counts as reached, because Slack does not notify people outside the channel
 * of a mention.
 */
async function callLevel(step: OutboxStep, parts: EngineContext): Promise<Transition> {
  const { escalation, entry } = step;
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
  const mention = await mentionOnce(step, whom, parts);
  const sent = new Map<string, Awaited<ReturnType<typeof messageOnce>>>();
  for (const user of people.value) {
    sent.set(user, await messageOnce(step, user, parts));
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
async function finishLevel(step: OutboxStep, parts: EngineContext): Promise<Transition> {
  const { entry } = step;
  const { kind, user = '', text = '' } = entry;
  const sent =
    kind === 'direct' ? await messageOnce(step, user, parts) : await mentionOnce(step, text, parts);
  if (sent.kind === 'done') return (latest) => completeEntry(latest, entry);
  return afterFailure(entry, parts.now(), sent);
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
