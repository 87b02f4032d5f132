import type { webApi } from '@slack/bolt';
import type { Log } from './logger.ts';

export interface UserGroupsOptions {
  /** The client of a workspace; `team` is absent where there is only one. */
  readonly client: (
    team: string | undefined,
  ) => Pick<webApi.WebClient, 'usergroups'> | Promise<Pick<webApi.WebClient, 'usergroups'>>;
  /** Only these are asked for; looked up each time, since they can change. */
  readonly groups: () => readonly string[];
  readonly logger: Log;
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
}

interface Person {
  readonly user: string;
  readonly team?: string;
}

/** Who left a group may ask for so long after. */
const KEEP_MS = 5 * 60_000;
/** While Slack is away the last known members count for so long. */
const KEEP_WHILE_AWAY_MS = 60 * 60_000;
/** Before Slack is asked again after it did not answer. */
const PAUSE_MS = 15_000;

interface Members {
  readonly users: ReadonlySet<string>;
  readonly readAt: number;
  readonly askAgainAt: number;
}

/** Of the groups that matter, those a person is in. Never rejects: whom Slack does not confirm is in none. */
export function createUserGroups(options: UserGroupsOptions): (person: Person) => Promise<readonly string[]> {
  const { client, groups, logger, now } = options;
  const known = new Map<string, Members>();
  const asking = new Map<string, Promise<Members>>();

  async function membersOf(group: string, team: string | undefined): Promise<ReadonlySet<string>> {
    const key = `${team ?? ''} ${group}`;
    const before = known.get(key);
    if (before && now() < before.askAgainAt) return before.users;
    const members = asking.get(key) ?? ask(group, team, before).finally(() => asking.delete(key));
    asking.set(key, members);
    known.set(key, await members);
    return (await members).users;
  }

  async function ask(group: string, team: string | undefined, before: Members | undefined): Promise<Members> {
    try {
      const slack = await client(team);
      const { users = [] } = await slack.usergroups.users.list({ usergroup: group });
      return { users: new Set(users), readAt: now(), askAgainAt: now() + KEEP_MS };
    } catch (error) {
      logger.warn({ err: error, group }, 'Slack does not say who is in a user group');
      const stillCounts = before !== undefined && now() < before.readAt + KEEP_WHILE_AWAY_MS;
      return {
        users: stillCounts ? before.users : new Set(),
        readAt: before?.readAt ?? 0,
        askAgainAt: now() + PAUSE_MS,
      };
    }
  }

  return async ({ user, team }) => {
    const found = await Promise.all(
      groups().map(async (group) => ((await membersOf(group, team)).has(user) ? [group] : [])),
    );
    return found.flat();
  };
}
