import type { LocalUser } from '../../facts/accounts/account-values.ts';
import { sameUser } from '../../facts/accounts/same-user.ts';
import { type Attempt, UNNAMED_USER } from '../../facts/attempt.ts';
import type { SslVpnSettings } from '../../facts/device/settings.ts';
import { valueIfKnown } from '../../facts/fact.ts';
import type { Facts } from '../../facts/facts.ts';
import type { Fix, RuleContext } from '../rule.ts';
import { appendMembers, perVdomFix } from '../shared/fix.ts';
import { nameList } from '../shared/logins.ts';
import { isPolicyTableWhole } from '../shared/vpn-access.ts';
import { isClientId, whoseLogins } from '../shared/vpn-logins.ts';
import { areGroupsWhole, findMember } from './ssl-vpn-admission.ts';

const PLACEHOLDER = '<vpn-group>';
/** If the evidence does not name the user, or names too many. */
const USER = '<user>';
/** More names than this are probably guesses, not users. */
const MAX_LISTED = 3;

const GUESSING = 'First check that this is your user: unknown names are often password guessing. ';
export const FIND_GROUP =
  'First see which group the VPN rule and the policy name (`show vpn ssl settings`, `show firewall policy`): the user then gets its access. ';
/** Words about a user of one’s own. */
const OF_OWN_USER: ReadonlySet<string> = new Set(['user', 'newUser', 'others', 'moved']);

/** What to check first, unless a person tells who these users are, or the FortiGate has an entry of each. */
export function guessing(
  logins: readonly Attempt[],
  { described, userGroups }: Pick<Facts, 'described' | 'userGroups'>,
): string {
  const isTold = (valueIfKnown(described) ?? []).some(
    ({ text, meanings }) =>
      meanings.some((meaning) => OF_OWN_USER.has(meaning)) || logins.some(({ user }) => text.includes(user)),
  );
  const isOwn = (login: Attempt) =>
    login.trace.signs['local-entry'] !== undefined || findMember(login, { userGroups }) !== undefined;
  return isTold || logins.every(isOwn) ? '' : GUESSING;
}

/** `she is in "config user local"`: a person has seen the entry. */
export function isSaidLocal({ described }: Pick<Facts, 'described'>): boolean {
  return (valueIfKnown(described) ?? []).some(({ text }) =>
    /\b(?:is|are|stands|steht|ist|está|est) in\b.{0,20}\buser local\b/i.test(text),
  );
}

function isName(user: string): boolean {
  return user !== UNNAMED_USER && !isClientId(user);
}

/** What was read about who may log in. */
export interface ReadAccounts extends Pick<Facts, 'userGroups'> {
  readonly users: readonly LocalUser[] | undefined;
  readonly vpns: readonly SslVpnSettings[];
  /** Of `guessing`: the first sentence of a note, or nothing. */
  readonly doubt: string;
}

interface Member {
  readonly user: string;
  readonly vdom: string | undefined;
}

/** A group admits only names that have an entry of their own. */
export function letIn(unknown: readonly Attempt[], read: ReadAccounts, context: RuleContext): Fix | string {
  const { users } = read;
  const isRead = unknown.some(({ user }) => isName(user));
  const known: readonly Member[] =
    users && isRead
      ? unknown.flatMap(({ user, vdom }) => {
          const entry = users.find((each) => sameUser(each.name, user));
          return entry ? [{ user: entry.name, vdom: entry.vdom ?? vdom }] : [];
        })
      : unknown.map(({ user, vdom }) => ({ user: isName(user) ? user : USER, vdom }));
  if (known.length === 0) return createFirst(whoseLogins(unknown), [], read.doubt);
  const few = new Set(known.map((each) => each.user)).size <= MAX_LISTED;
  return addToGroup(few ? known : known.slice(0, 1).map((each) => ({ ...each, user: USER })), read, context);
}

/** The log names the groups, and that no server belongs to them. */
export function joinAsked(
  unknown: readonly Attempt[],
  asked: readonly string[],
  { users, doubt }: ReadAccounts,
  context: RuleContext,
): Fix | string {
  const names = whoseLogins(unknown);
  const known = users?.filter(({ name }) => unknown.some(({ user }) => sameUser(name, user))) ?? [];
  const [group] = asked;
  const isWhole = users?.every(({ partial }) => !partial) ?? false;
  if (isWhole && known.length === 0) return createFirst(names, asked, doubt);
  if (known.length === 0 || group === undefined || asked.length > 1) {
    return known.length > 0
      ? `${names} has an entry in \`user local\`: add ${names} to ${groupNames(asked)} (\`append member\`).`
      : `${doubt}If \`show user local\` lists ${names}, add ${names} to ${groupNames(asked)} (\`append member\`). Otherwise create the user first, or add a server that knows ${names} to that group.`;
  }
  return perVdomFix(context, known, (own) =>
    appendMembers(
      group,
      own.map(({ name }) => name),
      {
        note: `${nameList(own.map(({ name }) => name))} then gets what ${group} may reach. If that is not meant, let the VPN ask another group.`,
      },
    ),
  );
}

/** Only a person knows which group is right: each may open something else, and a member of another may not be meant. */
export function addToGroup(
  logins: readonly Member[],
  { vpns, doubt, ...read }: Omit<ReadAccounts, 'users'>,
  context: RuleContext,
): Fix {
  return perVdomFix(context, logins, (own) => {
    const [first] = own;
    const named = new Set(
      vpns.filter(({ vdom }) => vdom === undefined || vdom === first?.vdom).flatMap((vpn) => vpn.groups),
    );
    const shown = named.size === 0 ? (valueIfKnown(read.userGroups) ?? []) : [];
    const isOutside = own.every(({ user, vdom }) => !findMember({ user, vdom }, read));
    // A person who shows one group asks about that.
    const only = shown.length === 1 && isOutside ? shown[0]?.name : undefined;
    const [group = only ?? PLACEHOLDER] =
      named.size === 1 && isOutside && areGroupsWhole(read.userGroups) ? named : [];
    const before = `${doubt}${only === undefined ? '' : FIND_GROUP}`;
    const body = appendMembers(
      group,
      own.map((each) => each.user),
      {
        ...(before !== '' && { before: before.trim() }),
        note: `${named.size > 1 ? `The VPN rules name ${nameList([...named])}: choose the group whose access is meant. ` : ''}The firewall policy from the SSL VPN interface has to name the same group.`,
      },
    );
    return { ...body, verify: [...body.verify, 'show vpn ssl settings | grep groups'] };
  });
}

/** `groups`: those that were asked, or nothing where the log does not name them. */
function groupNames(groups: readonly string[]): string {
  return groups.length === 0 ? 'a user group of the VPN rules' : nameList(groups);
}

function createFirst(users: string, groups: readonly string[], doubt: string): string {
  const group = groupNames(groups);
  return `${doubt}The FortiGate has no local user ${users}: create the user and add it to ${group}, or add a server that knows ${users} to ${group}.`;
}

/** The users do not exist. `groups`: of each source that names groups of the VPN, best first; one that names a single group decides. */
export function createAndJoin(
  unknown: readonly Attempt[],
  groups: readonly (readonly string[])[],
  context: RuleContext,
): Fix {
  const [group = PLACEHOLDER] = groups.find((names) => names.length === 1) ?? [];
  const users = whoseLogins(unknown);
  return perVdomFix(context, unknown, (own) =>
    appendMembers(
      group,
      own.map(({ user }) => user),
      {
        note: `Create ${users} first (\`config user local\`, with a password and a FortiToken): without the entry FortiOS refuses the lines. Where a directory knows ${users}, create the entry with its server instead. The firewall policy from the SSL VPN interface has to name the same group.`,
      },
    ),
  );
}

/** What was read does not show what is missing. */
export function compareAll(
  users: string,
  { doubt, userGroups, firewallPolicies }: ReadAccounts & Pick<Facts, 'firewallPolicies'>,
): string {
  const unread = [
    '`show user local`',
    ...(areGroupsWhole(userGroups) ? [] : ['`show user group`']),
    '`show vpn ssl settings`',
    ...(isPolicyTableWhole(firewallPolicies) ? [] : ['`show firewall policy`']),
  ];
  return `${doubt}Find which link is missing for ${users}: ${unread.join(', ')}. A user group that holds ${users}, or a server that knows ${users}, must stand in an authentication rule and in a firewall policy from the SSL VPN interface.`;
}
