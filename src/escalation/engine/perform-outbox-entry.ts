import type { Escalation, OutboxEntry, ThreadRef } from '../core/escalation.ts';
import { entryDelayed, entryDone, entryRefused, levelCalled, routeAccepted } from '../core/machine.ts';
import { threadLink } from '../core/thread-link.ts';
import type { Page, PagerRoute, RouteResult } from '../routes/page-route.ts';
import { levelMessage, noticeMessage, offerMessage } from '../thread/messages.ts';
import { actorName, mentionOf } from '../thread/people.ts';
import type { ThreadMessage, ThreadResult } from '../thread/thread-port.ts';
import { type EngineContext, escalationPolicyOf, policyShapeOf } from './engine-context.ts';

export type Transition = (latest: Escalation) => Escalation;

/** Does one thing in the world and says what that changes. `mayBeDone`: an earlier try did not live to tell. */
export async function performOutboxEntry(
  escalation: Escalation,
  effect: OutboxEntry,
  mayBeDone: boolean,
  parts: EngineContext,
): Promise<Transition> {
  const { kind } = effect;
  if (kind === 'page' || kind === 'call') {
    return escalationPolicyOf(parts, effect.route ?? '') === undefined
      ? await pageByRoute(escalation, effect, parts)
      : await climb(escalation, effect, mayBeDone, parts);
  }
  if (kind === 'say' || kind === 'offer') {
    const message = kind === 'say' ? noticeMessage(escalation) : offerMessage(escalation);
    return await sayIn(escalation, effect, mayBeDone, message, parts);
  }
  return await tellRoute(escalation, effect, parts);
}

async function pageByRoute(
  escalation: Escalation,
  effect: OutboxEntry,
  parts: EngineContext,
): Promise<Transition> {
  const route = parts.routes.get(effect.route ?? '');
  const result = await ask(route, (known) => known.trigger(pageOf(escalation)), parts);
  const at = parts.now();
  return result.kind === 'accepted'
    ? (latest) => routeAccepted(latest, effect, at, { whom: '' })
    : afterFailure(effect, at, result);
}

/** Acknowledges, resolves or adds a note where the page was taken. */
async function tellRoute(
  escalation: Escalation,
  effect: OutboxEntry,
  parts: EngineContext,
): Promise<Transition> {
  const name = effect.route ?? '';
  // The thread itself is what a Slack ladder shows.
  if (escalationPolicyOf(parts, name) !== undefined) return (latest) => entryDone(latest, effect);
  const route = parts.routes.get(name);
  const page = pageOf(escalation);
  const by = lastActor(escalation);
  const result = await ask(
    route,
    (known) => {
      if (effect.kind === 'note') return known.note(page, effect.text ?? '');
      return effect.kind === 'acknowledge' ? known.acknowledge(page, by) : known.resolve(page, by);
    },
    parts,
  );
  if (result.kind === 'accepted' || result.kind === 'unsupported') {
    return (latest) => entryDone(latest, effect);
  }
  return afterFailure(effect, parts.now(), result);
}

async function climb(
  escalation: Escalation,
  effect: OutboxEntry,
  mayBeDone: boolean,
  parts: EngineContext,
): Promise<Transition> {
  const route = effect.route ?? '';
  const ladder = escalationPolicyOf(parts, route);
  const rung = ladder?.ladder[effect.rung ?? 0];
  if (ladder === undefined || (rung === undefined && effect.rung !== ladder.ladder.length)) {
    return (latest) => entryRefused(latest, effect, parts.now(), 'the steps of the route were changed.');
  }
  const shape = policyShapeOf(ladder);
  if (rung === undefined)
    return (latest) => levelCalled(latest, effect, parts.now(), { whom: '', ladder: shape });

  const called = mentionOf(rung, parts.settings.schedules, parts.now());
  const whom = 'mention' in called ? called.mention : `nobody (${called.nobody})`;
  const message = levelMessage(escalation, whom, effect.rung ?? 0);
  const posted = await postOnce(escalation, effect, mayBeDone, escalation.thread, message, parts, true);
  const at = parts.now();
  if (posted.kind !== 'done') return afterFailure(effect, at, posted);
  return effect.kind === 'page'
    ? (latest) => routeAccepted(latest, effect, at, { whom, ladder: shape })
    : (latest) => levelCalled(latest, effect, at, { whom, ladder: shape });
}

async function sayIn(
  escalation: Escalation,
  effect: OutboxEntry,
  mayBeDone: boolean,
  message: ThreadMessage,
  parts: EngineContext,
): Promise<Transition> {
  const thread = effect.thread ?? escalation.thread;
  const posted = await postOnce(escalation, effect, mayBeDone, thread, message, parts);
  if (posted.kind === 'done') return (latest) => entryDone(latest, effect);
  return afterFailure(effect, parts.now(), posted);
}

/** Posting has no idempotency key, so whenever it may have happened before we look first. */
async function postOnce(
  escalation: Escalation,
  effect: OutboxEntry,
  mayBeDone: boolean,
  thread: ThreadRef,
  message: ThreadMessage,
  { thread: slack }: EngineContext,
  alsoInChannel = false,
): Promise<ThreadResult<string>> {
  const mark = `${escalation.id}/${effect.id}`;
  if (mayBeDone) {
    const found = await slack.find(thread, mark, escalation.openedAt);
    if (found.kind !== 'done') return found;
    if (found.value !== undefined) return { kind: 'done', value: found.value };
  }
  return await slack.post(thread, message, mark, { alsoInChannel });
}

function afterFailure(
  effect: OutboxEntry,
  at: number,
  result: Exclude<RouteResult | ThreadResult<string>, { kind: 'accepted' } | { kind: 'done' }>,
): Transition {
  if (result.kind === 'later') return (latest) => entryDelayed(latest, effect, at, result);
  const reason = result.kind === 'refused' ? result.reason : 'it does not support this.';
  return (latest) => entryRefused(latest, effect, at, reason);
}

/** A secret that cannot be read, or a mistake of ours, must not stop the next route from being tried. */
async function ask(
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
