import type { Channel, SlackMessage, User } from './types.ts';

interface Bot {
  readonly id: string;
  readonly userId: string;
  readonly name: string;
}

export interface Workspace {
  readonly team: string;
  readonly bot: Bot;
  readonly users: ReadonlyMap<string, User>;
  channel(id: string): Channel | undefined;
  channels(): readonly Channel[];
  setChannel(channel: Channel): void;
  /** The direct message between a user and the bot; created at first use. */
  directMessage(user: string): Channel;
  add(message: Omit<SlackMessage, 'type' | 'ts'>): SlackMessage;
  find(channel: string, ts: string): SlackMessage | undefined;
  replace(message: SlackMessage): void;
  remove(channel: string, ts: string): boolean;
  /** In the order they were posted, ephemeral ones included. */
  messages(channel: string): readonly SlackMessage[];
  allMessages(): readonly SlackMessage[];
  /** The root and its replies. */
  thread(channel: string, ts: string): readonly SlackMessage[];
  /** Called after every change; returns a function that unsubscribes. */
  onChange(listener: () => void): () => void;
  changed(): void;
}

export interface WorkspaceOptions {
  /** Id of the workspace. */
  readonly team: string;
  readonly users: readonly User[];
  readonly channels: readonly Channel[];
  readonly bot: Bot;
}

export function createWorkspace({ team, users, channels, bot }: WorkspaceOptions): Workspace {
  const channelsById = new Map(channels.map((channel) => [channel.id, channel]));
  const messages = new Map<string, SlackMessage[]>();
  const listeners = new Set<() => void>();
  const nextTs = timestamps();
  const of = (channel: string): SlackMessage[] => {
    const known = messages.get(channel) ?? [];
    messages.set(channel, known);
    return known;
  };
  const changed = (): void => {
    for (const listener of listeners) listener();
  };

  return {
    team,
    bot,
    users: new Map(users.map((user) => [user.id, user])),
    channel: (id) => channelsById.get(id),
    channels: () => [...channelsById.values()],
    setChannel(channel) {
      channelsById.set(channel.id, channel);
    },
    directMessage(user) {
      const id = `D${user.slice(1)}`;
      const known = channelsById.get(id);
      if (known) return known;
      const opened: Channel = { id, name: user, kind: 'im', member: true, archived: false };
      channelsById.set(id, opened);
      return opened;
    },
    add(message) {
      const stored: SlackMessage = { type: 'message', ts: nextTs(), ...message };
      of(message.channel).push(stored);
      changed();
      return stored;
    },
    find: (channel, ts) => of(channel).find((message) => message.ts === ts),
    replace(message) {
      const all = of(message.channel);
      const index = all.findIndex(({ ts }) => ts === message.ts);
      if (index >= 0) all[index] = message;
      changed();
    },
    remove(channel, ts) {
      const all = of(channel);
      const index = all.findIndex((message) => message.ts === ts);
      if (index < 0) return false;
      all.splice(index, 1);
      changed();
      return true;
    },
    messages: (channel) => [...of(channel)],
    allMessages: () => [...messages.values()].flat(),
    thread: (channel, ts) => of(channel).filter((message) => message.ts === ts || message.thread_ts === ts),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    changed,
  };
}

/** Seconds with six digits, strictly increasing, like Slack's. */
function timestamps(): () => string {
  let last = 0;
  return () => {
    last = Math.max(last + 1, Date.now() * 1000);
    const digits = String(last);
    return `${digits.slice(0, -6)}.${digits.slice(-6)}`;
  };
}
