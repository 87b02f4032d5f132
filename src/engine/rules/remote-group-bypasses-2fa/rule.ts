import type { GroupMatch, LocalUser, UserGroup } from '../../facts/accounts/account-values.ts';
import { sameUser } from '../../facts/accounts/same-user.ts';
import type { Attempt } from '../../facts/attempt.ts';
import { quoteAbsence, valueIfKnown } from '../../facts/fact.ts';
import type { Facts } from '../../facts/facts.ts';
import { sameVdom } from '../../fortios/vdom-name.ts';
import { broken, defineRule, healthy, undecided } from '../define-rule.ts';
import type { Fix, Judgement, RuleAnswer, RuleContext } from '../rule.ts';
import { CHANGE_BROKE_IT, NEXT_LOGIN, OPENS_NOTHING } from '../shared/answers.ts';
import { NO_FACTOR } from '../shared/described-symptoms.ts';
import { configEntry, quoteValue, vdomFix } from '../shared/fix.ts';
import { codeList, isAskedAbout, nameList, upperFirst } from '../shared/logins.ts';
import { noCliFix } from '../shared/no-cli-fix.ts';
import { VPN_ACCESS, type VpnAccess, vpnAccess } from '../shared/vpn-access.ts';

/** A group that admits a directory's users directly, while some users of that directory have a second factor. */
interface Bypass {
  readonly group: UserGroup;
  readonly server: string;
  readonly users: readonly LocalUser[];
  /** All users of the directory with a second factor, asked about or not: the fix must not shut them out. */
  readonly all: readonly LocalUser[];
  /** Another group with all these users, and the authentication rules that name each of the two. */
  readonly instead?: {
    readonly name: string;
    readonly rules: string;
    readonly bypassing: string;
    /** Rules and policies that name the group; absent where one would be left without a group, or none was read. */
    readonly places?: { readonly rules: readonly string[]; readonly policies: readonly string[] };
  };
}

export const rule = defineRule({
  id: 'remote-group-bypasses-2fa',
  title: 'A remote group lets users in without their second factor',
  severity: 'critical',
  hop: 'second-factor',
  number: 46,
  forCustomer: 'the account is let in another way before a second step is asked for',
  disturbs: 'logins of other users',
  place: 'on the FortiGate, where a remote group admits the user without a token',
  answers: [
    [
      CHANGE_BROKE_IT,
      'Yes, if the members of the group were part of it: a server among them lets its users in without the token.',
    ],
    [
      /\b(?:take|taking|remov\w+|delet\w+|nehm\w*|entfern\w*|enlev\w*|retir\w*|quit\w*|togli\w*|haal\w*)\b.{0,40}\b(?:groups?|Gruppen?|groupes?|grupos?|gruppo|groep)\b|\bGruppen?\b.{0,20}\b(?:raus\w*|entfern\w*|lösch\w*|wegnehm\w*)/i,
      'Other users of the directory lose access unless they get entries first, administrators too.',
    ],
    [
      'who',
      'Every user of the server whom this group admits gets in with the password alone; users of other groups are asked for their token.',
    ],
    [
      /\b(?:conform\w*|compliant|compliance|audit\w*|insur\w*|report\w*|meld\w*|sicherheitsrelevant|how bad|signaler|notificar|segnalare)\b/i,
      'The second factor is not enforced: users whom the remote group admits get in with the password alone.',
    ],
    [
      'factor',
      'The second factor is not asked for where the remote group matches first: the password alone is enough.',
    ],
    ['attack', 'Nothing here shows an attack, but until this is corrected a stolen password is enough.'],
    ['risk', 'Other users of the directory lose access unless they get entries first, administrators too.'],
    [
      /\b(?:since when|whole time|all (?:the|this) time|seit wann|die ganze Zeit|depuis quand|desde cuándo|da quando|desde quando|sinds wanneer|al die tijd)\b/i,
      'It has been so since the directory server came into the group: revisions of the configuration show the day.',
    ],
    [
      'verify',
      '`show user group` shows the groups that hold the directory server; a login that asks for the token proves the correction.',
    ],
    [
      'elsewhere',
      'Users who match a group of local entries first are asked for their token; those of the remote group are not.',
    ],
    [
      'own-change',
      'A directory server or its group in the group of the VPN lets its users in without their entry, and so without the token.',
    ],
    ['where', 'The members are in `config user group`; VPN rule and firewall policy name the group.'],
    [
      'choice',
      'The users with a token belong in the group, not the directory server: with both the password alone can be enough.',
    ],
    ['prevent', 'A group of the VPN that holds only entries with a token avoids it.'],
    NEXT_LOGIN,
    OPENS_NOTHING,
  ],
  descriptions: [
    {
      all: ['ldap joins|group', NO_FACTOR],
      or: [['group joins ldap', 'bypass|factor']],
      also: ['group joins ldap', 'group ldap', 'token provision|works|on / user token'],
      not: ['everyGroup', 'capitals !old|all', 'code fails', 'nameTwice', 'noToken'],
      title: 'A remote group lets users in without their second factor',
      fix: 'Look at the group of the VPN: `show user group`. Where it has a directory server under `config match` or as a member beside users with a token, FortiOS lets its users in with the password alone. Take the server out of that group; users without an entry of their own then lose access, so create entries for them first.',
    },
  ],
  needs: [],
  wants: ['attempts', 'localUsers', ...VPN_ACCESS],
  references: ['KB394707', 'KB191794', 'KB257210'],
  check({ attempts, localUsers, ...facts }, context) {
    const { userGroups } = facts;
    const access = vpnAccess(facts);
    const users = valueIfKnown(localUsers);
    const groups = valueIfKnown(userGroups);
    const found = users && groups ? findBypass(users, groups, access, context) : undefined;
    const bypass = found && { ...found, instead: otherGroup(found, groups ?? [], facts) };
    const skipped = (valueIfKnown(attempts) ?? []).filter(
      (each) =>
        isAskedAbout(each.user, context) &&
        each.outcome !== 'failed' &&
        (bypass ? hasSkipped(each) : isBypass(each, users)),
    );
    if (skipped.length > 0) return shownByLogin(skipped, bypass, context);
    if (bypass) return shownByConfiguration(bypass, context);
    const asked = (valueIfKnown(attempts) ?? []).find(
      (each) => isAskedAbout(each.user, context) && each.milestones.secondFactorAsked,
    );
    if (asked?.milestones.secondFactorAsked) {
      return healthy(`${asked.user} was asked for the second factor`, [
        asked.milestones.secondFactorAsked.quote,
      ]);
    }
    if (users && groups) {
      return healthy('no group contains the directory of a token user', quoteAbsence(userGroups, localUsers));
    }
    return undecided({
      reason: 'the evidence shows neither a login nor the users and their groups',
      need: 'the users and their groups',
      commands: ['local-users', 'user-groups'],
    });
  },
});

function hasSkipped({ milestones }: Attempt): boolean {
  return milestones.secondFactorSkipped !== undefined;
}

/**
 * `2FA=no` of ike stands in every login without a second factor, so that the local entry decides; one without a second
 * factor is that of two-factor-not-assigned.
 */
function isBypass({ user, milestones }: Attempt, users: readonly LocalUser[] | undefined): boolean {
  const said = milestones.secondFactorSkipped?.quote.text;
  const entry = users?.find((each) => sameUser(each.name, user));
  if (entry) return said !== undefined && entry.twoFactor.value !== 'disable';
  return said?.includes('does not require 2fa') === true;
}

function findBypass(
  users: readonly LocalUser[],
  groups: readonly UserGroup[],
  access: VpnAccess,
  context: RuleContext,
): Bypass | undefined {
  for (const group of groups) {
    if ((access.known || access.complete) && !access.admits(group)) continue;
    for (const server of group.members.value) {
      const all = users.filter(
        (user) =>
          user.enabled.value &&
          user.remoteServer === server &&
          user.twoFactor.value !== 'disable' &&
          sameVdom(group.vdom, user.vdom),
      );
      const bypassed = all.filter(({ name }) => isAskedAbout(name, context));
      if (bypassed.length > 0) return { group, server, users: bypassed, all };
    }
  }
  return undefined;
}

/** A group of an authentication rule that holds the entries of these users and no server. */
function otherGroup(
  { group, server, users }: Bypass,
  groups: readonly UserGroup[],
  { sslVpn, firewallPolicies }: Pick<Facts, 'sslVpn' | 'firewallPolicies'>,
): Bypass['instead'] {
  const rules = (valueIfKnown(sslVpn) ?? []).flatMap((vpn) => vpn.rules);
  const naming = ({ name }: Pick<UserGroup, 'name'>) =>
    nameList(rules.filter((rule) => rule.groups.value.includes(name)).map(({ id }) => id));
  const other = groups.find(
    (each) =>
      each.vdom === group.vdom &&
      naming(each) !== '' &&
      !each.members.value.includes(server) &&
      users.every(({ name }) => each.members.value.includes(name)),
  );
  const bypassing = naming(group);
  if (!other || bypassing === '') return undefined;
  const policies = valueIfKnown(firewallPolicies) ?? [];
  const named = [...rules, ...policies].filter((each) => each.groups.value.includes(group.name));
  const isAlone = named.some((each) => !each.groups.value.includes(other.name));
  const ids = (all: readonly { readonly id: string }[]) =>
    named.filter((each) => all.includes(each)).map(({ id }) => id);
  const places = { rules: ids(rules), policies: ids(policies) };
  return {
    name: other.name,
    rules: naming(other),
    bypassing,
    ...(!isAlone && places.policies.length > 0 && { places }),
  };
}

function shownByLogin(
  skipped: readonly Attempt[],
  bypass: Bypass | undefined,
  context: RuleContext,
): Judgement {
  const names = nameList(skipped.map((each) => each.user));
  return broken(bypass ? 'certain' : 'likely', {
    title: bypass
      ? `${bypass.group.name} contains the ${serverText(bypass)}: ${names} got in without the token`
      : `${names} got in with the password alone: no second factor was asked for`,
    summary: `fnbamd matched a remote group and decided \`config does not require 2fa\`.${bypass ? ` Users of ${bypass.server} match ${bypass.group.name} by the server itself, not by their local entry and its token.${entriesOutside(bypass)}` : ' The reason is a remote group that contains the directory server itself, or a user name whose upper and lower case differs from the local entry.'}`,
    evidence: [
      ...skipped.flatMap(({ milestones }) =>
        milestones.secondFactorSkipped ? [milestones.secondFactorSkipped.quote] : [],
      ),
      ...(bypass?.group.members.quotes ?? []),
    ],
    ...(bypass && { answers: whoElse(bypass) }),
    fix: buildFix(bypass, context),
    // An entry that is a member would have matched the name in its own spelling.
    explains: bypass && notMembers(bypass).length > 0 ? ['username-case-bypasses-2fa'] : [],
  });
}

/** Others whom the same group admits without their token. */
function whoElse(bypass: Bypass): readonly RuleAnswer[] {
  const { group, server, users, all } = bypass;
  const named = all.filter((each) => !users.includes(each)).map(({ name }) => name);
  const groups = codeList(listMatches(bypass).map((each) => each.group));
  const members = groups === '' ? `every user of ${server}` : `every member of ${groups} in ${server}`;
  const others = named.length === 0 ? upperFirst(members) : `${nameList(named)}, like ${members}`;
  const answer = `${others}${named.length === 0 ? '' : ','} can get in with the password alone, too: ${group.name} admits them by the server.`;
  return [
    ['who', answer],
    [/\b(?:alone|only one|the only|allein|einzige\w*|seule?|sol[oa]|único|única|enige)\b/iu, answer],
  ];
}

function shownByConfiguration(bypass: Bypass, context: RuleContext): Judgement {
  const { group, server, users } = bypass;
  const names = nameList(users.map((user) => user.name));
  const matches = listMatches(bypass);
  const evidence = [...group.members.quotes, ...users.flatMap((user) => user.twoFactor.quotes)];
  const outcome = 'the local entry with the token is never used and no push is sent.';
  if (matches.length > 0) {
    const those = matches.map((each) => `\`${each.group}\``).join(' or ');
    return broken('possible', {
      title: `Group ${group.name} may let ${names} in with the password alone`,
      summary: `Group ${group.name} takes the members of ${those} in ${server}, the directory of ${names}. For its members, FortiOS may match that group first: then ${outcome}`,
      evidence: [...evidence, ...matches.flatMap(({ quotes }) => quotes)],
      answers: whoElse(bypass),
      fix: buildFix(bypass, context),
    });
  }
  return broken('likely', {
    title: `Group ${group.name} lets ${names} in with the password alone`,
    summary: `Group ${group.name} contains the server ${server}, the directory of ${names}. When FortiOS matches that group first, ${outcome}`,
    evidence,
    answers: whoElse(bypass),
    fix: buildFix(bypass, context),
  });
}

/** `LDAP server DC01`, by the entries of its users. */
function serverText({ server, users }: Bypass): string {
  const [user] = users;
  const kind = user?.type === 'ldap' || user?.type === 'radius' ? `${user.type.toUpperCase()} ` : '';
  return `${kind}server ${server}`;
}

function entriesOutside(bypass: Bypass): string {
  const names = notMembers(bypass);
  if (names.length === 0) return '';
  return names.length === 1
    ? ` The entry of ${nameList(names)}, which has the token, is no member of ${bypass.group.name}.`
    : ` The entries of ${nameList(names)}, which have tokens, are no members of ${bypass.group.name}.`;
}

function notMembers({ group, users }: Bypass): readonly string[] {
  return users.map(({ name }) => name).filter((name) => !group.members.value.includes(name));
}

/** The groups of the server's users that the group admits; empty if it admits all of them. */
function listMatches({ group, server }: Bypass): readonly GroupMatch[] {
  return group.matches.filter((each) => each.server === server);
}

/** FortiOS rejects a match without its server, so it is removed first, and added after the server. */
function matchLines(matches: readonly GroupMatch[]) {
  if (matches.length === 0) return { drop: [], restore: [] };
  return {
    drop: ['config match', ...matches.map(({ key }) => `    delete ${key}`), 'end'],
    restore: [
      'config match',
      ...matches.flatMap(({ key, server, group }) => [
        `    edit ${key}`,
        `        set server-name ${quoteValue(server)}`,
        `        set group-name ${quoteValue(group)}`,
        '    next',
      ]),
      'end',
    ],
  };
}

/** The rule keeps the other group, so that it does not become one for everybody. */
function withoutGroup(group: string, { bypassing, rules }: NonNullable<Bypass['instead']>): string {
  const isSame = bypassing === rules && /^\d+$/.test(rules);
  return isSame
    ? `Take ${group} out of authentication rule ${rules} of SSL VPN: \`config vpn ssl settings\`, \`config authentication-rule\`, \`edit ${rules}\`, \`unselect groups ${quoteValue(group)}\`, \`next\`, \`end\`, \`end\`. Take it out of`
    : `Take ${group} out of authentication rule ${bypassing} of SSL VPN and out of`;
}

function buildFix(bypass: Bypass | undefined, context: RuleContext) {
  if (!bypass) {
    return vdomFix(context, undefined, {
      apply: [],
      undo: [],
      verify: ['show user group | grep member', 'show user local | grep two-factor'],
      note: 'Put the user, not the directory server, into the group that the VPN rule and the policy name.',
    });
  }
  const { group, server, instead } = bypass;
  if (instead) {
    const names = nameList(bypass.users.map(({ name }) => name));
    if (instead.places) return takeOut(bypass, instead.name, instead.places, context);
    return noCliFix(
      `${withoutGroup(group.name, instead)} every firewall policy from SSL VPN: ${names} ${bypass.users.length > 1 ? 'keep' : 'keeps'} the way in by ${instead.name} (rule ${instead.rules}), with the token; a firewall policy has to name ${instead.name} too. Users of ${server} who are in no other group of a rule lose access: first create entries with a token for those who are to keep it, and add them to ${instead.name}.${listMatches(bypass).length > 0 ? '' : narrowed(bypass)}`,
      [`show user group ${quoteValue(group.name)}`, 'show vpn ssl settings | grep groups'],
    );
  }
  const added = notMembers({ ...bypass, users: bypass.all });
  const missing = added.map(quoteValue).join(' ');
  const { drop, restore } = matchLines(listMatches(bypass));
  // Single changes instead of the whole list, which may have changed since it was read.
  return vdomFix(context, bypass.group.vdom, {
    apply: configEntry('user group', bypass.group.name, [
      ...(added.length === 0 ? [] : [`append member ${missing}`]),
      ...drop,
      `unselect member ${quoteValue(bypass.server)}`,
    ]),
    undo: configEntry('user group', bypass.group.name, [
      `append member ${quoteValue(bypass.server)}`,
      ...restore,
      ...(added.length === 0 ? [] : [`unselect member ${missing}`]),
    ]),
    verify: [`show user group ${quoteValue(bypass.group.name)}`],
    before: `First give every other user of ${bypass.server} who is to keep the VPN an entry with a token (\`show user local\` lists those who have one), and ${added.length === 0 ? `put it into ${bypass.group.name} with the line \`append member "<user>"\` above \`unselect\`` : 'add it to the `append` line'}: without an entry in ${bypass.group.name} they lose access, administrators too.`,
  });
}

/** For users who have no token. */
function narrowed({ group, server }: Bypass): string {
  return ` If they are to get in without a token, leave ${group.name} where it is and narrow it to a group of ${server} that has no user with a token: in its entry in \`config user group\`, \`config match\`, with \`set server-name ${quoteValue(server)}\` and \`set group-name "<group of the directory>"\`.`;
}

/** Rules and policies that name both groups keep the one with the tokens. */
function takeOut(
  { group, server }: Bypass,
  other: string,
  { rules, policies }: { readonly rules: readonly string[]; readonly policies: readonly string[] },
  context: RuleContext,
): Fix {
  const lines = (verb: 'append' | 'unselect') => {
    const entries = (ids: readonly string[]) =>
      ids.flatMap((id) => [`    edit ${id}`, `        ${verb} groups ${quoteValue(group.name)}`, '    next']);
    return [
      'config vpn ssl settings',
      '    config authentication-rule',
      ...entries(rules).map((line) => `    ${line}`),
      '    end',
      'end',
      'config firewall policy',
      ...entries(policies),
      'end',
    ];
  };
  return vdomFix(context, group.vdom, {
    apply: lines('unselect'),
    undo: lines('append'),
    verify: ['show vpn ssl settings | grep groups', 'show firewall policy | grep groups'],
    before: `First put every user of ${server} who is to keep the VPN into ${other}, with an entry that has a token: whoever is only in ${group.name} loses access.`,
    note: `If they are to get in without a token, leave ${group.name} where it is and narrow it to a group of ${server} that has no user with a token: in its entry in \`config user group\`, \`config match\`, with \`set server-name ${quoteValue(server)}\` and \`set group-name "<group of the directory>"\`.`,
  });
}
