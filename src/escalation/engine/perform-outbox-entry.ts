import type { Escalation, OutboxEntry, ThreadRef } from '../core/escalation.ts';
import { entryDelayed, entryDone, entryRefused, levelCalled, routeAccepted } from '../core/machine.ts';
import { threadLink } from '../core/thread-link.ts';
import type { Page, PagerRoute, RouteResult } from '../routes/page-route.ts';
import { levelMessage, noticeMessage, offerMessage } from '../thread/messages.ts';
import { actorName, mentionOf } from '../thread/people.ts';
import type { ThreadMessage, ThreadResult } from '../thread/thread-port.ts';
import { type EngineContext, escalationPolicyOf, policyShapeOf } from './engine-context.ts';

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
    return escalationPolicyOf(parts, entry.route ?? '') === undefined
      ? await pageByRoute(escalation, entry, parts)
      : await escalate(escalation, entry, mayBeDone, parts);
  }
  if (kind === 'say' || kind === 'offer') {
    const message = kind === 'say' ? noticeMessage(escalation) : offerMessage(escalation);
    return await notifyThread(escalation, entry, mayBeDone, message, parts);
  }
  return await notifyRoute(escalation, entry, parts);
}

async function pageByRoute(
  escalation: Escalation,
  entry: OutboxEntry,
  parts: EngineContext,
): Promise<Transition> {
  const route = parts.routes.get(entry.route ?? '');
  const result = await callRoute(route, (known) => known.trigger(pageOf(escalation)), parts);
  const at = parts.now();
  return result.kind === 'accepted'
    ? (latest) => routeAccepted(latest, entry, at, { whom: '' })
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
  if (escalationPolicyOf(parts, name) !== undefined) return (latest) => entryDone(latest, entry);
  const route = parts.routes.get(name);
  const page = pageOf(escalation);
  const by = lastActor(escalation);
  const result = await callRoute(
    route,
    (known) => {
      if (entry.kind === 'note') return known.note(page, entry.text ?? '');
      return entry.kind === 'acknowledge' ? known.acknowledge(page, by) : known.resolve(page, by);
    },
    parts,
  );
  if (result.kind === 'accepted' || result.kind === 'unsupported') {
    return (latest) => entryDone(latest, entry);
  }
  return afterFailure(entry, parts.now(), result);
}

async function escalate(
  escalation: Escalation,
  entry: OutboxEntry,
  mayBeDone: boolean,
  parts: EngineContext,
): Promise<Transition> {
  const route = entry.route ?? '';
  const ladder = escalationPolicyOf(parts, route);
  const rung = ladder?.ladder[entry.rung ?? 0];
  if (ladder === undefined || (rung === undefined && entry.rung !== ladder.ladder.length)) {
    return (latest) => entryRefused(latest, entry, parts.now(), 'the steps of the route were changed.');
  }
  const shape = policyShapeOf(ladder);
  if (rung === undefined)
    return (latest) => levelCalled(latest, entry, parts.now(), { whom: '', ladder: shape });

  const called = mentionOf(rung, parts.settings.schedules, parts.now());
  const whom = 'mention' in called ? called.mention : `nobody (${called.nobody})`;
  const message = levelMessage(escalation, whom, entry.rung ?? 0);
  const posted = await postOnce(escalation, entry, mayBeDone, escalation.thread, message, parts, true);
  const at = parts.now();
  if (posted.kind !== 'done') return afterFailure(entry, at, posted);
  return entry.kind === 'page'
    ? (latest) => routeAccepted(latest, entry, at, { whom, ladder: shape })
    : (latest) => levelCalled(latest, entry, at, { whom, ladder: shape });
}

async function notifyThread(
  escalation: Escalation,
  entry: OutboxEntry,
  mayBeDone: boolean,
  message: ThreadMessage,
  parts: EngineContext,
): Promise<Transition> {
  const thread = entry.thread ?? escalation.thread;
  const posted = await postOnce(escalation, entry, mayBeDone, thread, message, parts);
  if (posted.kind === 'done') return (latest) => entryDone(latest, entry);
  return afterFailure(entry, parts.now(), posted);
}

/** Posting has no idempotency key, so an attempt that may have succeeded is looked up first. */
async function postOnce(
  escalation: Escalation,
  entry: OutboxEntry,
  mayBeDone: boolean,
  thread: ThreadRef,
  message: ThreadMessage,
  { thread: slack }: EngineContext,
  alsoInChannel = false,
): Promise<ThreadResult<string>> {
  const mark = `${escalation.id}/${entry.id}`;
  if (mayBeDone) {
    const found = await slack.find(thread, mark, escalation.openedAt);
    if (found.kind !== 'done') return found;
    if (found.value !== undefined) return { kind: 'done', value: found.value };
  }
  return await slack.post(thread, message, mark, { alsoInChannel });
}

function afterFailure(
  entry: OutboxEntry,
  at: number,
  result: Exclude<RouteResult | ThreadResult<string>, { kind: 'accepted' } | { kind: 'done' }>,
): Transition {
  if (result.kind === 'later') return (latest) => entryDelayed(latest, entry, at, result);
  const reason = result.kind === 'refused' ? result.reason : 'it does not support this.';
  return (latest) => entryRefused(latest, entry, at, reason);
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

function pageOf({ id, key, text, subject, impact, thread, openedAt }: Escalation): Page {
  return {
    key,
    escalationId: id,
    summary: text.summary,
    details: impact === undefined ? text.details : `Impact: ${impact}\n\n${text.details}`,
    severity: subject.severity,
    device: subject.device,
    cause: subject.cause,
    link: threadLink(thread),
    thread,
    openedAt,
  };
}

function lastActor({ history }: Escalation): string {
  const last = history.findLast(({ by }) => by !== undefined);
  return last?.by === undefined ? 'ftm-check' : actorName(last.by);
}
