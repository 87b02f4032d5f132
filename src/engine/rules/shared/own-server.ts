import { valueIfKnown } from '../../facts/fact.ts';
import type { Facts } from '../../facts/facts.ts';
import { broken } from '../define-rule.ts';
import type { Broken, RuleContext } from '../rule.ts';
import { configEntry, quoteValue, vdomFix } from './fix.ts';
import { nameList } from './logins.ts';
import { groupsAsked, listQuotes, REFUSAL_RULES, type ShownLogin } from './vpn-logins.ts';

/** Facts that show which server a user belongs to, for the `wants` of a rule. */
export const OWN_SERVER = ['localUsers', 'userGroups'] as const;

/**
 * A user with a local entry was refused by a server that the entry does not name: the group that was asked holds that
 * server, and not the user. `servers`: those that refused the logins.
 */
export function refusedByOtherServer(
  shown: readonly ShownLogin[],
  servers: readonly string[],
  { localUsers, userGroups }: Pick<Facts, (typeof OWN_SERVER)[number]>,
  context: RuleContext,
): Broken | undefined {
  const logins = shown.map(({ login }) => login);
  const [name, another] = [...new Set(logins.map(({ user }) => user))];
  const entry = valueIfKnown(localUsers)?.find((each) => each.name === name);
  const own = entry?.remoteServer;
  if (!entry || another !== undefined || own === undefined || servers.length === 0) return undefined;
  if (servers.includes(own)) return undefined;
  const asked = groupsAsked(logins);
  const groups = (valueIfKnown(userGroups) ?? []).filter((group) => asked.includes(group.name));
  if (groups.some(({ members }) => members.value.includes(entry.name))) return undefined;
  const [group] = groups.filter(({ members }) => servers.some((each) => members.value.includes(each)));
  if (!group) return undefined;
  const other = nameList(servers);
  const hasToken = entry.twoFactor.value !== 'disable';
  const note = `${entry.name} then needs the password of ${own}${hasToken ? ' and the token' : ''}. If ${entry.name} belongs to ${other} today, correct the server in the entry of ${entry.name} instead.`;
  const lines = (verb: string) =>
    configEntry('user group', group.name, [`${verb} member ${quoteValue(entry.name)}`]);
  return broken('likely', {
    title: `${group.name} sends ${entry.name} to ${other}, and the entry of ${entry.name} names ${own}`,
    summary: `${other} refused ${entry.name}. The local entry of ${entry.name}${hasToken ? ', with its token,' : ''} asks ${own}, but ${entry.name} is no member of ${group.name}, so FortiOS asked the server in that group, which may not know ${entry.name}.`,
    evidence: [...listQuotes(shown), ...group.members.quotes, ...entry.twoFactor.quotes],
    fix: vdomFix(context, group.vdom, {
      apply: lines('append'),
      undo: lines('unselect'),
      verify: [`show user group ${quoteValue(group.name)}`],
      note,
    }),
    explains: REFUSAL_RULES,
  });
}
