import type { GroupMatch, UserGroup } from '../../facts/accounts/account-values.ts';
import type { Attempt, SeenSign } from '../../facts/attempt.ts';
import { saidYesByLdap } from '../../facts/attempts/login-failure.ts';
import { type Fact, valueIfKnown } from '../../facts/fact.ts';
import type { Facts } from '../../facts/facts.ts';
import { broken, defineRule, healthy } from '../define-rule.ts';
import type { Fix, Judgement, RuleContext } from '../rule.ts';
import { OPENS_NOTHING } from '../shared/answers.ts';
import {
  configBlock,
  configEntry,
  quoteValue,
  setMatchedGroup,
  testAtServer,
  vdomFix,
} from '../shared/fix.ts';
import { codeList, nameList, needsLogin } from '../shared/logins.ts';
import {
  countOfLogins,
  firstQuotes,
  firstRdn,
  groupMatches,
  groupsAsked,
  listLdapServers,
  listQuotes,
  REFUSAL_RULES,
  refusedAfter,
  type ShownLogin,
  shownBy,
  vpnLoginsInQuestion,
  whoseLogins,
} from '../shared/vpn-logins.ts';
import { areNamesakes, branch, branchInDomain, domain, normalizeDn } from './group-names.ts';
import {
  askForMember,
  either,
  eitherCode,
  IN_ANOTHER_BRANCH,
  shownByList,
  toOwner,
} from './listed-groups.ts';

export const rule = defineRule({
  id: 'ldap-group-mismatch',
  title: 'The directory accepts the password, but the user is in no group that the VPN asks for',
  severity: 'high',
  hop: 'authorisation',
  number: 121,
  forCustomer: 'the password is right, but the account is in no group that may use this connection',
  disturbs: 'only this account',
  place: 'in the groups of the account, while the password is right',
  stops: 'one account',
  answers: [
    [
      /nested|verschachtelt|subgroup|group (?:with)?in (?:a )?group/i,
      'Nested groups count if the directory reports them with the account.',
    ],
    [
      /\b(?:remov|delet|drop|without|entfern|lösch|ohne).{0,30}\b(?:match|group|Gruppe|filter)/i,
      'Without `config match` every account that the directory accepts belongs to the group.',
    ],
    [
      'place',
      'The directory does not report this group for the account, which has to join it there. The FortiGate has to be changed only if `config match` names a wrong group.',
    ],
    ['password', 'The password is right: the directory accepted it.'],
    [
      'change',
      '`config match` has to be changed if another group may use the VPN; else the account joins the group in the directory.',
    ],
    ['which-group', 'The account needs the group that `config match` asks for, with exactly this name.'],
    ['duration', 'A new membership counts from the next login on.'],
    [
      'restart',
      'A new login is enough: the FortiGate asks the directory for the groups each time, so a restart is not needed.',
    ],
    ['elsewhere', 'The directory reports the group for colleagues who get in, but not for this account.'],
    ['verify', 'The debug of fnbamd shows the groups that the directory reports for the account.'],
    ['where', '`config match` is in the group, `config user group`; the membership is in the directory.'],
    ['prevent', 'One group of the directory for the VPN is useful, which every new user joins.'],
    [
      'choice',
      'The account joins the group that `config match` names, or `config match` names a group of the account.',
    ],
    [
      'own-change',
      'An account that was moved or renamed may have lost the group, and a renamed group has another name than `config match`.',
    ],
    OPENS_NOTHING,
  ],
  loginReasons: {
    'group-mismatch': 'password accepted, no group matches',
    'request-result': ({ fields }) => (fields.code === '1' ? 'password accepted, then refused' : undefined),
  },
  descriptions: [
    {
      all: ['test works', 'group'],
      or: [
        ['nested', 'group', 'fails|not'],
        ['nested', 'member', 'fails|not'],
        ['ldap', 'group member not|missing'],
        ['ldap|member', 'group changed|not|missing', 'fails', 'others works'],
        ['group unit changed|new', 'test works', 'fails|not'],
      ],
      also: ['test works', 'ldap', 'nested', 'group member', 'others works', 'fails'],
      not: [
        'providerCode',
        'approval',
        'radiusServer',
        'saml',
        'authGroup',
        'baseDn unit',
        'accountLocked',
        'webPortal',
      ],
      title: 'The directory accepts the password, but the user is in no group that the VPN asks for',
      fix: 'Compare the groups of the user in the directory (“Member Of”) with the group under “User & Authentication > User Groups”, whose match must hold the full DN of a directory group. Put the user into that group, or correct the DN. If the user is in it only through another group, let the match name the inner group, or let the FortiGate search nested groups (`set group-search-base`, `set search-type recursive` in the LDAP server).',
    },
  ],
  needs: ['attempts'],
  wants: ['userGroups', 'directoryNotes', 'described'],
  references: ['KB335554'],
  checkPartial: (facts, context) =>
    facts.attempts.state === 'unknown' ? shownByList(facts, context) : undefined,
  check({ attempts, userGroups, directoryNotes, described }, context) {
    const shown = vpnLoginsInQuestion(attempts.value, context).flatMap((login) => {
      const accepted = login.outcome === 'incomplete' ? undefined : saidYesByLdap(login.trace.signs);
      const seen = accepted && refusedAfter(login, accepted);
      return seen ? [{ login, seen }] : [];
    });
    if (shown.length === 0) {
      const matched = shownBy(attempts.value, 'group-matched');
      return matched
        ? healthy('a group of the user matched', [matched.seen.quote])
        : (shownByList({ userGroups, directoryNotes, described }, context) ??
            needsLogin('no login in the evidence shows the groups that a directory reports'));
    }
    const moved = movedGroup(findNamesakes(shown, attempts.value, userGroups), attempts.value, context);
    if (moved) return moved;
    const logins = shown.map(({ login }) => login);
    const users = whoseLogins(logins);
    const member = users.replace(/^a(?= user\b)/, 'the');
    const reported = [...new Set(logins.flatMap(listGroups))];
    const named = groupsAsked(logins);
    const wanted = groupMatches(userGroups, named).filter(({ group }) => !reported.includes(group));
    const holders = (valueIfKnown(userGroups) ?? []).filter(({ matches }) =>
      matches.some((match) => wanted.includes(match)),
    );
    const asked = named.length === 0 && holders.length === 1 ? holders.map(({ name }) => name) : named;
    const group = asked.length === 0 ? 'the FortiGate’s user group' : nameList(asked);
    const place = asked.length === 0 ? 'that group of the FortiGate' : group;
    const anyGroup = asked.join(' or ');
    const [onlyReported, otherReported] = reported;
    const names = reported.slice(0, MAX_NAMED).map(firstRdn);
    const is =
      onlyReported === undefined
        ? ''
        : otherReported === undefined
          ? ` The directory reported: \`${onlyReported}\`.`
          : wanted.length === 0
            ? ''
            : ` The directory reported ${listAll(names, reported.length)}.`;
    const wants =
      wanted.length === 0
        ? ''
        : ` The group that ${group} asks for: ${codeList(wanted.map((each) => each.group))}.`;
    const isLogged = shown.some(({ login }) => login.trace.signs['group-mismatch'] !== undefined);
    return broken(isLogged ? 'certain' : 'likely', {
      title:
        wanted.length > 0
          ? `${users} is not in ${either(wanted.map((each) => firstRdn(each.group)))}, the LDAP group${wanted.length > 1 ? 's' : ''} that ${group} asks for`
          : reported.length > 0
            ? `${users} is in no LDAP group that ${asked.length === 0 ? group : anyGroup} asks for${otherReported === undefined && isLogged ? `, only in ${nameList(reported.map(firstRdn))}` : ''}`
            : `The LDAP server accepted ${users}, but no group of ${group} matched`,
      summary: `${countOfLogins(logins, attempts.value)} failed after the LDAP server accepted the password: none of the groups that it reports is one that ${asked.length === 0 ? group : anyGroup} asks for.${is}${wants}`,
      evidence: [
        ...listQuotes(shown),
        ...logins
          .flatMap(({ trace }) => trace.signs['ldap-group'] ?? [])
          .slice(0, 3)
          .map(({ quote }) => quote),
        ...wanted.slice(0, 2).flatMap(({ quotes }) => quotes),
      ],
      fix: (holders.length === 1 && toSaidGroup(member, holders, reported, described, context)) || {
        todo: `${wanted.length === 0 && asked.length > 0 ? stepsTo(member, asked, reported) : addTo(member, place, wanted, reported)} ${reported.length === 0 ? testAtServer('ldap', listLdapServers(logins).trim(), users) : ''}`,
        forward: askForMember(
          member,
          wanted.map((each) => each.group),
          reported,
        ),
      },
      explains: REFUSAL_RULES,
    });
  },
});

/** Groups of one user that a sentence names. */
const MAX_NAMED = 6;

/** `CN=Pilots, CN=Lisbon and CN=Crew`, `CN=Pilots, … and 9 more`. */
function listAll(names: readonly string[], count: number): string {
  const left = count - names.length;
  const [last, ...others] = left > 0 ? [`${left} more`, ...names] : [names.at(-1), ...names.slice(0, -1)];
  return `${others.join(', ')} and ${last}`;
}

const WITHIN = 'Groups within groups count only if the directory reports them.';
const FURTHER =
  'as a further entry of `config match`. A changed `group-name` would refuse those who get in today.';

/** `G-`, `grp_`, `SG-VPN-` */
const GROUP_PREFIX = /^(?:(?:g|gg|gl|dl|sg|sec|grp|group|vpn|role)[-_ ])+/i;
/** Letters of a name that a sentence holds by no accident. */
const MIN_NAME = 5;
const OF_A_MOVE: ReadonlySet<string> = new Set(['moved', 'changed', 'new', 'newUser']);

/** A further entry for the one reported group that a person names: `moved from Sales to Logistics`. */
function toSaidGroup(
  users: string,
  [holder]: readonly UserGroup[],
  reported: readonly string[],
  described: Facts['described'],
  context: RuleContext,
): Fix | undefined {
  const words = (text: string) => ` ${text.toLowerCase().replace(/[^\p{L}\d]+/gu, ' ')} `;
  const letters = (text: string) => text.toLowerCase().replace(/[^\p{L}\d]+/gu, '');
  const said = (valueIfKnown(described) ?? [])
    .filter(({ meanings }) => meanings.some((meaning) => OF_A_MOVE.has(meaning)))
    .map(({ text }) => words(text))
    .join('');
  // `G-FieldService` is the `Field Service` of a person.
  const isSaid = (dn: string) => {
    const name = firstRdn(dn).replace(/^.*?=/, '');
    const bare = letters(name.replace(GROUP_PREFIX, ''));
    return said.includes(words(name)) || (bare.length >= MIN_NAME && letters(said).includes(bare));
  };
  const [group, another] = reported.filter(isSaid);
  const [match] = holder?.matches ?? [];
  if (!holder || !match || group === undefined || another !== undefined) return undefined;
  if (holder.matches.some(({ server }) => server !== match.server)) return undefined;
  const key = `${Math.max(...holder.matches.map((each) => Number(each.key) || 0)) + 1}`;
  const inMatches = (lines: readonly string[]) =>
    configEntry('user group', holder.name, configBlock('match', lines));
  return vdomFix(context, holder.vdom, {
    apply: inMatches([
      `edit ${key}`,
      `    set server-name ${quoteValue(match.server)}`,
      `    set group-name ${quoteValue(group)}`,
      'next',
    ]),
    undo: inMatches([`delete ${key}`]),
    verify: [`show user group ${quoteValue(holder.name)}`],
    note: `All members of ${firstRdn(group)}, the group that is named for ${users} today, then get what ${holder.name} may reach. For other access give them a user group of their own with this entry, and name it in the VPN rule and in a policy.`,
  });
}

/** What the groups ask for was not read. */
function stepsTo(users: string, asked: readonly string[], reported: readonly string[]): string {
  const shows = asked.map((name) => `\`show user group ${quoteValue(name)}\``).join(', ');
  const own = reported.length === 1 ? codeList(reported) : `one of the groups of ${users}`;
  return `1. See which groups of the directory ${asked.join(' or ')} asks for: ${shows}. 2. Add ${users} to one of them in the directory; the groups of a colleague who gets in show which. ${WITHIN} 3. Or let the members of ${own} in: add its whole name to ${asked.join(' or ')} ${FURTHER}`;
}

function addTo(
  users: string,
  place: string,
  wanted: readonly GroupMatch[],
  reported: readonly string[],
): string {
  const add =
    wanted.length === 0
      ? `Add ${users} to the LDAP group that \`config match\` of ${place} names`
      : `Add ${users} to ${eitherCode(wanted.map(({ group }) => group))} in the directory${wanted.length > 1 ? ' (one is enough)' : ''}`;
  const or =
    reported.length === 0
      ? `set \`group-name\` in ${place} to the whole name of a group that has this member, which lets all of its members in.`
      : `if all members of ${reported.length === 1 ? '' : 'one of '}${codeList(reported)} may use the VPN, add that name to ${place} ${FURTHER}`;
  return `${add}, or ${or} ${WITHIN}`;
}

function listGroups({ trace }: Attempt): readonly string[] {
  return (trace.signs['ldap-group'] ?? []).flatMap(({ fields }) => fields.group ?? []);
}

/** A group that the directory lists under the name that an entry of `config match` asks for, in another branch. */
interface Namesake {
  readonly shown: ShownLogin;
  readonly holder: UserGroup;
  readonly match: GroupMatch;
  readonly listed: SeenSign;
  readonly dn: string;
}

/** Without entries whose own group some login lists: that group is where it was, beside another of its name. */
function findNamesakes(
  shown: readonly ShownLogin[],
  attempts: readonly Attempt[],
  userGroups: Fact<readonly UserGroup[]>,
): readonly Namesake[] {
  const reported = new Set(attempts.flatMap(listGroups).map(normalizeDn));
  return shown.flatMap((each) => {
    const { signs } = each.login.trace;
    const asked = groupsAsked([each.login]);
    const servers = (signs['server-loaded'] ?? []).flatMap(({ fields }) => fields.server ?? []);
    return (valueIfKnown(userGroups) ?? [])
      .filter(({ name }) => asked.length === 0 || asked.includes(name))
      .flatMap((holder) => holder.matches.map((match) => ({ shown: each, holder, match })))
      .filter(
        ({ match: { server, group } }) =>
          (servers.length === 0 || servers.includes(server)) && !reported.has(normalizeDn(group)),
      )
      .flatMap((one) =>
        (signs['ldap-group'] ?? []).flatMap((listed) => {
          const { group: dn } = listed.fields;
          return dn !== undefined && areNamesakes(dn, one.match.group) ? [{ ...one, listed, dn }] : [];
        }),
      );
  });
}

/** The login lists the group under another DN than `config match`. Lines only for one entry and one DN of its domain. */
function movedGroup(
  namesakes: readonly Namesake[],
  attempts: readonly Attempt[],
  context: RuleContext,
): Judgement | undefined {
  const [first] = namesakes;
  if (!first) return undefined;
  const { holder, match, dn } = first;
  const shown = [...new Set(namesakes.map((each) => each.shown))];
  const logins = shown.map(({ login }) => login);
  const users = whoseLogins(logins);
  const name = firstRdn(match.group).replace(/^.*?=\s*/, '');
  const entries = [...Map.groupBy(namesakes, (each) => each.match)].map(([asked, own]) => ({
    ...asked,
    of: nameList(own.map((each) => each.holder.name)),
    places: [...new Set(own.map((each) => each.dn))],
  }));
  const places = entries[0]?.places ?? [];
  const isOneDomain = places.every((each) => normalizeDn(domain(each)) === normalizeDn(domain(match.group)));
  const isDecided =
    isOneDomain && entries.length === 1 && places.length === 1 && groupsAsked(logins).includes(holder.name);
  const place = (each: string) => (isOneDomain ? branchInDomain(each) : branch(each));
  const listed = codeList([...new Set(entries.flatMap((each) => each.places))]);
  const old = codeList(entries.map((each) => each.group));
  const forward = toOwner(
    `Our VPN looks for the group ${name} as ${old}. For ${users} your server reports ${listed}. Was the group moved, or is this another group of that name?`,
  );
  return broken('certain', {
    title: `${holder.name} asks for ${name} in ${place(match.group)}; the directory has it in ${nameList(places.map(place))}`,
    summary: `${countOfLogins(logins, attempts)} failed after the LDAP server accepted the password. ${holder.name} asks for ${old}; for ${users} the directory reported ${listed}: the same name in another branch. FortiOS compares the whole name, which changes when a group is moved.`,
    evidence: firstQuotes([
      ...listQuotes(shown, 2),
      ...namesakes.slice(0, 2).map((each) => each.listed.quote),
      ...entries.flatMap(({ quotes }) => quotes),
    ]),
    answers: IN_ANOTHER_BRANCH,
    fix: isDecided
      ? vdomFix(context, holder.vdom, {
          apply: setMatchedGroup(holder.name, match.key, dn),
          undo: setMatchedGroup(holder.name, match.key, match.group),
          verify: [`show user group ${quoteValue(holder.name)}`],
          before: `First ask the owner of the directory whether the group was moved: if it was not, the lines let the members of another group in and keep those of the right one out.`,
          forward,
        })
      : {
          todo: `${entries.map((each) => `Set \`group-name\` of entry ${each.key} in \`config match\` of ${each.of} to ${each.places.length === 1 ? `${codeList(each.places)}, if that` : `the one of ${codeList(each.places)} that`} is the same group.`).join(' ')} Its members then get in.`,
          forward,
        },
    explains: REFUSAL_RULES,
  });
}
