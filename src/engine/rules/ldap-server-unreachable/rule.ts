import { defineRule, healthy } from '../define-rule.ts';
import { noCliFix } from '../shared/fix.ts';
import { nameList, needsLogin } from '../shared/logins.ts';
import {
  countOfLogins,
  failedWith,
  quotesOf,
  serverKind,
  shownBy,
  whoseLogins,
} from '../shared/vpn-logins.ts';

export const rule = defineRule({
  id: 'ldap-server-unreachable',
  title: 'The LDAP server does not answer',
  severity: 'critical',
  hop: 'login',
  number: 119,
  forCustomer: 'the directory that knows the accounts does not answer at the moment',
  needs: ['attempts'],
  references: ['KB405341'],
  check({ attempts }, context) {
    const isLdap = (...[seen, login]: Parameters<NonNullable<Parameters<typeof failedWith>[3]>>) =>
      serverKind(login, seen) === 'LDAP';
    const silent = failedWith(attempts.value, context, 'server-timeout', isLdap);
    const unresolved = failedWith(attempts.value, context, 'server-unresolved', isLdap);
    const shown = silent.length > 0 ? silent : unresolved;
    const [first] = shown;
    if (!first) {
      const connected = shownBy(attempts.value, 'server-connected');
      return connected
        ? healthy('the LDAP server was reached', [connected.seen.quote])
        : needsLogin('no login in the evidence asked an LDAP server');
    }
    const servers = nameList(shown.flatMap(({ seen }) => seen.fields.server ?? []));
    const logins = shown.map(({ login }) => login);
    const { name = '' } = first.seen.fields;
    return {
      verdict: 'broken',
      confidence: 'certain',
      title:
        silent.length > 0
          ? `The LDAP server ${servers} does not answer: ${whoseLogins(logins)} cannot log in`
          : `The FortiGate cannot resolve ${name}, the LDAP server ${servers}`,
      summary: `${countOfLogins(logins, attempts.value)} failed because ${
        silent.length > 0
          ? `the FortiGate asked ${servers} and got no answer before its timer ended`
          : `no address was found for ${name}`
      }. Passwords were not checked; local users do not need this server.`,
      evidence: quotesOf(shown),
      fix: noCliFix(
        silent.length > 0
          ? `Check from the FortiGate that ${servers} answers (\`execute ping\`), the route to it, the source address that the LDAP entry uses, and firewalls between them. With \`ha-direct\` up to 7.4.8 and 7.6.2 the request may leave by the management interface. To forward to the owner of the directory: “Our VPN asks ${servers} and gets no answer. Is the server up, and do the firewalls let the FortiGate’s address reach its LDAP port?”`
          : `Check the server name of the LDAP entry ${servers}, and that the FortiGate’s DNS servers answer for it.`,
      ),
      explains: ['password-rejected', 'user-not-in-vpn-rule', 'source-ip-blocked'],
    };
  },
});
