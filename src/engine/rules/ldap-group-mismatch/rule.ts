import type { Attempt } from '../../facts/attempt.ts';
import { valueIfKnown } from '../../facts/fact.ts';
import { defineRule, healthy } from '../define-rule.ts';
import { noCliFix, testAtServer } from '../shared/fix.ts';
import { nameList, needsLogin } from '../shared/logins.ts';
import { countOfLogins, failedWith, quotesOf, shownBy, whoseLogins } from '../shared/vpn-logins.ts';

export const rule = defineRule({
  id: 'ldap-group-mismatch',
  title: 'The directory accepts the password, but the user is in no group that the VPN asks for',
  severity: 'high',
  hop: 'authorisation',
  number: 121,
  forCustomer: 'the account is in no group that may use this connection',
  needs: ['attempts'],
  wants: ['userGroups'],
  references: ['KB335554'],
  check({ attempts, userGroups }, context) {
    const shown = failedWith(
      attempts.value,
      context,
      'group-mismatch',
      (seen, { trace }) =>
        trace.signs['ldap-state']?.some(
          ({ fields, order }) => fields.from === 'User Binding' && fields.to !== 'Done' && order < seen.order,
        ) === true && !trace.signs['group-matched']?.some(({ order }) => order > seen.order),
    );
    if (shown.length === 0) {
      const matched = shownBy(attempts.value, 'group-matched');
      return matched
        ? healthy('a group of the user matched', [matched.seen.quote])
        : needsLogin('no login in the evidence shows the groups that a directory reports');
    }
    const logins = shown.map(({ login }) => login);
    const users = whoseLogins(logins);
    const reported = [...new Set(logins.flatMap(groupsOf))];
    const asked = new Set(logins.flatMap(({ trace }) => groupsAsked(trace)));
    const wanted = (valueIfKnown(userGroups) ?? [])
      .filter(({ name }) => asked.size === 0 || asked.has(name))
      .flatMap(({ matches }) => matches)
      .filter(({ group }) => !reported.includes(group));
    const is = reported.length === 0 ? '' : ` The directory reported: ${listOf(reported)}.`;
    const wants =
      wanted.length === 0
        ? ''
        : ` The FortiGate’s group asks for: ${listOf(wanted.map(({ group }) => group))}.`;
    return {
      verdict: 'broken',
      confidence: 'certain',
      title: `The VPN allows no LDAP group of ${users}`,
      summary: `${countOfLogins(logins, attempts.value)} failed after the LDAP server accepted the password: no group that it reports is one that the FortiGate’s user group names.${is}${wants}`,
      evidence: [
        ...quotesOf(shown),
        ...logins
          .flatMap(({ trace }) => trace.signs['ldap-group'] ?? [])
          .slice(0, 3)
          .map(({ quote }) => quote),
        ...wanted.slice(0, 2).flatMap(({ quotes }) => quotes),
      ],
      fix: noCliFix(
        `Decide who is right: either the account belongs in the directory’s group that the VPN names, or \`config match\` of the FortiGate’s user group holds another name than the directory’s (it must be the whole name, letter for letter; a moved or renamed group has a new one). Groups within groups count only if the directory reports them. ${testAtServer('ldap')}To forward to the owner of the directory: “${users} may log in to the VPN only as a member of ${wanted.length === 0 ? 'the VPN group' : listOf(wanted.map(({ group }) => group))}. Your server reports${reported.length === 0 ? ' no such group' : ` ${listOf(reported)}`}. Please add the account, or tell us the group’s present name.”`,
      ),
      explains: ['password-rejected', 'user-not-in-vpn-rule', 'source-ip-blocked'],
    };
  },
});

function groupsOf({ trace }: Attempt): readonly string[] {
  return (trace.signs['ldap-group'] ?? []).flatMap(({ fields }) => fields.group ?? []);
}

function groupsAsked({ signs }: Attempt['trace']): readonly string[] {
  const loaded = signs['server-loaded'] ?? signs['group-asked'] ?? signs['group-sent'] ?? [];
  return loaded.flatMap(({ fields }) => fields.group ?? []);
}

function listOf(groups: readonly string[]): string {
  return nameList(groups.map((group) => `\`${group}\``));
}
