import { isSlackUser } from '../../platform/runs/run.ts';
import { countRounds, type Escalation, findHolder, type OutboxEntry } from '../core/escalation.ts';
import { devicesText } from '../core/group.ts';
import { acceptRoute } from '../core/levels.ts';
import { completeEntry, delayEntry, escalateAgain, refuseEntry, repeatReminder } from '../core/machine.ts';
import { recordPerson } from '../core/person.ts';
import { threadLink } from '../core/thread-link.ts';
import type { PagerMessage, PagerRoute, RouteResult } from '../routes/pager-route.ts';
import { noticeMessage, offerMessage, reminderMessage } from '../thread/messages.ts';
import { actorName } from '../thread/people.ts';
import type { ThreadMessage } from '../thread/thread-port.ts';
import type { ThreadResult } from '../thread/thread-result.ts';
import { callLevel, finishLevel } from './call-level.ts';
import { type EngineContext, findEscalationPolicy } from './engine-context.ts';
import { mentionOnce, messageOnce, postDirectOnce, postOnce } from './post-once.ts';

export type Transition = (latest: Escalation) => Escalation;

/**
 * Performs one action and returns the resulting transition. `mayBeDone`: an earlier attempt ended without a recorded
 * result.
 */
export async function performOutboxEntry(
  escalation: Escalation,
  entry: OutboxEntry,
  mayBeDone: boolean,
  parts: EngineContext,
): Promise<Transition> {
  const { kind } = entry;
  if (kind === 'page' || kind === 'call') {
    return findEscalationPolicy(parts, entry.route ?? '') === undefined
      ? await triggerRoute(escalation, entry, parts)
      : await callLevel(escalation, entry, mayBeDone, parts);
  }
  if (kind === 'again') {
    const at = parts.now();
    return (latest) => escalateAgain(latest, entry, at);
  }
  if (kind === 'person') return await callPerson(escalation, entry, mayBeDone, parts);
  if (kind === 'say' || kind === 'offer') {
    const message = kind === 'say' ? noticeMessage(escalation) : offerMessage(escalation);
    return await notifyThread(escalation, entry, mayBeDone, message, parts);
  }
  if (kind === 'remind') return await remind(escalation, entry, mayBeDone, parts);
  if (kind === 'mention' || kind === 'direct') return await finishLevel(escalation, entry, parts);
  return await notifyRoute(escalation, entry, parts);
}

async function triggerRoute(
  escalation: Escalation,
  entry: OutboxEntry,
  parts: EngineContext,
): Promise<Transition> {
  const route = parts.routes.get(entry.route ?? '');
  const result = await callRoute(route, (known) => known.trigger(buildMessage(escalation)), parts);
  const at = parts.now();
  return result.kind === 'accepted'
    ? (latest) => acceptRoute(latest, entry, at, { whom: '' })
    : afterFailure(entry, at, result);
}

/** Acknowledges, resolves or adds a note at the route that accepted the page. */
async function notifyRoute(
  escalation: Escalation,
  entry: OutboxEntry,
  parts: EngineContext,
): Promise<Transition> {
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
  escalation: Escalation,
  entry: OutboxEntry,
  mayBeDone: boolean,
  message: ThreadMessage,
  parts: EngineContext,
): Promise<Transition> {
  const thread = entry.thread ?? escalation.thread;
  const posted = await postOnce(escalation, entry.id, mayBeDone, { thread, message }, parts);
  if (posted.kind === 'done') return (latest) => completeEntry(latest, entry);
  return afterFailure(entry, parts.now(), posted);
}

function afterFailure(
  entry: OutboxEntry,
  at: number,
  result: Exclude<RouteResult | ThreadResult<string>, { kind: 'accepted' } | { kind: 'done' }>,
): Transition {
  if (result.kind === 'later') return (latest) => delayEntry(latest, entry, at, result);
  const reason = result.kind === 'refused' ? result.reason : 'it does not support this.';
  return (latest) => refuseEntry(latest, entry, at, reason);
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
    cause: subject.cause,
    link: threadLink(thread),
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
async function callPerson(
  escalation: Escalation,
  entry: OutboxEntry,
  mayBeDone: boolean,
  parts: EngineContext,
): Promise<(latest: Escalation) => Escalation> {
  const { user = '' } = entry;
  const sent = await messageOnce(escalation, entry, user, mayBeDone, parts);
  const at = parts.now();
  if (sent.kind === 'later') return (latest) => delayEntry(latest, entry, at, sent);
  if (sent.kind === 'refused') return (latest) => refuseEntry(latest, entry, at, sent.reason);
  const mention = await mentionOnce(escalation, entry, `<@${user}>`, mayBeDone, parts);
  return (latest) => recordPerson(latest, entry, at, mention.kind === 'later');
}

/**
 * Reminds the person whose page it is that the page is still open: by direct message, or in the thread if they are not
 * in Slack.
 */
async function remind(
  escalation: Escalation,
  entry: OutboxEntry,
  mayBeDone: boolean,
  parts: EngineContext,
): Promise<(latest: Escalation) => Escalation> {
  if (escalation.state !== 'acknowledged') return (latest) => completeEntry(latest, entry);
  const message = reminderMessage(escalation);
  const { thread } = escalation;
  const user = findHolder(escalation)?.user;
  let sent: ThreadResult<unknown> = { kind: 'refused', reason: 'the person is not in Slack.' };
  if (user !== undefined && isSlackUser(user)) {
    const person = { user, team: thread.team };
    sent = await postDirectOnce(escalation, entry.id, mayBeDone, { person, message }, parts);
  }
  if (sent.kind === 'refused') {
    sent = await postOnce(escalation, entry.id, mayBeDone, { thread, message }, parts);
  }
  const at = parts.now();
  if (sent.kind === 'later') {
    const later = sent;
    return (latest) => delayEntry(latest, entry, at, later);
  }
  return (latest) => repeatReminder(latest, entry, at, parts.settings.remind);
}
