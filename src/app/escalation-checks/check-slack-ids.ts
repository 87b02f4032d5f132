import type { EscalationSettings } from '../../config/escalation-types.ts';
import type { Inventory } from '../../config/inventory-types.ts';
import { userGroupAdvice } from '../../escalation/schedule/sync-user-groups.ts';
import type { SlackProbe } from '../../slack/probe-slack.ts';
import { failedCheck, passedCheck, type SettingCheck } from './setting-check.ts';

type Ids = Pick<SlackProbe, 'botToken' | 'channel' | 'user' | 'userGroup'>;

/** Whether the channels, people and user groups of the settings exist, and the bot can post in the channels. */
export async function checkSlackIds(
  inventory: SlackPlaces,
  opsChannel: string | undefined,
  probe: Ids,
): Promise<readonly SettingCheck[]> {
  const { escalation: settings } = inventory;
  const results: SettingCheck[] = [];
  for (const [id, uses] of channelsOf(inventory, opsChannel)) {
    results.push(await checkChannel(id, [...uses].join(', '), probe));
  }
  if (settings === undefined) return results;
  for (const id of groupsOf(settings)) results.push(await checkGroup(id, probe));
  results.push(...(await checkSyncedGroups(settings, probe)));
  return [...results, ...(await checkPeople(peopleOf(settings), probe))];
}

type SlackPlaces = Pick<Inventory, 'escalation' | 'sweeps'>;

function channelsOf(
  { escalation: settings, sweeps }: SlackPlaces,
  opsChannel: string | undefined,
): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  const add = (id: string | undefined, use: string): void => {
    if (id !== undefined) found.set(id, (found.get(id) ?? new Set()).add(use));
  };
  for (const { channel } of settings?.alerts?.channels ?? []) add(channel, 'alerts');
  add(settings?.handover?.channel, 'handover');
  add(settings?.radar?.channel, 'radar');
  for (const { channel } of sweeps.values()) add(channel, 'sweeps');
  add(opsChannel, 'the operations channel');
  return found;
}

function peopleOf({ routes, schedules }: EscalationSettings): readonly string[] {
  const levels = routes.flatMap((route) => (route.kind === 'slack' ? route.ladder : []));
  return [
    ...new Set([
      ...levels.flatMap((level) => ('user' in level ? [level.user] : [])),
      ...[...schedules.values()].flatMap(({ rotations, overrides, calendar }) => [
        ...(calendar?.people.values() ?? []),
        ...rotations.flatMap(({ people }) => people),
        ...overrides.map(({ user }) => user),
      ]),
    ]),
  ];
}

function groupsOf({ routes }: EscalationSettings): readonly string[] {
  const levels = routes.flatMap((route) => (route.kind === 'slack' ? route.ladder : []));
  return [...new Set(levels.flatMap((level) => ('userGroup' in level ? [level.userGroup] : [])))];
}

async function checkChannel(id: string, uses: string, probe: Ids): Promise<SettingCheck> {
  const found = await probe.channel(id);
  const what = `${id} (${uses})`;
  if (found.kind === 'away') return away('channel', what);
  if (found.kind === 'refused') {
    return failedCheck(
      'channel',
      `${what}: Slack does not show it to the bot (${found.error}). Correct the id, or invite the bot.`,
    );
  }
  if (found.archived) return failedCheck('channel', `${what} is archived: nothing can be posted there.`);
  if (!found.member)
    return failedCheck('channel', `${what}: the bot is not a member. Invite it with /invite.`);
  return passedCheck('channel', `${what}: the bot is a member`);
}

async function checkGroup(id: string, probe: Ids): Promise<SettingCheck> {
  const found = await probe.userGroup(id);
  if (found.kind === 'away') return away('on call', id);
  if (found.kind === 'refused') {
    return failedCheck(
      'on call',
      `${id}: Slack does not say who is in it (${found.error}), so it reaches nobody.`,
    );
  }
  return found.members > 0
    ? passedCheck('on call', `${id}: ${found.members} ${found.members === 1 ? 'member' : 'members'}`)
    : failedCheck('on call', `${id} is empty, so it reaches nobody.`);
}

/** Groups that schedules change. Whether the workspace lets the bot change them shows only at the first change. */
async function checkSyncedGroups(
  { schedules }: EscalationSettings,
  probe: Ids,
): Promise<readonly SettingCheck[]> {
  const results: SettingCheck[] = [];
  for (const [name, { userGroup }] of schedules) {
    if (userGroup === undefined) continue;
    const what = `${userGroup.id} (user group of the schedule ${name})`;
    const token = await probe.botToken();
    const found = await probe.userGroup(userGroup.id);
    if (token.kind === 'away' || found.kind === 'away') results.push(away('on call', what));
    else if (token.kind === 'ok' && !token.scopes.includes('usergroups:write')) {
      results.push(failedCheck('on call', `${what} cannot be changed. ${userGroupAdvice('missing_scope')}`));
    } else if (found.kind === 'refused') {
      results.push(failedCheck('on call', `${what}: Slack does not say who is in it (${found.error}).`));
    } else results.push(passedCheck('on call', `${what} has the person on call as its member`));
  }
  return results;
}

/** Stops at a missing scope, which is the same for everybody. */
async function checkPeople(people: readonly string[], probe: Ids): Promise<readonly SettingCheck[]> {
  const results: SettingCheck[] = [];
  let present = 0;
  for (const id of people) {
    const found = await probe.user(id);
    if (found.kind === 'away') return [...results, away('on call', id)];
    if (found.kind === 'refused' && found.error === 'missing_scope') {
      return [
        passedCheck('on call', 'the people were not checked: that needs the optional scope users:read'),
      ];
    }
    if (found.kind === 'refused') {
      results.push(failedCheck('on call', `${id}: Slack does not know this person (${found.error}).`));
    } else if (found.deleted) {
      results.push(failedCheck('on call', `${id} is deactivated in Slack, and cannot be paged.`));
    } else {
      present += 1;
    }
  }
  const all = `${present} ${present === 1 ? 'person' : 'people'} found in Slack`;
  return present === 0 ? results : [passedCheck('on call', all), ...results];
}

function away(name: string, what: string): SettingCheck {
  return {
    ...failedCheck(name, `${what}: Slack cannot be reached: check egress, the proxy, and SLACK_API_URL.`),
    unreachable: true,
  };
}
