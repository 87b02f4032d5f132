import { type Answer, fail, type Method, type MethodContext, stringArgument } from './methods.ts';
import type { SlackMessage } from './types.ts';

/** Few, so that even a small workspace has more than one page. */
const CHANNELS_PER_PAGE = 1;

export const otherMethods: Readonly<Record<string, Method>> = {
  'auth.test': ({ workspace: { bot, team } }) => ({
    ok: true,
    team_id: team,
    user_id: bot.userId,
    bot_id: bot.id,
    user: bot.name,
    team: 'local',
    url: 'https://local.slack.example/',
  }),

  'api.test': () => ({ ok: true }),

  'oauth.v2.access'({ workspace: { team, bot }, args, tokens }) {
    const renews = stringArgument(args, 'grant_type') === 'refresh_token';
    if (!renews && stringArgument(args, 'code') !== 'local-code') return fail('invalid_code');
    const grant = renews ? tokens.renew(stringArgument(args, 'refresh_token') ?? '') : tokens.install();
    if (grant === undefined) return fail('invalid_refresh_token');
    return {
      ok: true,
      app_id: 'A0LOCAL',
      authed_user: { id: 'U0ANA' },
      scope: 'chat:write',
      token_type: 'bot',
      ...grant,
      bot_user_id: bot.userId,
      team: { id: team, name: 'local' },
      enterprise: null,
      is_enterprise_install: false,
    };
  },

  'apps.connections.open': ({ openSocket }) => ({ ok: true, url: openSocket() }),

  'conversations.info'({ workspace, args }) {
    const channel = workspace.channel(stringArgument(args, 'channel') ?? '');
    if (!channel || (channel.kind === 'group' && !channel.member)) return fail('channel_not_found');
    const { id, name, kind, member, archived } = channel;
    return {
      ok: true,
      channel: {
        id,
        name,
        is_im: kind === 'im',
        is_private: kind !== 'channel',
        is_member: member,
        is_archived: archived,
      },
    };
  },

  'conversations.open'({ workspace, args }) {
    const user = stringArgument(args, 'users') ?? '';
    if (!workspace.users.has(user)) return fail('user_not_found');
    return { ok: true, channel: { id: workspace.directMessage(user).id } };
  },

  'conversations.list'({ workspace, args }) {
    const all = workspace.channels().filter(({ kind, archived }) => kind === 'channel' && !archived);
    const from = Number(stringArgument(args, 'cursor') ?? 0);
    const page = all.slice(from, from + CHANNELS_PER_PAGE);
    const next = from + page.length;
    return {
      ok: true,
      channels: page.map(({ id, name, member }) => ({ id, name, is_member: member })),
      response_metadata: { next_cursor: next < all.length ? String(next) : '' },
    };
  },

  'conversations.history': (context) =>
    read(context, (channel) =>
      context.workspace.messages(channel).filter(({ ts, thread_ts }) => !thread_ts || thread_ts === ts),
    ),

  'conversations.replies'(context) {
    const root = stringArgument(context.args, 'ts') ?? '';
    return read(context, (channel) => context.workspace.thread(channel, root), 'thread_not_found');
  },

  'users.info'({ workspace, args }) {
    const user = workspace.users.get(stringArgument(args, 'user') ?? '');
    if (!user) return fail('user_not_found');
    const { id, name, deleted = false } = user;
    return { ok: true, user: { id, name, real_name: name, deleted } };
  },

  'reactions.add'({ workspace, args }) {
    const found = workspace.find(
      stringArgument(args, 'channel') ?? '',
      stringArgument(args, 'timestamp') ?? '',
    );
    return found ? { ok: true } : fail('message_not_found');
  },

  'usergroups.users.list'({ userGroups, args }) {
    const users = userGroups.get(stringArgument(args, 'usergroup') ?? '');
    return users === undefined ? fail('no_such_subteam') : { ok: true, users: [...users] };
  },

  'usergroups.users.update'({ userGroups, args }) {
    const id = stringArgument(args, 'usergroup') ?? '';
    if (!userGroups.has(id)) return fail('no_such_subteam');
    const users = (stringArgument(args, 'users') ?? '').split(',').filter((user) => user !== '');
    if (users.length === 0) return fail('no_users_provided');
    userGroups.set(id, users);
    return { ok: true };
  },

  'files.info'({ files, args }) {
    const file = files.info(stringArgument(args, 'file') ?? '');
    return file === undefined ? fail('file_not_found') : { ok: true, file };
  },

  'files.delete'({ workspace, files, args }) {
    const id = stringArgument(args, 'file') ?? '';
    if (files.info(id) === undefined) return fail('file_not_found');
    files.remove(id);
    for (const message of workspace.allMessages()) {
      if (message.files?.some((file) => file.id === id)) workspace.remove(message.channel, message.ts);
    }
    return { ok: true };
  },

  'files.getUploadURLExternal'({ files, args }) {
    const name = stringArgument(args, 'filename');
    if (name === undefined) return fail('invalid_arguments');
    const { id, uploadUrl } = files.announce(name, stringArgument(args, 'alt_txt'));
    return { ok: true, file_id: id, upload_url: uploadUrl };
  },

  'files.completeUploadExternal'(context) {
    const { workspace, files, args } = context;
    const wanted = args.files as readonly { readonly id: string; readonly title?: string }[];
    const completed = wanted.map(({ id, title }) => files.complete(id, title ?? id));
    const present = completed.filter((file) => file !== undefined);
    if (present.length < completed.length) return fail('file_not_found');
    const channel = workspace.channel(stringArgument(args, 'channel_id') ?? '');
    if (!channel?.member) return fail('channel_not_found');
    const thread = stringArgument(args, 'thread_ts');
    const message = workspace.add({
      channel: channel.id,
      user: workspace.bot.userId,
      bot_id: workspace.bot.id,
      subtype: 'file_share',
      text: stringArgument(args, 'initial_comment') ?? '',
      files: present,
      thread_ts: thread,
    });
    context.announce(message);
    return { ok: true, files: present };
  },
};

function read(
  { workspace, args, maxReadPage }: MethodContext,
  select: (channel: string) => readonly SlackMessage[],
  whenEmpty?: string,
): Answer {
  const channel = workspace.channel(stringArgument(args, 'channel') ?? '');
  if (!channel || (channel.kind === 'group' && !channel.member)) return fail('channel_not_found');
  if (!channel.member) return fail('not_in_channel');
  const visible = select(channel.id).filter((message) => message.ephemeral_to === undefined);
  if (visible.length === 0 && whenEmpty !== undefined) return fail(whenEmpty);
  const oldestFirst = args.ts !== undefined;
  // The root is returned with the replies, however old it is.
  const after = visible.filter(
    ({ ts }) =>
      ts === args.ts ||
      (Number(ts) >= Number(args.oldest ?? 0) && Number(ts) <= Number(args.latest ?? Infinity)),
  );
  const ordered = oldestFirst ? after : after.toReversed();
  const start = Number(args.cursor ?? 0);
  const end = start + Math.min(Number(args.limit ?? 100), maxReadPage);
  return {
    ok: true,
    messages: ordered.slice(start, end).map((message) => {
      const latest = oldestFirst ? undefined : workspace.thread(channel.id, message.ts).at(-1)?.ts;
      const reply = latest === undefined || latest === message.ts ? {} : { latest_reply: latest };
      return { ...strip(message, args.include_all_metadata === true), ...reply };
    }),
    has_more: end < ordered.length,
    response_metadata: { next_cursor: end < ordered.length ? String(end) : '' },
  };
}

function strip({ metadata, ...message }: SlackMessage, withMetadata: boolean): object {
  return withMetadata && metadata !== undefined ? { ...message, metadata } : message;
}
