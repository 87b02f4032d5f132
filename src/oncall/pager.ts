import type { EscalationRef, OnCall, PagerPreview } from '../bot/requests/on-call-port.ts';
import type { EscalationSettings } from '../platform/config/escalation-schema.ts';
import type { SecretRef } from '../platform/config/inventory-parts.ts';
import type { Dependencies } from '../platform/dependencies.ts';
import type { RunStore } from '../platform/store/run-store.ts';
import { createCalendarStore } from './calendar/calendar-store.ts';
import type { Escalation } from './core/escalation.ts';
import { limitToDevices } from './core/group.ts';
import { answerThread, openableLink } from './core/threads.ts';
import { type AfterAnswerContext, findDeviceName } from './engine/after-answer.ts';
import { draftEscalation } from './engine/draft-escalation.ts';
import { type EngineContext, findEscalationPolicy, labelRoute } from './engine/engine-context.ts';
import { openThreads, planHandover } from './engine/hand-over.ts';
import { isRetryable, processEscalationJob } from './engine/process-job.ts';
import { createQuietUntil } from './engine/silenced-escalations.ts';
import { createAlertIndex } from './intake/alert-index.ts';
import { createFindSilence } from './intake/alertmanager-silences.ts';
import {
  answeredJob,
  CONCURRENCY,
  type EscalationEvent,
  type EscalationQueue,
  eventJob,
  incidentNoteJob,
  openJob,
  personJob,
} from './jobs.ts';
import { createRoutes } from './routes/create-routes.ts';
import { createGetJson, createSendJson } from './routes/send-json.ts';
import { currentSchedules } from './schedule/current-schedules.ts';
import { createEscalationStore } from './store/escalation-store.ts';
import { createShiftStore } from './store/stored-lists.ts';
import { handoverText } from './thread/handover-view.ts';
import { actorText, describeLevel } from './thread/people.ts';
import type { ThreadPort } from './thread/thread-port.ts';

export interface PagerOptions extends Pick<Dependencies, 'inventory' | 'records' | 'logger' | 'now'> {
  /** The current settings. Each job reads them once; an open page uses what is current when it is processed. */
  readonly settings: () => EscalationSettings;
  readonly queue: EscalationQueue;
  readonly runs: Pick<RunStore, 'get' | 'byDevice'>;
  readonly thread: ThreadPort;
  readonly readSecret: (ref: SecretRef) => Promise<string>;
  readonly onHappened?: EngineContext['onHappened'];
  readonly reportToOps?: AfterAnswerContext['reportToOps'];
  /** Time limit for a provider's answer; ten seconds by default. */
  readonly timeoutMs?: number;
}

const PROCESS = {
  concurrency: CONCURRENCY,
  // With pauses of up to five minutes this is three days. A page survives an outage of Slack or Redis.
  attempts: 1000,
  // The work on a page reads no evidence, so a page is not what kills a worker, and killed workers must not end it.
  maxCrashes: 1000,
  backoffMs: 1500,
  timeLimitMs: 5 * 60_000,
} as const;

/** The context of the settings in force; `onChanged` hears of a new one. */
function followContext(
  options: PagerOptions,
  onChanged: (context: AfterAnswerContext) => void,
): () => AfterAnswerContext {
  let context = escalationContext({ ...options, settings: options.settings() });
  return () => {
    const settings = options.settings();
    if (settings === context.settings) return context;
    context = escalationContext({ ...options, settings });
    onChanged(context);
    return context;
  };
}

async function plan(context: AfterAnswerContext): Promise<void> {
  const { handover } = context.settings;
  if (handover !== undefined) await planHandover(handover, context);
}

/** Pages, and the part of `OnCall` that is about them. */
export function createPager(options: PagerOptions) {
  const { settings, queue, runs, logger, now } = options;
  let isWorking = false;
  const current = followContext(options, (parts) => {
    if (isWorking) void plan(parts).catch((error) => logger.warn({ err: error }, 'no handover is scheduled'));
  });

  async function draftFor(runId: string, user: string, requestId: string, impact: string | undefined) {
    const run = await runs.get(runId);
    const thread = run && answerThread(run);
    if (run === undefined || thread === undefined) return undefined;
    return draftEscalation(run, thread, { kind: 'person', user }, settings().order, now(), {
      impact,
      requestId,
      device: findDeviceName(run, current()),
    });
  }

  /** The page with this id, if it has buttons in the channel. */
  async function findShown(escalationId: string, channel: string): Promise<Escalation | undefined> {
    const page = (await current().store.get(escalationId))?.escalation;
    // Only the bot can have posted the buttons of a direct message with it.
    return channel.startsWith('D') || page?.places.includes(channel) ? page : undefined;
  }

  async function about(runId: string): Promise<Escalation | undefined> {
    const draft = await draftFor(runId, '', '', undefined);
    return draft && (await current().store.lastByKey(draft.key))?.escalation;
  }

  async function findOpenShown(escalationId: string, channel: string): Promise<Escalation | undefined> {
    const page = await findShown(escalationId, channel);
    return page?.state === 'resolved' ? undefined : page;
  }

  async function openAbout(aliases: readonly string[]) {
    const visible = new Set(aliases.map((alias) => alias.toLowerCase()));
    const open = await openThreads(current());
    return open.flatMap(({ escalation, last }) =>
      limitToDevices(escalation, visible).map((shown) => ({ escalation: shown, last })),
    );
  }

  const onCall: Pick<
    OnCall,
    'preview' | 'confirm' | 'find' | 'findAbout' | 'press' | 'callPerson' | 'findOnlyOpenRun' | 'handover'
  > = {
    async find(id, { user, channel }) {
      const found = await findShown(id, channel);
      if (found === undefined) return undefined;
      return {
        id,
        channel,
        alias: found.subject.alias,
        isCalled: await isCalled(found, user, options.thread),
        ...toTaken(found),
      };
    },
    async findAbout({ id }, person) {
      const page = await about(id);
      return page && (await onCall.find(page.id, person));
    },
    async preview(run) {
      const draft = await draftFor(run.id, '', '', undefined);
      if (draft === undefined) return undefined;
      const open = await current().store.openByKey(draft.key);
      const { schedules: planned } = settings();
      const schedules = await currentSchedules(planned, [...planned.keys()], current());
      return {
        ...draft.text,
        routes: settings().order.map((route) => describeRoute(route, schedules, current())),
        open: open && { link: openableLink(open.escalation.thread) },
      };
    },
    async confirm({ act, run, requestId, impact, person }) {
      const { user } = act.caller;
      const draft = await draftFor(run.id, user, requestId, impact);
      if (draft === undefined) return 'gone';
      const open = await current().store.openByKey(draft.key);
      const by = { via: 'slack', user };
      const chosen =
        person === undefined
          ? {}
          : ({ person: { id: requestId, user: person, role: 'responder', by } } as const);
      await queue.enqueue(openJob({ ...draft, ...chosen }));
      return open === undefined ? 'paging' : 'added';
    },
    async press({ act, escalation: { id, channel }, name, requestId, note }) {
      const page = await findOpenShown(id, channel);
      if (page === undefined) return false;
      const kind = act.verb === 'acknowledge' ? 'acknowledged' : 'resolved';
      const by = { via: 'slack', user: act.caller.user, name };
      await queue.enqueue(eventJob(page.key, { kind, by, note }, requestId));
      return true;
    },
    async callPerson({ act, escalation: { id, channel }, person, role, requestId }) {
      const page = await findOpenShown(id, channel);
      if (page === undefined) return false;
      const by = { via: 'slack', user: act.caller.user };
      await queue.enqueue(personJob(page, { id: requestId, user: person, role, by }));
      return true;
    },
    async findOnlyOpenRun(aliases) {
      const [only, ...others] = await openAbout(aliases);
      return others.length > 0 ? undefined : only?.escalation.runId;
    },
    async handover(aliases) {
      return handoverText(await openAbout(aliases));
    },
  };
  return {
    ...onCall,
    findShown,
    /** Handles a provider's event about the page with this key. */
    async receiveEvent(key: string, event: EscalationEvent, eventId: string) {
      await queue.enqueue(eventJob(key, event, eventId));
    },
    /** Called when a run has its final answer, or an outcome that Slack does not take yet (`early`); safe to call again. */
    onAnswered: async (runId: string, options?: { readonly early?: boolean }) => {
      await queue.enqueue(answeredJob(runId, options));
    },
    /** Writes the findings of a run into the incident of an alert, now or when there is an answer. */
    async sendNotes(runId: string, alertId: string) {
      await queue.enqueue(incidentNoteJob(runId, alertId));
    },
    about,
    openPages: async () => {
      const open = await current().store.open();
      return open.map(({ state, openedAt }) => ({ isAcknowledged: state === 'acknowledged', openedAt }));
    },
    labelRoute: (route: string) => labelRoute(current(), route),
    async work() {
      await queue.process((job, context) => processEscalationJob(job, context, current()), {
        ...PROCESS,
        retryable: isRetryable,
      });
      isWorking = true;
      await plan(current());
    },
  };
}

/** A page waits for it. */
const SILENCES_MS = 3000;

/** `queue` only needs to accept jobs. */
export function escalationContext(
  options: Omit<PagerOptions, 'queue' | 'settings'> & Pick<AfterAnswerContext, 'queue' | 'settings'>,
): AfterAnswerContext {
  const { readSecret, timeoutMs, ...context } = options;
  const { settings, records, logger, now } = context;
  const send = createSendJson({ now, timeoutMs });
  const get = createGetJson({ now, timeoutMs });
  const getSoon = createGetJson({ now, timeoutMs: Math.min(timeoutMs ?? SILENCES_MS, SILENCES_MS) });
  const findSilence = createFindSilence({ settings: settings.alerts, readSecret, get: getSoon, logger });
  return {
    ...context,
    store: createEscalationStore(records, logger),
    shifts: createShiftStore(records),
    calendars: createCalendarStore(records),
    routes: createRoutes(settings.routes, { readSecret, send, now }),
    alertIndex: createAlertIndex(records),
    findSilence,
    quietUntil: createQuietUntil(context.inventory, { records, settings, findSilence, now }),
    writeIncidentNote: settings.alerts && { settings: settings.alerts, readSecret, send, get, now },
  };
}

function describeRoute(
  route: string,
  schedules: EscalationSettings['schedules'],
  parts: AfterAnswerContext,
): PagerPreview['routes'][number] {
  const policy = findEscalationPolicy(parts, route);
  const whom = (policy?.levels ?? []).map((level) => describeLevel(level, schedules, parts.now()));
  return { label: labelRoute(parts, route), whom };
}

/** Of an open page the last acknowledgement: after a reminder it may be another person's. */
function toTaken({ state, history }: Escalation): Pick<EscalationRef, 'taken'> {
  if (state !== 'acknowledged' && state !== 'resolved') return {};
  const last = history.findLast(({ what }) => what === state);
  return last?.by === undefined ? {} : { taken: { state, by: actorText(last.by), at: last.at } };
}

const USER = /<@([UW][A-Z0-9]+)>/g; // <@U0WREN>
const USER_GROUP = /<!subteam\^(S[A-Z0-9]+)>/g; // <!subteam^S0NETOPS>

/** Whether an escalation called this person: by a level, or because a person chose them. */
export async function isCalled(
  { history, outbox, assignee, thread: { team } }: Escalation,
  user: string,
  thread: Pick<ThreadPort, 'members'>,
): Promise<boolean> {
  if (assignee === user || outbox.some((entry) => entry.kind === 'direct' && entry.user === user))
    return true;
  const whom = history
    .filter(({ what }) => what === 'paged' || what === 'called' || what === 'assigned')
    .map((entry) => entry.whom ?? '')
    .join(' ');
  if ([...whom.matchAll(USER)].some(([, id]) => id === user)) return true;
  for (const [, group = ''] of whom.matchAll(USER_GROUP)) {
    const members = await thread.members(group, team);
    if (members.kind === 'done' && members.value.includes(user)) return true;
  }
  return false;
}
