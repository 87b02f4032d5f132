import type { Deliverer, Retry } from './deliver.ts';
import type { Files } from './files.ts';
import type { createPayloads } from './payloads.ts';
import type { ResponseUrls } from './response-urls.ts';
import type { EventDelivery, SlackMessage } from './types.ts';
import type { OpenView, Views } from './views.ts';
import type { Workspace } from './workspace.ts';

interface TypedMessage {
  readonly user: string;
  readonly channel: string;
  /** As typed; escaped for the API as Slack does. */
  readonly text: string;
  readonly thread?: string;
  readonly blocks?: readonly unknown[];
  readonly subtype?: string;
  /** Posted by another app. */
  readonly bot?: boolean;
  readonly files?: readonly { readonly name: string; readonly content: string | Buffer }[];
}

interface PostResult {
  readonly message: SlackMessage;
  /** Deliveries to the app: a mention in a channel comes twice, as `app_mention` and as `message`. */
  readonly deliveries: readonly EventDelivery[];
}

export interface Actors {
  /** `command` with its slash. */
  slash(input: { command: string; text: string; user: string; channel: string }): Promise<EventDelivery>;
  message(input: TypedMessage): Promise<PostResult>;
  /** A message that begins with the bot's name. */
  mention(input: TypedMessage): Promise<PostResult>;
  /** A click on a button or a choice in a message. `home`: the person's workspace, if it is another one. */
  action(input: {
    user: string;
    home?: string;
    channel: string;
    ts: string;
    action: Readonly<Record<string, unknown>>;
  }): Promise<EventDelivery>;
  /** A message shortcut on a message. */
  shortcut(input: {
    callbackId: string;
    user: string;
    home?: string;
    channel: string;
    ts: string;
  }): Promise<EventDelivery>;
  /** Submits an open modal; `values` in Slack's form: by block, then by action. */
  submit(input: { user: string; home?: string; viewId: string; values: object }): Promise<EventDelivery>;
  /** Types into a search field of a modal. */
  suggest(input: { user: string; viewId: string; actionId: string; value: string }): Promise<EventDelivery>;
  /** Types into a menu of a message, which asks the app for its options. */
  suggestInMenu(input: {
    user: string;
    channel: string;
    ts: string;
    blockId: string;
    actionId: string;
    value: string;
  }): Promise<EventDelivery>;
  /** A click in a modal or the Home tab. */
  pressInView(input: {
    user: string;
    viewId: string;
    action: Readonly<Record<string, unknown>>;
  }): Promise<EventDelivery>;
  /** Opens the app's Home tab. */
  openHome(user: string): Promise<EventDelivery>;
  /** Delivers the same request again, as after a missing acknowledgement. */
  redeliver(delivery: EventDelivery, retry?: Retry): Promise<EventDelivery>;
  /** Delivers any other event. */
  event(event: Readonly<Record<string, unknown>>): Promise<EventDelivery>;
}

export interface ActorsOptions {
  readonly workspace: Workspace;
  readonly files: Files;
  readonly views: Views;
  readonly responses: ResponseUrls;
  readonly deliverer: Deliverer;
  readonly payloads: ReturnType<typeof createPayloads>;
}

export interface ActorsAndOwn extends Actors {
  announce(message: SlackMessage): void;
  settled(): Promise<void>;
}

export function createActors(options: ActorsOptions): ActorsAndOwn {
  const { workspace, deliverer, payloads, responses } = options;
  const background = new Set<Promise<unknown>>();

  async function interact(
    kind: 'slash_commands' | 'interactive',
    payload: Readonly<Record<string, unknown>>,
    channel: string,
    user: string,
  ): Promise<EventDelivery> {
    const delivery = await deliverer.deliver(kind, payload);
    responses.show(channel, user, delivery.ack);
    return delivery;
  }

  async function say(input: TypedMessage): Promise<PostResult> {
    const message = store(input, options);
    return { message, deliveries: await deliver(message) };
  }

  async function deliver(message: SlackMessage): Promise<readonly EventDelivery[]> {
    const channel = workspace.channel(message.channel);
    if (!channel?.member) return [];
    const event = { ...message, event_ts: message.ts, channel_type: channel.kind, team: workspace.team };
    const mentioned = message.text.includes(`<@${workspace.bot.userId}>`) && channel.kind !== 'im';
    const events = [event, ...(mentioned ? [{ ...event, type: 'app_mention' }] : [])];
    return await Promise.all(events.map((one) => deliverer.deliver('events_api', payloads.event(one))));
  }

  function existing(channel: string, ts: string): SlackMessage {
    const message = workspace.find(channel, ts);
    if (!message) throw new Error(`no message ${ts} in ${channel}`);
    return message;
  }

  function openView(id: string): OpenView {
    const view = options.views.find(id);
    if (!view) throw new Error(`no view ${id}`);
    return view;
  }

  return {
    slash: (input) => interact('slash_commands', payloads.slash(input), input.channel, input.user),
    message: say,
    mention: (input) => say({ ...input, text: `<@${workspace.bot.userId}> ${input.text}` }),
    action: ({ user, home, channel, ts, action }) =>
      interact(
        'interactive',
        payloads.action({ user, home, message: existing(channel, ts), action }),
        channel,
        user,
      ),
    shortcut: ({ callbackId, user, home, channel, ts }) =>
      interact(
        'interactive',
        payloads.shortcut({ callbackId, user, home, message: existing(channel, ts) }),
        channel,
        user,
      ),
    submit: ({ user, home, viewId, values }) =>
      deliverer.deliver('interactive', payloads.submission({ user, home, view: openView(viewId), values })),
    suggest: ({ user, viewId, actionId, value }) =>
      deliverer.deliver(
        'interactive',
        payloads.suggestion({ user, view: openView(viewId), actionId, value }),
      ),
    suggestInMenu: ({ user, channel, ts, blockId, actionId, value }) =>
      deliverer.deliver(
        'interactive',
        payloads.menuSuggestion({ user, message: existing(channel, ts), blockId, actionId, value }),
      ),
    pressInView: ({ user, viewId, action }) =>
      deliverer.deliver('interactive', payloads.viewAction({ user, view: openView(viewId), action })),
    openHome: (user) =>
      deliverer.deliver(
        'events_api',
        payloads.event({
          type: 'app_home_opened',
          user,
          channel: workspace.directMessage(user).id,
          tab: 'home',
          event_ts: '1.0',
        }),
      ),
    redeliver: (delivery, retry = { num: 1, reason: 'http_timeout' }) =>
      deliverer.deliver(delivery.kind, delivery.payload, retry),
    event: (event) => deliverer.deliver('events_api', payloads.event(event)),
    announce(message) {
      const delivery = deliver(message).finally(() => background.delete(delivery));
      background.add(delivery);
    },
    async settled() {
      await Promise.all(background);
    },
  };
}

function store(input: TypedMessage, { workspace, files }: ActorsOptions): SlackMessage {
  const uploaded = (input.files ?? []).map((file) => files.add(file));
  const subtype = input.subtype ?? (uploaded.length > 0 ? 'file_share' : undefined);
  return workspace.add({
    channel: input.channel,
    user: input.user,
    text: asTyped(input.text, workspace.users),
    thread_ts: input.thread,
    blocks: input.blocks,
    subtype,
    ...(input.bot ? { bot_id: 'B0OTHER', subtype: 'bot_message' } : {}),
    files: uploaded.length === 0 ? undefined : uploaded,
  });
}

/** Escapes typed text as a client does; mentions of people and of the bot are kept. */
function asTyped(text: string, users: Workspace['users']): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/&lt;@(\w+)&gt;/g, (escaped, id: string) => (users.has(id) ? `<@${id}>` : escaped));
}
