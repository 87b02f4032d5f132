export interface ManifestOptions {
  readonly name?: string;
  readonly socketMode: boolean;
  /** The bot's public address (HTTP mode) without path: `https://ftm-check.example.com`. */
  readonly url?: string;
  /** Whether the inventory has `escalation`. */
  readonly pages?: boolean;
  /** Whether a schedule has a `userGroup`. */
  readonly userGroups?: boolean;
}

export const SLASH_COMMAND = '/ftm-check';
export const CHECK_LOG_SHORTCUT = 'ftm_check_log';

/** Each scope with the reason for it; `doctor` compares a token's scopes with these. */
export const BOT_SCOPES = {
  commands: 'the slash command and the message shortcut',
  'app_mentions:read': 'requests by mention',
  'channels:history': 'pasted logs in public channels of the bot, and finding its own messages',
  'groups:history': 'the same in private channels',
  'im:history': 'the same in direct messages',
  'chat:write': 'answers',
  'files:read': 'logs pasted as snippets or uploaded as files',
  'usergroups:read': 'grants to user groups in the inventory',
  'files:write': 'the report, and the picture of the logins',
  'assistant:write': 'required by agent_view',
} as const;

/** An administrator of the workspace may omit these: features that need them report it, and continue without. */
export const OPTIONAL_BOT_SCOPES = {
  'channels:read':
    '`ftm-check init` finds a channel by its name, and `ftm-check doctor` checks those of alerts',
} as const;

/** The same for paging; only in the manifest if the inventory has `escalation`. */
export const PAGING_BOT_SCOPES = {
  'im:write': 'after a crash a page by direct message is found again, and not sent twice',
  'users:read': '`ftm-check doctor` checks that the people who are paged exist',
} as const;

/** The same for `userGroup` of a schedule; only in the manifest if a schedule has one. */
export const USER_GROUP_BOT_SCOPES = {
  'usergroups:write': 'a user group has the person on call as its member',
} as const;

const EVENTS = [
  'app_home_opened',
  'app_mention',
  'message.channels',
  'message.groups',
  'message.im',
  // The stored installation is deleted when the app is removed.
  'app_uninstalled',
  'tokens_revoked',
] as const;

/** The app manifest, ready to paste at https://api.slack.com/apps ("From a manifest"). */
export function slackManifest(options: ManifestOptions) {
  const { name = 'ftm-check', socketMode, url, pages, userGroups } = options;
  const optional = {
    ...OPTIONAL_BOT_SCOPES,
    ...(pages && PAGING_BOT_SCOPES),
    ...(userGroups && USER_GROUP_BOT_SCOPES),
  };
  const endpoint = socketMode
    ? undefined
    : new URL('/slack/events', url ?? 'https://ftm-check.example.com').href;
  const requestUrl = endpoint === undefined ? {} : { request_url: endpoint };
  return {
    display_information: {
      name,
      description:
        'Finds out why a VPN login fails on a FortiGate: password, directory, SAML, group, policy, IPsec, and the FortiToken push behind it',
    },
    features: {
      bot_user: { display_name: name, always_online: true },
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      agent_view: {
        agent_description:
          'Finds out why a VPN login fails on a FortiGate: password, directory, SAML, group, policy, IPsec, and the FortiToken push behind it; and how to fix it',
      },
      slash_commands: [
        {
          command: SLASH_COMMAND,
          description: 'Find out why a VPN login fails on a FortiGate',
          usage_hint:
            '<host> [--user U] [--vdom V] [--live S] | list | history [host] | cancel | escalate | page | bundle | handover | oncall | explain <rule> | auto on|off | help',
          should_escape: false,
          url: endpoint,
        },
      ],
      shortcuts: [
        {
          type: 'message',
          name: 'Check this FortiGate log',
          callback_id: CHECK_LOG_SHORTCUT,
          description: 'Finds out why a VPN login fails in this log',
        },
      ],
    },
    oauth_config: { scopes: { bot: Object.keys(BOT_SCOPES), bot_optional: Object.keys(optional) } },
    settings: {
      event_subscriptions: { ...requestUrl, bot_events: [...EVENTS] },
      interactivity: { is_enabled: true, ...requestUrl, message_menu_options_url: endpoint },
      org_deploy_enabled: false,
      socket_mode_enabled: socketMode,
      token_rotation_enabled: false,
    },
  };
}
