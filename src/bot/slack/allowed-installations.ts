import type { Installations } from './installation-store.ts';
import type { Log } from './logger.ts';

export interface AllowedOptions {
  /** Ids of workspaces and organisations; `*` allows all. */
  readonly teams: readonly string[];
  readonly logger: Log;
}

/** Limits installations to allowed workspaces: others are not stored, and stored ones are ignored. */
export function allowedInstallations(
  installations: Installations,
  { teams, logger }: AllowedOptions,
): Installations {
  const isAllowed = (...ids: readonly (string | undefined)[]): boolean =>
    teams.includes('*') || ids.some((id) => id !== undefined && teams.includes(id));
  return {
    ...installations,
    async storeInstallation(installation) {
      const { team, enterprise } = installation;
      if (isAllowed(team?.id, enterprise?.id)) return await installations.storeInstallation(installation);
      const workspace = team?.id ?? enterprise?.id;
      logger.warn({ workspace }, 'an installation was refused: the workspace is not in SLACK_ALLOWED_TEAMS');
      throw new Error('this workspace may not install the app');
    },
    async find(place) {
      const found = await installations.find(place);
      return found && isAllowed(found.teamId, found.enterpriseId) ? found : undefined;
    },
  };
}
