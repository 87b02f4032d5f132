import type { webApi } from '@slack/bolt';
import type { UserGroupsOf } from '../../platform/access/decide.ts';
import type { Dependencies } from '../../platform/dependencies.ts';
import type { Log } from './logger.ts';

export interface UserGroupsOptions extends Pick<Dependencies, 'now'> {
  /** The client of a workspace; `team` is absent if there is only one. */
  readonly client: (
    team: string | undefined,
  ) => Pick<webApi.WebClient, 'usergroups'> | Promise<Pick<webApi.WebClient, 'usergroups'>>;
  /** Only these groups are queried; read each time, since they can change. */
  readonly groups: () => readonly string[];
  readonly logger: Log;
}

/** Former members keep access for this long. */
const CACHE_MS = 5 * 60_000;
/** Time that the last known members count while Slack is unavailable. */
const OUTAGE_CACHE_MS = 60 * 60_000;
/** Pause after a failed query. */
const RETRY_DELAY_MS = 15_000;

interface Members {
  readonly users: ReadonlySet<string>;
  readonly readAt: number;
  readonly retryAt: number;
}

/**
 * Returns the person's groups among the configured ones. Never rejects: a person whom Slack does not confirm is in
 * none.
 */
export function createUserGroups(options: UserGroupsOptions): UserGroupsOf {
  const { client, groups, logger, now } = options;
  const known = new Map<string, Members>();
  const queries = new Map<string, Promise<Members>>();

  async function readMembers(group: string, team: string | undefined): Promise<ReadonlySet<string>> {
    const key = `${team ?? ''} ${group}`;
    const before = known.get(key);
    if (before && now() < before.retryAt) return before.users;
    const members = queries.get(key) ?? queryMembers(group, team, before).finally(() => queries.delete(key));
    queries.set(key, members);
    known.set(key, await members);
    return (await members).users;
  }

  async function queryMembers(
    group: string,
    team: string | undefined,
    before: Members | undefined,
  ): Promise<Members> {
    try {
      const slack = await client(team);
      const { users = [] } = await slack.usergroups.users.list({ usergroup: group });
      return { users: new Set(users), readAt: now(), retryAt: now() + CACHE_MS };
    } catch (error) {
      logger.warn({ err: error, group }, 'Slack does not say who is in a user group');
      const isStillValid = before !== undefined && now() < before.readAt + OUTAGE_CACHE_MS;
      return {
        users: isStillValid ? before.users : new Set(),
        readAt: before?.readAt ?? 0,
        retryAt: now() + RETRY_DELAY_MS,
      };
    }
  }

  return async ({ user, team }) => {
    const found = await Promise.all(
      groups().map(async (group) => ((await readMembers(group, team)).has(user) ? [group] : [])),
    );
    return found.flat();
  };
}
