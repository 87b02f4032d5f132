import type { App, BlockAction, webApi } from '@slack/bolt';
import type { Act, ActVerb, Caller, WayIn } from '../../src/bot/requests/act.ts';
import type { EscalationRef } from '../../src/bot/requests/on-call-port.ts';
import type { Requests } from '../../src/bot/requests/ports.ts';
import { homeIn } from '../../src/bot/slack/foreign-workspace.ts';
import type { Log } from '../../src/bot/slack/logger.ts';
import type { Run } from '../../src/platform/runs/run.ts';
import { escalationGoneText } from '../text/escalation.ts';
import { cannotEscalateText, elsewhereText, goneText } from '../text/replies.ts';
import { authorise, findTarget } from './authorise.ts';
import { type FormPlace, readFormPlace } from './form-place.ts';
import { type PrivateReply, replyBesideMessage } from './private-reply.ts';
import { withErrorReply } from './with-error-reply.ts';

/** What every listener is registered with. Presses and forms use `app` only through the functions of this file. */
export interface Listening {
  readonly app: App;
  readonly requests: Requests;
  readonly logger: Log;
}

/** A click by an authorised person on an element of a message. */
interface Press<V extends ActVerb> {
  readonly act: Act<V>;
  /** The chosen option of a menu. Empty for a button. */
  readonly choice: string;
  readonly caller: Caller;
  /** The name that Slack reports. */
  readonly callerName?: string | undefined;
  readonly channel: string;
  /** The thread of the message. */
  readonly thread: string;
  /** Can open one modal within three seconds. Unique for each press. */
  readonly triggerId: string;
  /** When it was pressed, by Slack's clock: milliseconds since the Unix epoch. */
  readonly askedAt: number;
  readonly client: webApi.WebClient;
  /** Replies in the thread, visible to the person who clicked. */
  readonly reply: PrivateReply;
}

export interface RunPress<V extends ActVerb = ActVerb> extends Press<V> {
  readonly run: Run;
}

export interface EscalationPress<V extends ActVerb = ActVerb> extends Press<V> {
  readonly escalation: EscalationRef;
}

/** A form that an authorised person sent. */
interface Submission<V extends ActVerb> {
  readonly act: Act<V>;
  readonly callerName: string | undefined;
  /** The form's id: a redelivered submission is the same decision. */
  readonly requestId: string;
  /** As Slack sends `view.state.values`. */
  readonly values: unknown;
  readonly reply: PrivateReply;
}

export interface RunSubmission<V extends ActVerb> extends Submission<V> {
  readonly run: Run;
}

export interface EscalationSubmission<V extends ActVerb> extends Submission<V> {
  readonly escalation: EscalationRef;
}

/** The verb of a button; of a menu, the verb of each option. */
export type VerbOf<V extends ActVerb> = V | ((choice: string) => V);

/**
 * Slack’s acknowledgement is not sent here: `src/bot/slack/acknowledge.ts` holds it until the listener has finished, or is
 * slow.
 */
export async function acknowledgeWhenHandled(ack: () => Promise<void>): Promise<void> {
  await ack();
}

/**
 * An element whose value names a run. All data comes from the run store, so a click on an old message or after a restart
 * works the same.
 */
export function onRunPress<V extends ActVerb>(
  { app, requests, logger }: Listening,
  actionId: string,
  verb: VerbOf<V>,
  work: (press: RunPress<V>) => Promise<void>,
): void {
  onPress({ app, logger }, actionId, async ({ value, way, ...press }) => {
    const { choice, id } = value;
    const run = await requests.past.find(id);
    if (!run) return await press.reply(goneText);
    if (run.replyTo.channel !== press.channel) return await press.reply(elsewhereText);
    const act = await authorise(verbFor(verb, choice), findTarget(run), { ...press, way }, requests);
    if (act !== undefined) await work({ ...press, choice, run, act });
  });
}

/** An element whose value names an escalation. */
export function onEscalationPress<V extends ActVerb>(
  { app, requests, logger }: Listening,
  actionId: string,
  verb: VerbOf<V>,
  work: (press: EscalationPress<V>) => Promise<void>,
): void {
  onPress({ app, logger }, actionId, async ({ value, way, ...press }) => {
    const { choice, id } = value;
    const escalation = await findEscalation(id, press, requests);
    if (escalation === undefined) return;
    const act = await authorise(verbFor(verb, choice), escalation, { ...press, way }, requests);
    if (act !== undefined) await work({ ...press, choice, escalation, act });
  });
}

/** A button that concerns no run and no escalation. */
export function onPlainPress<V extends ActVerb>(
  { app, requests, logger }: Listening,
  actionId: string,
  verb: V,
  work: (press: Press<V> & { readonly message: NonNullable<BlockAction['message']> }) => Promise<void>,
): void {
  onPress({ app, logger }, actionId, async ({ value, way, ...press }) => {
    const act = await authorise(verb, {}, { ...press, way }, requests);
    const { message } = press;
    if (act !== undefined && message !== undefined)
      await work({ ...press, message, choice: value.choice, act });
  });
}

type RawPress = Omit<Press<ActVerb>, 'act' | 'choice'> & {
  readonly value: Value;
  readonly way: WayIn;
  /** Slack sends none for a message that only this person sees. */
  readonly message: BlockAction['message'];
};

function onPress(
  { app, logger }: Pick<Listening, 'app' | 'logger'>,
  actionId: string,
  work: (press: RawPress) => Promise<void>,
): void {
  app.action<BlockAction>(actionId, async ({ ack, body, action, client, respond, context }) => {
    await acknowledgeWhenHandled(ack);
    const channel = body.channel?.id;
    const { message } = body;
    if (channel === undefined) return;
    const { thread_ts, message_ts } = body.container;
    const thread = String(message?.thread_ts ?? thread_ts ?? message?.ts ?? message_ts);
    const { id: user, name: callerName } = body.user;
    const team = body.team?.id ?? body.user.team_id;
    const caller: Caller = { user, channel, team, ...homeIn(context) };
    const reply = replyBesideMessage(client, { channel, user, thread }, logger, respond);
    const way = 'selected_option' in action ? 'menu' : 'button';
    const value = readValue(valueIn(action));
    await withErrorReply(reply, logger, () =>
      work({
        value,
        way,
        caller,
        callerName,
        channel,
        thread,
        triggerId: body.trigger_id,
        askedAt: Number(action.action_ts) * 1000,
        client,
        reply,
        message,
      }),
    );
  });
}

/** A form about a run or an escalation: `verbs` says which it may be about, and what it does then. */
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
    await acknowledgeWhenHandled(ack);
    const place: FormPlace = readFormPlace(view.private_metadata);
    const { channel, thread } = place;
    const { id: user, name: callerName } = body.user;
    const caller: Caller = { user, channel, team: body.team?.id, ...homeIn(context) };
    const reply = replyBesideMessage(client, { channel, user, thread }, logger);
    const asking = { caller, way: 'form', reply } as const;
    const form = { callerName, requestId: view.id, values: view.state.values, reply };
    await withErrorReply(reply, logger, async () => {
      if (place.escalation !== undefined) {
        if (work.escalation === undefined) return await reply(goneText);
        const escalation = await findEscalation(place.escalation, { caller, channel, reply }, requests);
        if (escalation === undefined) return;
        const act = await authorise(work.escalation.verb, escalation, asking, requests);
        if (act !== undefined) await work.escalation.submit({ ...form, act, escalation });
        return;
      }
      const run = await requests.past.find(place.runId ?? '');
      if (run === undefined || work.run === undefined) return await reply(goneText);
      const act = await authorise(work.run.verb, findTarget(run), asking, requests);
      if (act !== undefined) await work.run.submit({ ...form, act, run });
    });
  });
}

async function findEscalation(
  id: string,
  { caller: { user }, channel, reply }: Pick<Press<ActVerb>, 'caller' | 'channel' | 'reply'>,
  { onCall }: Requests,
): Promise<EscalationRef | undefined> {
  if (onCall === undefined) {
    await reply(cannotEscalateText);
    return undefined;
  }
  const escalation = await onCall.find(id, { user, channel });
  if (escalation === undefined) await reply(escalationGoneText);
  return escalation;
}

function verbFor<V extends ActVerb>(verb: VerbOf<V>, choice: string): V {
  return typeof verb === 'function' ? verb(choice) : verb;
}

interface Value {
  readonly choice: string;
  readonly id: string;
}

/** Buttons carry an id, menu options `<choice>:<id>`. */
function readValue(value: string): Value {
  const colon = value.indexOf(':');
  return { choice: value.slice(0, Math.max(0, colon)), id: value.slice(colon + 1) };
}

function valueIn(action: BlockAction['actions'][number]): string {
  if ('value' in action && typeof action.value === 'string') return action.value;
  if ('selected_option' in action) return action.selected_option?.value ?? '';
  return '';
}
