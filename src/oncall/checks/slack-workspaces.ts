import { createSlackProbe, probeWorkspace } from '../../bot/slack/probe-slack.ts';
import type { Workspaces } from '../../bot/slack/workspaces.ts';
import type { SlackConfig } from '../../platform/config/load-config.ts';
import type { SlackWorkspaces } from './check-slack-ids.ts';

/** How to ask the workspaces. `workspaces` has the tokens if several can install the app. */
export function slackWorkspaces(
  { botToken, install, apiUrl }: SlackConfig,
  workspaces: Pick<Workspaces, 'client'> | undefined,
): SlackWorkspaces | undefined {
  if (botToken !== undefined) {
    const only = createSlackProbe(botToken, apiUrl);
    return { probe: () => only };
  }
  if (install === undefined || workspaces === undefined) return undefined;
  return {
    probe: (team) => probeWorkspace(workspaces.client(team)),
    teams: install.teams.filter((team) => team !== '*'),
  };
}
