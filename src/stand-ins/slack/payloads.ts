import type { SlackMessage } from './types.ts';
import type { OpenView, Views } from './views.ts';
import type { Workspace } from './workspace.ts';

/**
 * Builds request bodies in Slack's form for one workspace. Ids are unique, since apps deduplicate by `trigger_id` and
 * `event_id`.
 */
export function createPayloads(
  workspace: Workspace,
  views: Views,
  responseUrl: (channel: string, user: string, ts?: string) => string,
) {
  let counter = 0;
  const unique = (prefix: string): string => {
    counter += 1;
    return `${prefix}${String(counter).padStart(8, '0')}`;
  };
  /** Seconds, as Slack writes them. */
  const now = (): string => (Date.now() / 1000).toFixed(6);
  const envelope = { team_id: workspace.team, api_app_id: 'A0LOCAL', token: 'verification' };
  const name = (user: string): string => workspace.users.get(user)?.name ?? user;
  const trigger = (user: string): string => {
    const id = unique('trigger.');
    views.issue(id, user);
    return id;
  };
  const byUser = (user: string, home = workspace.team) => ({
    ...envelope,
    team: { id: workspace.team, domain: 'local' },
    user: { id: user, username: name(user), name: name(user), team_id: home },
    trigger_id: trigger(user),
    is_enterprise_install: false,
    enterprise: null,
  });
  const interaction = (user: string, channel: string, ts?: string, home?: string) => ({
    ...byUser(user, home),
    channel: { id: channel, name: workspace.channel(channel)?.name ?? channel },
    response_url: responseUrl(channel, user, ts),
  });
  const shown = ({ id, view }: OpenView) => ({
    team_id: workspace.team,
    app_id: envelope.api_app_id,
    bot_id: workspace.bot.id,
    hash: id,
    private_metadata: '',
    ...view,
    id,
  });

  return {
    event: (event: Readonly<Record<string, unknown>>) => ({
      ...envelope,
      type: 'event_callback',
      event_id: unique('Ev'),
      event_time: Math.floor(Date.now() / 1000),
      authorizations: [
        {
          team_id: workspace.team,
          user_id: workspace.bot.userId,
          is_bot: true,
          is_enterprise_install: false,
        },
      ],
      event,
    }),

    slash: (input: { command: string; text: string; user: string; channel: string }) => ({
      ...envelope,
      team_domain: 'local',
      command: input.command,
      text: input.text,
      user_id: input.user,
      user_name: name(input.user),
      channel_id: input.channel,
      channel_name: workspace.channel(input.channel)?.name ?? input.channel,
      response_url: responseUrl(input.channel, input.user),
      trigger_id: trigger(input.user),
      is_enterprise_install: 'false',
    }),

    action: (input: {
      user: string;
      home?: string | undefined;
      message: SlackMessage;
      action: Readonly<Record<string, unknown>>;
    }) => ({
      ...interaction(input.user, input.message.channel, input.message.ts, input.home),
      type: 'block_actions',
      container: {
        type: 'message',
        message_ts: input.message.ts,
        channel_id: input.message.channel,
        is_ephemeral: input.message.ephemeral_to !== undefined,
      },
      // Slack does not send back the text of a private message.
      message: input.message.ephemeral_to === undefined ? input.message : undefined,
      actions: [{ action_ts: now(), ...input.action }],
    }),

    submission: (input: { user: string; home?: string | undefined; view: OpenView; values: object }) => ({
      ...byUser(input.user, input.home),
      type: 'view_submission',
      view: { ...shown(input.view), state: { values: input.values } },
      response_urls: [],
    }),

    menuSuggestion: (input: {
      user: string;
      message: SlackMessage;
      blockId: string;
      actionId: string;
      value: string;
    }) => ({
      ...interaction(input.user, input.message.channel, input.message.ts),
      type: 'block_suggestion',
      action_id: input.actionId,
      block_id: input.blockId,
      value: input.value,
      container: { type: 'message', message_ts: input.message.ts, channel_id: input.message.channel },
      message: input.message,
    }),

    suggestion: (input: { user: string; view: OpenView; actionId: string; value: string }) => ({
      ...byUser(input.user),
      type: 'block_suggestion',
      action_id: input.actionId,
      block_id: 'device',
      value: input.value,
      container: { type: 'view', view_id: input.view.id },
      view: shown(input.view),
    }),

    viewAction: (input: { user: string; view: OpenView; action: Readonly<Record<string, unknown>> }) => ({
      ...byUser(input.user),
      type: 'block_actions',
      container: { type: 'view', view_id: input.view.id },
      view: shown(input.view),
      actions: [{ action_ts: now(), ...input.action }],
    }),

    shortcut: (input: {
      callbackId: string;
      user: string;
      home?: string | undefined;
      message: SlackMessage;
    }) => ({
      ...interaction(input.user, input.message.channel, undefined, input.home),
      type: 'message_action',
      callback_id: input.callbackId,
      action_ts: input.message.ts,
      message_ts: input.message.ts,
      message: input.message,
    }),
  };
}
