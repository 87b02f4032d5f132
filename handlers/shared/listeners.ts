import type { AllMiddlewareArgs, App, BlockAction, SlackActionMiddlewareArgs, webApi } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { z } from 'zod';
import type { Act, ActVerb, Caller } from '../../src/bot/requests/act.ts';
import type { EscalationRef } from '../../src/bot/requests/on-call-port.ts';
import type { Requests } from '../../src/bot/requests/ports.ts';
import { getHome } from '../../src/bot/slack/foreign-workspace.ts';
import type { Log } from '../../src/bot/slack/logger.ts';
import { classifySlackError } from '../../src/bot/slack/refusals.ts';
import { clientForTrigger } from '../../src/bot/slack/web-client.ts';
import { redactSideText } from '../../src/engine/evidence/side-text.ts';
import type { Run } from '../../src/platform/runs/run.ts';
import { escalationGoneText } from '../text/on-call.ts';
import { cannotEscalateText, elsewhereText, goneText, tooSlowText } from '../text/replies.ts';
import { replyBesideMessage, withErrorReply } from './private-reply.ts';
import { type AskingPerson, authorise, findTarget } from './request-context.ts';

/**
 * What every listener is registered with. Presses and forms use `app` only through the functions of this file. `ack()` in
 * a listener sends nothing yet: `src/bot/slack/acknowledge.ts` holds it until the listener has finished, or is slow.
 */
export interface Listening {
  readonly app: App;
  readonly requests: Requests;
  readonly logger: Log;
}

/** A click by an authorised person on an element of a message. Replies are in its thread, visible to that person. */
export interface Press<V extends ActVerb = ActVerb> extends AskingPerson {
  readonly act: Act<V>;
  /** The chosen option of a menu. Empty for a button. */
  readonly choice: string;
  readonly channel: string;
  readonly thread: string;
  /** Slack sends none for a message that only this person sees. */
  readonly message: BlockAction['message'];
  /** Can open one modal within three seconds. Unique for each press. */
  readonly triggerId: string;
  /** When it was pressed, by Slack's clock: milliseconds since the Unix epoch. */
  readonly askedAt: number;
  readonly client: webApi.WebClient;
}

export type RunPress<V extends ActVerb = ActVerb> = Press<V> & { readonly run: Run };
export type EscalationPress<V extends ActVerb = ActVerb> = Press<V> & { readonly escalation: EscalationRef };

export interface Submission<V extends ActVerb> extends AskingPerson {
  readonly act: Act<V>;
  /** The form's id: a redelivered submission is the same decision. */
  readonly requestId: string;
  /** As Slack sends `view.state.values`. */
  readonly values: unknown;
}

export type RunSubmission<V extends ActVerb> = Submission<V> & { readonly run: Run };
export type EscalationSubmission<V extends ActVerb> = Submission<V> & { readonly escalation: EscalationRef };

/** The verb of a button; of a menu, the verb of each option. */
type VerbOf<V extends ActVerb> = V | ((choice: string) => V);

/**
 * An element whose value names a run. All data comes from the run store, so a click on an old message or after a restart
 * works the same.
 */
export function onRunPress<V extends ActVerb>(
  listening: Listening,
  actionId: string,
  verb: VerbOf<V>,
  work: (press: RunPress<V>) => Promise<void>,
): void {
  onPress(listening, actionId, async (id, press) => {
    const run = await press.requests.past.find(id);
    if (!run) return await press.reply(goneText);
    if (run.replyTo.channel !== press.channel) return await press.reply(elsewhereText);
    const act = await authorise(verbFor(verb, press.choice), findTarget(run), press);
    if (act !== undefined) await work({ ...press, run, act });
  });
}

export function onEscalationPress<V extends ActVerb>(
  listening: Listening,
  actionId: string,
  verb: VerbOf<V>,
  work: (press: EscalationPress<V>) => Promise<void>,
): void {
  onPress(listening, actionId, async (id, press) => {
    const escalation = await findEscalation(id, press);
    if (escalation === undefined) return;
    const act = await authorise(verbFor(verb, press.choice), escalation, press);
    if (act !== undefined) await work({ ...press, escalation, act });
  });
}

/** A button that concerns no run and no escalation. */
export function onPlainPress<V extends ActVerb>(
  listening: Listening,
  actionId: string,
  verb: V,
  work: (press: Press<V>) => Promise<void>,
): void {
  onPress(listening, actionId, async (_id, press) => {
    const act = await authorise(verb, {}, press);
    if (act !== undefined) await work({ ...press, act });
  });
}

function onPress(
  { app, requests, logger }: Listening,
  actionId: string,
  work: (id: string, press: Omit<Press, 'act'>) => Promise<void>,
): void {
  app.action<BlockAction>(actionId, async (args) => {
    const { message, container } = args.body;
    const { thread_ts, message_ts } = container;
    const thread = String(message?.thread_ts ?? thread_ts ?? message?.ts ?? message_ts);
    const { choice, id } = readValue(args.action);
    await answerPress(args, thread, { requests, logger }, (press) =>
      work(id, { ...press, choice, thread, message, askedAt: Number(args.action.action_ts) * 1000 }),
    );
  });
}

/** A press outside a conversation does nothing. `thread`: where replies are. */
export async function answerPress(
  { ack, body, action, client, respond, context }: PressArgs,
  thread: string | undefined,
  { requests, logger }: Omit<Listening, 'app'>,
  work: (press: AskingPerson & Pick<Press, 'channel' | 'triggerId' | 'client'>) => Promise<void>,
): Promise<void> {
  await ack();
  const channel = body.channel?.id;
  if (channel === undefined) return;
  const { id: user, name: callerName } = body.user;
  const caller: Caller = { user, channel, team: body.team?.id ?? body.user.team_id, ...getHome(context) };
  const way = 'selected_option' in action ? 'menu' : 'button';
  const reply = replyBesideMessage(client, { channel, user, thread }, logger, respond);
  const triggerId = body.trigger_id;
  await withErrorReply(reply, logger, () =>
    work({ caller, callerName, way, reply, requests, channel, triggerId, client }),
  );
}

type PressArgs = SlackActionMiddlewareArgs<BlockAction> & AllMiddlewareArgs;

/** A form about a run or an escalation: `work` says which it may be about, and what it does then. */
export function onForm<R extends ActVerb = never, E extends ActVerb = never>(
  { app, requests, logger }: Listening,
  callbackId: string,
  work: {
    readonly run?: { readonly verb: R; readonly submit: (form: RunSubmission<R>) => Promise<void> };
    readonly escalation?: {
      readonly verb: E;
      readonly submit: (form: EscalationSubmission<E>) => Promise<void>;
    };
  },
): void {
  app.view(callbackId, async ({ ack, body, view, client, context }) => {
    await ack();
    const place = formPlace.parse(JSON.parse(view.private_metadata));
    const { channel, thread } = place;
    const { id: user, name: callerName } = body.user;
    const caller: Caller = { user, channel, team: body.team?.id, ...getHome(context) };
    const reply = replyBesideMessage(client, { channel, user, thread }, logger);
    const asking = { caller, callerName, way: 'form', reply, requests } as const;
    const form = { ...asking, requestId: view.id, values: view.state.values };
    await withErrorReply(reply, logger, async () => {
      if (place.escalation !== undefined) {
        if (work.escalation === undefined) return await reply(goneText);
        const escalation = await findEscalation(place.escalation, asking);
        if (escalation === undefined) return;
        const act = await authorise(work.escalation.verb, escalation, asking);
        if (act !== undefined) await work.escalation.submit({ ...form, act, escalation });
        return;
      }
      const run = await requests.past.find(place.runId ?? '');
      if (run === undefined || work.run === undefined) return await reply(goneText);
      const act = await authorise(work.run.verb, findTarget(run), asking);
      if (act !== undefined) await work.run.submit({ ...form, act, run });
    });
  });
}

/** What a form is about: an escalation, or a run; and where its answer goes. */
const formPlace = z.object({
  escalation: z.string().optional(),
  runId: z.string().optional(),
  channel: z.string(),
  thread: z.string().optional(),
});

/** For `private_metadata`, which Slack returns with the submission. */
export function writeFormPlace(place: z.infer<typeof formPlace>): string {
  return JSON.stringify(place);
}

/** Slack accepts a trigger once and for three seconds; after that the person is asked to click again. */
export async function openView(
  { client, triggerId, reply }: Pick<Press, 'client' | 'triggerId' | 'reply'>,
  view: ModalView,
): Promise<void> {
  try {
    await clientForTrigger(client).views.open({ trigger_id: triggerId, view });
  } catch (error) {
    const failure = classifySlackError(error);
    const isTooSlow = failure.kind === 'refused' && /^ex(?:pired|changed)_trigger_id$/.test(failure.error);
    if (!isTooSlow && failure.kind !== 'rate-limited') throw error;
    await reply(tooSlowText);
  }
}

/** What a person typed into an input of a form, without secrets; empty for nothing. */
export function readTextValue(values: unknown, input: Readonly<Record<'block' | 'action', string>>): string {
  const { block, action } = input;
  const typed = z.object({ [block]: z.object({ [action]: z.object({ value: z.string().nullish() }) }) });
  return redactSideText(typed.parse(values)[block]?.[action]?.value ?? '').trim();
}

async function findEscalation(
  id: string,
  { caller, reply, requests: { onCall } }: AskingPerson,
): Promise<EscalationRef | undefined> {
  const escalation = await onCall?.find(id, caller);
  if (escalation === undefined) await reply(onCall === undefined ? cannotEscalateText : escalationGoneText);
  return escalation;
}

function verbFor<V extends ActVerb>(verb: VerbOf<V>, choice: string): V {
  return typeof verb === 'function' ? verb(choice) : verb;
}

/** Buttons carry an id, menu options `<choice>:<id>`. */
function readValue(action: BlockAction['actions'][number]): { readonly choice: string; readonly id: string } {
  const option = 'selected_option' in action ? action.selected_option?.value : undefined;
  const value = 'value' in action && typeof action.value === 'string' ? action.value : (option ?? '');
  const colon = value.indexOf(':');
  return { choice: value.slice(0, Math.max(0, colon)), id: value.slice(colon + 1) };
}
