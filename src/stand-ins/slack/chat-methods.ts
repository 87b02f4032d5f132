import { codePoints, LIMITS } from '../../report/block-kit/limits.ts';
import { checkMessage } from './block-kit/check-message.ts';
import { type Answer, fail, type Method, type MethodContext, stringArgument } from './methods.ts';
import type { Channel, MessageMetadata, SlackMessage } from './types.ts';

export const chatMethods: Readonly<Record<string, Method>> = {
  'chat.postMessage'(context) {
    const channel = postable(context);
    if (!channel.ok) return channel.answer;
    const refused = refuse(context);
    if (refused) return refused;
    const { workspace, args } = context;
    const message = workspace.add({
      channel: channel.channel.id,
      user: workspace.bot.userId,
      bot_id: workspace.bot.id,
      ...content(args),
      ...getThread(args),
    });
    context.announce(message);
    return { ok: true, channel: message.channel, ts: message.ts, message: { ...message } };
  },

  'chat.postEphemeral'(context) {
    const channel = postable(context);
    if (!channel.ok) return channel.answer;
    const user = stringArgument(context.args, 'user');
    if (user === undefined || !context.workspace.users.has(user)) return fail('user_not_in_channel');
    const refused = refuse(context);
    if (refused) return refused;
    const { workspace, args } = context;
    const message = workspace.add({
      channel: channel.channel.id,
      user: workspace.bot.userId,
      bot_id: workspace.bot.id,
      ephemeral_to: user,
      ...content(args),
      ...getThread(args),
    });
    return { ok: true, message_ts: message.ts };
  },

  'chat.update'(context) {
    const channel = postable(context);
    if (!channel.ok) return channel.answer;
    const found = own(context, channel.channel);
    if (!found.ok) return found.answer;
    const refused = refuse(context);
    if (refused) return refused;
    if (codePoints(stringArgument(context.args, 'text') ?? '') > LIMITS.updateText)
      return fail('msg_too_long');
    const { metadata, ...kept } = found.message;
    const { text, blocks, metadata: newMetadata } = content(context.args);
    const keptMetadata = newMetadata ?? metadata;
    const message: SlackMessage = {
      ...kept,
      text,
      blocks,
      metadata: keptMetadata,
      edited: { user: context.workspace.bot.userId, ts: found.message.ts },
    };
    context.workspace.replace(message);
    context.announce({ ...message, subtype: 'message_changed' });
    return { ok: true, channel: message.channel, ts: message.ts, text: message.text };
  },

  'chat.getPermalink'({ workspace, args }) {
    const channel = stringArgument(args, 'channel') ?? '';
    const found = workspace.find(channel, stringArgument(args, 'message_ts') ?? '');
    if (!found) return fail('message_not_found');
    const { ts, thread_ts: thread } = found;
    const place = thread === undefined || thread === ts ? '' : `?thread_ts=${thread}&cid=${channel}`;
    const permalink = `https://local.slack.example/archives/${channel}/p${ts.replace('.', '')}${place}`;
    return { ok: true, channel, permalink };
  },

  'chat.delete'(context) {
    const channel = postable(context);
    if (!channel.ok) return channel.answer;
    const found = own(context, channel.channel);
    if (!found.ok) return found.answer;
    context.workspace.remove(channel.channel.id, found.message.ts);
    return { ok: true, channel: channel.channel.id, ts: found.message.ts };
  },
};

type Found<T> = ({ readonly ok: true } & T) | { readonly ok: false; readonly answer: Answer };

function postable({ workspace, args }: MethodContext): Found<{ channel: Channel }> {
  const id = stringArgument(args, 'channel') ?? '';
  const channel = workspace.users.has(id) ? workspace.directMessage(id) : workspace.channel(id);
  if (!channel) return { ok: false, answer: fail('channel_not_found') };
  if (channel.refuses !== undefined) return { ok: false, answer: fail(channel.refuses) };
  if (channel.archived) return { ok: false, answer: fail('is_archived') };
  if (!channel.member) {
    return { ok: false, answer: fail(channel.kind === 'group' ? 'channel_not_found' : 'not_in_channel') };
  }
  return { ok: true, channel };
}

function own({ workspace, args }: MethodContext, channel: Channel): Found<{ message: SlackMessage }> {
  const message = workspace.find(channel.id, stringArgument(args, 'ts') ?? '');
  if (!message || message.ephemeral_to !== undefined) {
    return { ok: false, answer: fail('message_not_found') };
  }
  if (message.bot_id !== workspace.bot.id) return { ok: false, answer: fail('cant_update_message') };
  return { ok: true, message };
}

/** Slack accepts blocks without a fallback text; it is recorded, because a screen reader has nothing to read then. */
function refuse({ args, note, checkLimits }: MethodContext): Answer | undefined {
  if (!checkLimits) return undefined;
  const blocks = Array.isArray(args.blocks) ? args.blocks : [];
  const violations = checkMessage({ text: stringArgument(args, 'text'), blocks });
  note(violations);
  const refusing = violations.filter(({ code }) => code !== 'no_text' || blocks.length === 0);
  const [first] = refusing;
  if (!first) return undefined;
  return fail(first.code, {
    errors: refusing.map(({ path, message }) => `${message} [json-pointer:${path}]`),
  });
}

function content(args: Readonly<Record<string, unknown>>): {
  text: string;
  blocks?: readonly unknown[];
  metadata?: MessageMetadata;
} {
  return {
    text: stringArgument(args, 'text') ?? '',
    blocks: Array.isArray(args.blocks) ? args.blocks : undefined,
    metadata: args.metadata as MessageMetadata | undefined,
  };
}

function getThread(args: Readonly<Record<string, unknown>>): { thread_ts?: string } {
  const thread = stringArgument(args, 'thread_ts');
  return thread === undefined ? {} : { thread_ts: thread };
}
