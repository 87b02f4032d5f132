import type { EscalationLevel, Schedule } from '../../platform/config/escalation-schema.ts';
import { isSlackUser } from '../../platform/runs/run.ts';
import { countRounds, type Escalation, findHolder } from '../core/escalation.ts';
import { devicesText, listPagedDevices } from '../core/group.ts';
import { acceptRoute, endLevels, recordLevel, skipLevel } from '../core/levels.ts';
import {
  changeEntry,
  delayEntry,
  escalateAgain,
  recordPerson,
  refuseEntry,
  repeatReminder,
  settle,
} from '../core/machine.ts';
import { openableLink } from '../core/threads.ts';
import type { PagerMessage, PagerRoute, RouteResult } from '../routes/pager-route.ts';
import { currentSchedules } from '../schedule/current-schedules.ts';
import { listOnCall } from '../schedule/on-call.ts';
import { noticeMessage, offerMessage, reminderMessage } from '../thread/messages.ts';
import { actorName, mentionLevel } from '../thread/people.ts';
import type { ThreadMessage } from '../thread/thread-port.ts';
import type { ThreadResult } from '../thread/thread-result.ts';
import { findEscalationPolicy } from './engine-context.ts';
import { mentionOnce, messageOnce, type OutboxStep, postOnce } from './post-once.ts';

/** What an entry that was performed makes of the latest version. */
type Transition = (latest: Escalation) => Escalation;

export async function performOutboxEntry(step: OutboxStep): Promise<Transition> {
  const { escalation, entry } = step;
  switch (entry.kind) {
    case 'page':
    case 'call':
      return findEscalationPolicy(step, entry.route) === undefined
        ? await triggerRoute(step)
        : await callLevel(step);
    case 'again':
      return await pageAgain(step);
    case 'person':
      return await callPerson(step);
    case 'say':
      return await notifyThread(step, noticeMessage(escalation));
    case 'offer':
      return await notifyThread(step, offerMessage(escalation));
    case 'remind':
      return await remind(step);
    // Messages that Slack did not accept when the level was called.
    case 'mention':
      return afterMessage(step, await mentionOnce(step, entry.text ?? ''));
    case 'direct':
      return afterMessage(step, await messageOnce(step, entry.user ?? ''));
    case 'note':
    case 'acknowledge':
    case 'resolve':
      break;
  }
  return await notifyRoute(step);
}

function completeEntry({ entry }: OutboxStep): Transition {
  return (latest) => settle(latest, entry);
}

/** A provider or Slack did not do what an entry asks for. */
function afterFailure(
  { entry, now }: OutboxStep,
  result: Exclude<RouteResult | ThreadResult<unknown>, { kind: 'accepted' } | { kind: 'done' }>,
): Transition {
  const at = now();
  if (result.kind === 'later') return (latest) => delayEntry(latest, { entry, at }, result);
  const reason = result.kind === 'refused' ? result.reason : 'it does not support this.';
  return (latest) => refuseEntry(latest, { entry, at }, reason);
}

function afterMessage(step: OutboxStep, sent: ThreadResult<unknown>): Transition {
  return sent.kind === 'done' ? completeEntry(step) : afterFailure(step, sent);
}

/** Waits for the end of the silence where all of its devices are silent. */
async function pageAgain({ escalation, entry, quietUntil, now }: OutboxStep): Promise<Transition> {
  const devices = listPagedDevices(escalation).filter((device) => !escalation.recovered.includes(device));
  const ends = await Promise.all(devices.map(quietUntil));
  const until = ends.some((end) => end === undefined) ? undefined : Math.min(...ends.map((end = 0) => end));
  // This counts as no attempt.
  return until === undefined || devices.length === 0
    ? (latest) => escalateAgain(latest, { entry, at: now() })
    : (latest) => changeEntry(latest, entry.id, { notBefore: until });
}

async function triggerRoute(step: OutboxStep): Promise<Transition> {
  const { escalation, entry, now } = step;
  const result = await callRoute(step, (route) => route.trigger(buildMessage(escalation)));
  return result.kind === 'accepted'
    ? (latest) => acceptRoute(latest, { entry, at: now() }, { whom: '' })
    : afterFailure(step, result);
}

/** Acknowledges, resolves or adds a note at the route that accepted the page. */
async function notifyRoute(step: OutboxStep): Promise<Transition> {
  const { escalation, entry } = step;
  // A Slack escalation policy needs no call: its thread shows the change.
  if (findEscalationPolicy(step, entry.route) !== undefined) return completeEntry(step);
  const page = buildMessage(escalation);
  const last = escalation.history.findLast((event) => event.by !== undefined)?.by;
  const by = last === undefined ? 'ftm-check' : actorName(last);
  const result = await callRoute(step, (route) => {
    if (entry.kind === 'note') return route.note(page, entry.text ?? '');
    return entry.kind === 'acknowledge' ? route.acknowledge(page, by) : route.resolve(page, by, entry.text);
  });
  return result.kind === 'accepted' || result.kind === 'unsupported'
    ? completeEntry(step)
    : afterFailure(step, result);
}

async function notifyThread(step: OutboxStep, message: ThreadMessage): Promise<Transition> {
  const { escalation, entry } = step;
  const to = entry.thread ?? escalation.thread;
  return afterMessage(step, await postOnce(step, { id: entry.id, to, message }));
}

/** An unreadable secret or a programming error must not keep the next route from being tried. */
async function callRoute(
  { entry, routes, logger }: OutboxStep,
  call: (route: PagerRoute) => Promise<RouteResult>,
): Promise<RouteResult> {
  const route = routes.get(entry.route ?? '');
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

/**
 * Pages a chosen person as a level does: by direct message, and with a mention in the thread. The person counts as
 * paged when Slack took the direct message.
 */
async function callPerson(step: OutboxStep): Promise<Transition> {
  const { entry, now } = step;
  const { user = '' } = entry;
  const sent = await messageOnce(step, user);
  if (sent.kind !== 'done') return afterFailure(step, sent);
  const at = now();
  const mention = await mentionOnce(step, `<@${user}>`);
  return (latest) => recordPerson(latest, { entry, at }, mention.kind === 'later');
}

/**
 * Reminds the person whose page it is that the page is still open: by direct message, or in the thread if they are not
 * in Slack.
 */
async function remind(step: OutboxStep): Promise<Transition> {
  const { escalation, entry, settings, now } = step;
  if (escalation.state !== 'acknowledged') return completeEntry(step);
  const message = reminderMessage(escalation);
  const { thread } = escalation;
  const user = findHolder(escalation)?.user;
  let sent: ThreadResult<unknown> = { kind: 'refused', reason: 'the person is not in Slack.' };
  if (user !== undefined && isSlackUser(user))
    sent = await postOnce(step, { id: entry.id, to: { user, team: thread.team }, message });
  if (sent.kind === 'refused') sent = await postOnce(step, { id: entry.id, to: thread, message });
  if (sent.kind === 'later') return afterFailure(step, sent);
  const at = now();
  return (latest) => repeatReminder(latest, { entry, at }, settings.remind);
}

/**
 * Calls one level of a Slack escalation policy: a mention in the thread, and a direct message to each person. Only a
 * person whose direct message Slack took counts as reached, because Slack does not notify people outside the channel
 * of a mention.
 */
async function callLevel(step: OutboxStep): Promise<Transition> {
  const { entry, settings, now } = step;
  const policy = findEscalationPolicy(step, entry.route);
  const level = policy?.levels[entry.level ?? 0];
  const at = now();
  if (policy === undefined || (level === undefined && entry.level !== policy.levels.length)) {
    return (latest) => refuseEntry(latest, { entry, at }, 'the levels of the route were changed.');
  }
  if (level === undefined) return (latest) => endLevels(latest, { entry, at });

  const names = 'schedule' in level ? [level.schedule] : [];
  const schedules = await currentSchedules(settings.schedules, names, step);
  const called = mentionLevel(level, schedules, at);
  const people = await listPeople(level, schedules, step);
  if (people.kind === 'later') return (latest) => delayEntry(latest, { entry, at }, people);
  if (people.kind === 'refused' || 'nobody' in called || people.value.length === 0) {
    const reason =
      people.kind === 'refused' ? people.reason : 'nobody' in called ? called.nobody : 'the group is empty';
    const whom = 'mention' in called ? called.mention : '';
    return (latest) => skipLevel(latest, { entry, at }, { whom, reason });
  }

  const whom = called.mention;
  const mention = await mentionOnce(step, whom);
  const sent = new Map<string, ThreadResult<unknown>>();
  for (const user of people.value) sent.set(user, await messageOnce(step, user));
  const results = [...sent.values()];
  if (!results.some(({ kind }) => kind === 'done')) {
    const later = results.find((result) => result.kind === 'later');
    if (later !== undefined) return (latest) => delayEntry(latest, { entry, at }, later);
    const reason = results.find((result) => result.kind === 'refused')?.reason ?? '';
    return (latest) => skipLevel(latest, { entry, at }, { whom, reason });
  }
  const reached = {
    whom,
    every: policy.every,
    later: [...sent].flatMap(([user, { kind }]) => (kind === 'later' ? [user] : [])),
    mentionLater: mention.kind === 'later',
  };
  const record = entry.kind === 'page' ? acceptRoute : recordLevel;
  return (latest) => record(latest, { entry, at }, reached);
}

async function listPeople(
  level: EscalationLevel,
  schedules: ReadonlyMap<string, Schedule>,
  { escalation, thread, now }: OutboxStep,
): Promise<ThreadResult<readonly string[]>> {
  if ('userGroup' in level) return await thread.members(level.userGroup, escalation.thread.team);
  if ('user' in level) return { kind: 'done', value: [level.user] };
  const schedule = schedules.get(level.schedule);
  return { kind: 'done', value: schedule === undefined ? [] : listOnCall(schedule, now(), level) };
}
