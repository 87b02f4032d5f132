import type { Channel } from './types.ts';

const NEEDED: Readonly<Record<string, string>> = {
  'chat.postMessage': 'chat:write',
  'chat.postEphemeral': 'chat:write',
  'chat.update': 'chat:write',
  'chat.delete': 'chat:write',
  'files.getUploadURLExternal': 'files:write',
  'files.completeUploadExternal': 'files:write',
  'files.delete': 'files:write',
  'files.info': 'files:read',
  'usergroups.users.list': 'usergroups:read',
  'usergroups.users.update': 'usergroups:write',
  'users.info': 'users:read',
  'conversations.open': 'im:write',
  'conversations.list': 'channels:read',
  'reactions.add': 'reactions:write',
};

const HISTORY: Readonly<Record<Channel['kind'], string>> = {
  channel: 'channels:history',
  group: 'groups:history',
  im: 'im:history',
};

const INFO: Readonly<Record<Channel['kind'], string>> = {
  channel: 'channels:read',
  group: 'groups:read',
  im: 'im:read',
};

/** Returns the scope that a bot token needs for a call, from Slack's method reference. */
export function neededScope(method: string, channel: Channel | undefined): string | undefined {
  if (method === 'conversations.history' || method === 'conversations.replies') {
    return HISTORY[channel?.kind ?? 'channel'];
  }
  if (method === 'conversations.info') return INFO[channel?.kind ?? 'channel'];
  return NEEDED[method];
}
