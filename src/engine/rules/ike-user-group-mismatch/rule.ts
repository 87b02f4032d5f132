import { valueIfKnown } from '../../facts/fact.ts';
import { defineRule, healthy } from '../define-rule.ts';
import { noCliFix } from '../shared/fix.ts';
import { phase1Of } from '../shared/ike-logins.ts';
import { nameList } from '../shared/logins.ts';
import {
  countOfLogins,
  failedWith,
  firstQuotes,
  quotesOf,
  shownBy,
  whoseLogins,
} from '../shared/vpn-logins.ts';

export const rule = defineRule({
  id: 'ike-user-group-mismatch',
  title: 'The tunnel and its firewall policies ask for different groups',
  severity: 'high',
  hop: 'authorisation',
  number: 150,
  forCustomer: 'the account belongs to another group than this connection asks for',
  needs: ['attempts'],
  wants: ['phase1s', 'firewallPolicies'],
  references: ['KB334453', 'KB418199'],
  check({ attempts, phase1s, firewallPolicies }, context) {
    const mismatched = failedWith(attempts.value, context, 'group-mismatch', (seen, { trace }) => {
      const matched = trace.signs['group-matched']?.at(-1);
      return trace.vpn === 'ike' && (matched === undefined || matched.order < seen.order);
    });
    if (mismatched.length === 0) {
      const matched = shownBy(
        attempts.value.filter(({ trace }) => trace.vpn === 'ike'),
        'group-matched',
      );
      return matched
        ? healthy('a group of the tunnel matched', [matched.seen.quote])
        : { verdict: 'not-applicable', reason: 'no login over IPsec in the evidence ended for its group' };
    }
    const policies = valueIfKnown(firewallPolicies) ?? [];
    const shown = mismatched.flatMap((each) => {
      const phase1 = phase1Of(each.login, phase1s);
      if (phase1?.userGroup === undefined) return [];
      const { name, userGroup, vdom } = phase1;
      const others = policies.filter(
        ({ from, groups, vdom: own }) =>
          own === vdom && from.includes(name) && groups.value.some((group) => group !== userGroup),
      );
      return others.length > 0 ? [{ ...each, name, userGroup, others }] : [];
    });
    const [first] = shown;
    if (!first) {
      const isRead =
        firewallPolicies.state === 'known' && mismatched.every(({ login }) => phase1Of(login, phase1s));
      return isRead
        ? {
            verdict: 'not-applicable',
            reason: 'the tunnel and its firewall policies do not ask for different groups',
          }
        : {
            verdict: 'unknown',
            reason:
              'no group matched in a login over IPsec; which groups the tunnel and its policies ask for is not shown',
            need: '`authusrgrp` of the tunnel and the groups of its firewall policies',
            commands: ['phase1-interfaces', 'policies'],
          };
    }
    const logins = shown.map(({ login }) => login);
    const others = nameList(
      first.others.flatMap(({ groups }) => groups.value.filter((group) => group !== first.userGroup)),
    );
    const ids = nameList(first.others.map(({ id }) => id));
    return {
      verdict: 'broken',
      confidence: 'likely',
      title: `${first.name} asks for the group ${first.userGroup}, its policy ${ids} for ${others}: ${whoseLogins(logins)} matched none`,
      summary: `The server accepted the login and then no group matched; ${countOfLogins(logins, attempts.value)} ended this way. The tunnel ${first.name} lets only ${first.userGroup} in (\`authusrgrp\`), while policy ${ids} names ${others}. Groups belong in one of the two places: with both, only who is in ${first.userGroup} logs in.`,
      evidence: firstQuotes([...quotesOf(shown), ...first.others.flatMap(({ groups }) => groups.quotes)]),
      fix: noCliFix(
        `Decide whom ${first.name} is meant for. For several groups take \`authusrgrp\` out of the tunnel (note its value, to be able to go back) and name the groups in every policy from ${first.name}; a policy without a group then lets every user through who can log in. For one group, set that group as \`authusrgrp\` and take the groups out of the policies. Otherwise the person has to be put into ${first.userGroup}.`,
      ),
      explains: [
        'ldap-group-mismatch',
        'radius-group-attribute-missing',
        'saml-attribute-or-group-mismatch',
        'password-rejected',
        'user-not-in-vpn-rule',
        'source-ip-blocked',
      ],
    };
  },
});
