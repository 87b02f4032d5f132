import {
  createSlackProbe,
  type Probe,
  probeWorkspace,
  type WorkspaceProbe,
} from '../../bot/slack/probe-slack.ts';
import type { Workspaces } from '../../bot/slack/workspaces.ts';
import type { EscalationSettings } from '../../platform/config/escalation-schema.ts';
import type { Inventory } from '../../platform/config/inventory-types.ts';
import type { SlackConfig } from '../../platform/config/load-config.ts';
import { userGroupAdvice } from '../schedule/sync-user-groups.ts';
import type { ChannelRef } from '../thread/thread-port.ts';
import { awayCheck, failCheck, passCheck, type SettingCheck } from './setting-check.ts';

type Ids = Pick<WorkspaceProbe, 'botToken' | 'channel' | 'user' | 'userGroup'>;

export interface SlackWorkspaces {
  /** `team` is absent if there is only one workspace. */
  readonly probe: (team: string | undefined) => Ids;
  /** The workspaces that may install the app, without `*`; absent if there is only one. */
  readonly teams?: readonly string[] | undefined;
}

interface Workspace {
  readonly team: string | undefined;
  readonly ids: Ids;
}

/**
 * Whether the channels, people and user groups of the settings exist, and the bot can post in the channels: in each
 * workspace that has one of them. A page comes from any workspace, so the called people are looked up in all.
 */
export async function checkSlackIds(
  inventory: SlackSettings,
  opsPlace: ChannelRef | undefined,
  { probe, teams }: SlackWorkspaces,
): Promise<readonly SettingCheck[]> {
  const { escalation: settings } = inventory;
  const channels = listChannels(inventory, opsPlace);
  const wanted =
    teams === undefined ? [undefined] : [...new Set([...teams, ...channels.map(({ team }) => team)])];
  const results: SettingCheck[] = [];
  for (const team of wanted) {
    const workspace: Workspace = { team, ids: probe(team) };
    const missing = team === undefined ? undefined : await notInstalled(workspace);
    if (missing !== undefined) {
      results.push(missing);
      continue;
    }
    const own = channels.filter((each) => teams === undefined || each.team === team);
    for (const channel of own) results.push(await checkChannel(channel, workspace));
    if (settings !== undefined) results.push(...(await checkCalled(settings, workspace)));
  }
  return results;
}

async function notInstalled({ team, ids }: Workspace): Promise<SettingCheck | undefined> {
  const token = await ids.botToken();
  if (token.kind === 'away') return away('workspace', team ?? '');
  if (token.kind === 'ok') return undefined;
  return failCheck(
    'workspace',
    `${team}: the app is not installed there, or its token is refused (${token.error}). Open /slack/install.`,
  );
}

async function checkCalled(
  settings: EscalationSettings,
  workspace: Workspace,
): Promise<readonly SettingCheck[]> {
  const results: SettingCheck[] = [];
  const groups = listLevels(settings.routes).flatMap((level) =>
    'userGroup' in level ? [level.userGroup] : [],
  );
  for (const id of new Set(groups)) results.push(await checkGroup(id, workspace));
  results.push(...(await checkSyncedGroups(settings, workspace)));
  return [...results, ...(await checkPeople(listPeople(settings), workspace))];
}

/** ` in T012`, or nothing if there is only one workspace. */
function inWorkspace({ team }: Workspace): string {
  return team === undefined ? '' : ` in ${team}`;
}

/** The result of a look at something in Slack. `refused`: what to say of Slack's error code. */
async function look<T extends object>(
  name: string,
  what: string,
  probe: Promise<Probe<T>>,
  refused: (error: string) => string,
  judge: (found: T) => SettingCheck,
): Promise<SettingCheck> {
  const found = await probe;
  if (found.kind === 'away') return away(name, what);
  return found.kind === 'refused' ? failCheck(name, `${what}: ${refused(found.error)}`) : judge(found);
}

async function checkChannel({ channel: id, uses }: UsedChannel, workspace: Workspace): Promise<SettingCheck> {
  const what = `${id}${inWorkspace(workspace)} (${[...uses].join(', ')})`;
  const hidden = (error: string) =>
    `Slack does not show it to the bot (${error}). Correct the id, or invite the bot.`;
  return await look('channel', what, workspace.ids.channel(id), hidden, ({ archived, member }) => {
    if (archived) return failCheck('channel', `${what} is archived: nothing can be posted there.`);
    if (!member) return failCheck('channel', `${what}: the bot is not a member. Invite it with /invite.`);
    return passCheck('channel', `${what}: the bot is a member`);
  });
}

async function checkGroup(id: string, workspace: Workspace): Promise<SettingCheck> {
  const what = `${id}${inWorkspace(workspace)}`;
  const hidden = (error: string) => `Slack does not say who is in it (${error}), so it reaches nobody.`;
  return await look('on call', what, workspace.ids.userGroup(id), hidden, ({ members }) =>
    members > 0
      ? passCheck('on call', `${what}: ${members} ${members === 1 ? 'member' : 'members'}`)
      : failCheck('on call', `${what} is empty, so it reaches nobody.`),
  );
}

/** Groups that schedules change. Whether the workspace lets the bot change them shows only at the first change. */
async function checkSyncedGroups(
  { schedules }: EscalationSettings,
  workspace: Workspace,
): Promise<readonly SettingCheck[]> {
  const { team, ids } = workspace;
  const results: SettingCheck[] = [];
  for (const [name, { userGroup }] of schedules) {
    if (userGroup === undefined || (team !== undefined && userGroup.team !== team)) continue;
    const what = `${userGroup.id}${inWorkspace(workspace)} (user group of the schedule ${name})`;
    const token = await ids.botToken();
    const hidden = (error: string) => `Slack does not say who is in it (${error}).`;
    results.push(
      token.kind === 'ok' && !token.scopes.includes('usergroups:write')
        ? failCheck('on call', `${what} cannot be changed. ${userGroupAdvice('missing_scope')}`)
        : await look('on call', what, ids.userGroup(userGroup.id), hidden, () =>
            passCheck('on call', `${what} has the person on call as its member`),
          ),
    );
  }
  return results;
}

/** Stops at a missing scope, which is the same for everybody. */
async function checkPeople(
  people: readonly string[],
  workspace: Workspace,
): Promise<readonly SettingCheck[]> {
  const results: SettingCheck[] = [];
  const where = inWorkspace(workspace);
  let present = 0;
  for (const id of people) {
    const found = await workspace.ids.user(id);
    if (found.kind === 'away') return [...results, away('on call', `${id}${where}`)];
    if (found.kind === 'refused' && found.error === 'missing_scope') {
      const why = 'that needs the optional scope users:read';
      return [passCheck('on call', `the people${where} were not checked: ${why}`)];
    }
    if (found.kind === 'refused') {
      results.push(failCheck('on call', `${id}${where}: Slack does not know this person (${found.error}).`));
    } else if (found.deleted) {
      results.push(failCheck('on call', `${id}${where} is deactivated in Slack, and cannot be paged.`));
    } else {
      present += 1;
    }
  }
  const all = `${present} ${present === 1 ? 'person' : 'people'} found in Slack${where}`;
  return present === 0 ? results : [passCheck('on call', all), ...results];
}

function away(name: string, what: string): SettingCheck {
  return awayCheck(name, `${what}: Slack cannot be reached: check egress, the proxy, and SLACK_API_URL.`);
}

type SlackSettings = Pick<Inventory, 'escalation' | 'sweeps'>;

interface UsedChannel extends ChannelRef {
  /** What posts there. */
  readonly uses: ReadonlySet<string>;
}

/** Every channel of the settings, once for each workspace. Pure. */
function listChannels(
  { escalation: settings, sweeps }: SlackSettings,
  opsPlace: ChannelRef | undefined,
): readonly UsedChannel[] {
  const found = new Map<string, ChannelRef & { readonly uses: Set<string> }>();
  const add = (place: ChannelRef | undefined, use: string): void => {
    if (place === undefined) return;
    const { channel, team } = place;
    const key = `${team ?? ''} ${channel}`;
    const known = found.get(key) ?? { channel, team, uses: new Set<string>() };
    found.set(key, known);
    known.uses.add(use);
  };
  for (const place of settings?.alerts?.channels ?? []) add(place, 'alerts');
  add(settings?.handover, 'handover');
  add(settings?.correlation, 'correlation');
  for (const sweep of sweeps.values()) add(sweep, 'sweeps');
  add(opsPlace, 'the operations channel');
  return [...found.values()];
}

/** Everybody whom a level, a schedule or a calendar names. Pure. */
function listPeople({ routes, schedules }: EscalationSettings): readonly string[] {
  const people = [
    ...listLevels(routes).flatMap((level) => ('user' in level ? [level.user] : [])),
    ...[...schedules.values()].flatMap(({ rotations, overrides, calendar }) => [
      ...Object.values(calendar?.people ?? {}),
      ...rotations.flatMap((rotation) => rotation.people),
      ...overrides.map(({ user }) => user),
    ]),
  ];
  return [...new Set(people)];
}

function listLevels(routes: EscalationSettings['routes']) {
  return routes.flatMap((route) => (route.kind === 'slack' ? route.levels : []));
}

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
