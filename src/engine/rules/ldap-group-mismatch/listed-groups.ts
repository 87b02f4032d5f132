import type { GroupMatch } from '../../facts/accounts/account-values.ts';
import { statedQuote } from '../../facts/described/described.ts';
import { valueIfKnown } from '../../facts/fact.ts';
import type { Facts } from '../../facts/facts.ts';
import { broken } from '../define-rule.ts';
import type { Forward, Judgement, RuleAnswer, RuleContext } from '../rule.ts';
import { quoteValue, setMatchedGroup, vdomFix } from '../shared/fix.ts';
import { codeList, isAskedAbout, nameList } from '../shared/logins.ts';
import { firstQuotes, firstRdn, REFUSAL_RULES } from '../shared/vpn-logins.ts';
import { areNamesakes, branchInDomain, domain, normalizeDn } from './group-names.ts';

/** `the groups went into a new OU` */
const GROUPS_MOVED = 'group unit';

/** The directory has the group under another name. */
export const IN_ANOTHER_BRANCH: readonly RuleAnswer[] = [
  [
    'place',
    'The FortiGate has to be changed: the directory has the group in another branch than `config match` names.',
  ],
  ['password', 'The password stays as it is: the name of the group does not fit, for all of its members.'],
];

/** The directory lists the groups of a user: none is one that a user group asks this server for. */
export function shownByList(
  { userGroups, directoryNotes, described }: Pick<Facts, 'userGroups' | 'directoryNotes' | 'described'>,
  context: RuleContext,
): Judgement | undefined {
  const list = valueIfKnown(directoryNotes)?.findLast(
    (note) => note.kind === 'groups' && isAskedAbout(note.user, context) && note.groups.length > 0,
  );
  if (list?.kind !== 'groups') return undefined;
  const { user, server } = list;
  const groups = valueIfKnown(userGroups) ?? [];
  // Without a server’s name those of the same domain.
  const domains = new Set(list.groups.map((dn) => normalizeDn(domain(dn))));
  const isOfServer = (match: GroupMatch) =>
    server === undefined ? domains.has(normalizeDn(domain(match.group))) : match.server === server;
  const asked = groups.flatMap((holder) =>
    holder.matches.filter(isOfServer).map((match) => ({ holder, match })),
  );
  const reported = new Set(list.groups.map(normalizeDn));
  // A group that names the user or the server alone asks for no group of the directory.
  const isLetIn = groups.some(
    ({ members, matches }) =>
      members.value.includes(user) ||
      (server !== undefined &&
        members.value.includes(server) &&
        !matches.some((match) => match.server === server)),
  );
  const [first] = asked;
  if (!first || isLetIn || asked.some(({ match }) => reported.has(normalizeDn(match.group))))
    return undefined;
  const wanted = [...new Set(asked.map(({ match }) => match.group))];
  const holders = nameList([...new Set(asked.map(({ holder }) => holder.name))]);
  const twins = asked.flatMap((each) =>
    list.groups.filter((dn) => areNamesakes(dn, each.match.group)).map((dn) => ({ ...each, dn })),
  );
  const [twin] = twins;
  const moved = statedQuote(GROUPS_MOVED, described);
  const rdn = firstRdn(twin?.match.group ?? first.match.group);
  const forward = askForMember(user, wanted, list.groups);
  return broken(twin || server !== undefined ? 'likely' : 'possible', {
    title: twin
      ? `${twin.holder.name} asks for ${rdn.replace(/^.*?=\s*/, '')} in ${branchInDomain(twin.match.group)}; the directory has it in ${branchInDomain(twin.dn)}`
      : `${user} is not in ${either(wanted.map(firstRdn))}, the LDAP group${wanted.length > 1 ? 's' : ''} that ${holders} asks for`,
    summary: `${
      server === undefined
        ? `The text lists the groups of ${user} in the directory`
        : `The test of the password succeeded, and the directory listed the groups of ${user}`
    }. ${holders} asks ${server ?? first.match.server} for ${eitherCode(wanted)}, ${wanted.length > 1 ? 'and the list has none of them' : 'which is none of them'}: FortiOS compares the whole name, so it accepts the password and refuses the login.`,
    evidence: firstQuotes([
      list.quote,
      ...list.groupQuotes.filter((_, at) => !twin || list.groups[at] === twin.dn).slice(0, 3),
      ...asked.flatMap(({ match }) => match.quotes),
      ...(twin && moved ? [moved] : []),
    ]),
    ...(twin && { answers: IN_ANOTHER_BRANCH }),
    fix:
      twin && twins.length === 1 && asked.length === 1
        ? vdomFix(context, twin.holder.vdom, {
            apply: setMatchedGroup(twin.holder.name, twin.match.key, twin.dn),
            undo: setMatchedGroup(twin.holder.name, twin.match.key, twin.match.group),
            verify: [`show user group ${quoteValue(twin.holder.name)}`],
            ...(!moved && {
              before: 'First ask the owner of the directory whether this is the group that is meant.',
            }),
            note: `The members of ${codeList([twin.dn])} then get in.`,
          })
        : {
            todo: `Add ${user} to ${eitherCode(wanted)} in the directory${wanted.length > 1 ? ' (one is enough)' : ''}, or add the whole name of a group that ${server === undefined ? 'the directory' : 'the test'} lists to \`config match\` of ${holders}: its members then get in.`,
            forward,
          },
    explains: REFUSAL_RULES,
  });
}

/** `CN=Pilots or CN=Crew`: a member of one of them gets in. */
export function either(names: readonly string[]): string {
  const [first = '', second, third, ...more] = [...new Set(names)];
  if (second === undefined) return first;
  if (third === undefined) return `${first} or ${second}`;
  return `${first}, ${second} or ${more.length === 0 ? third : `${more.length + 1} more`}`;
}

export function eitherCode(names: readonly string[]): string {
  return either(names.map((name) => `\`${name}\``));
}

export function askForMember(user: string, wanted: readonly string[], reported: readonly string[]): Forward {
  return toOwner(
    `${user.replace(/^the(?= user\b)/, 'The')} may log in to the VPN only as a member of ${wanted.length === 0 ? 'the VPN group' : eitherCode(wanted)}. Your server reports ${reported.length === 0 ? 'no such group' : codeList(reported)}. Please add the account${wanted.length > 1 ? ' to the one that suits' : ''}, or tell us the name that the group has today.`,
  );
}

export function toOwner(text: string): Forward {
  return { to: 'the owner of the directory', text };
}
