import { saidYes } from '../../facts/attempts/login-failure.ts';
import { defineRule, healthy } from '../define-rule.ts';
import { noCliFix } from '../shared/fix.ts';
import { nameList, needsLogin } from '../shared/logins.ts';
import { OWN_SERVER, refusedByOtherServer } from '../shared/own-server.ts';
import {
  countOfLogins,
  failedWith,
  lastSign,
  loadedServers,
  quotesOf,
  REFUSAL_RULES,
  shownBy,
  whoseLogins,
} from '../shared/vpn-logins.ts';

export const rule = defineRule({
  id: 'ldap-user-not-found',
  title: 'The directory search finds no entry for the name that was typed',
  severity: 'high',
  hop: 'login',
  number: 117,
  forCustomer: 'the directory does not know the user name that was typed',
  needs: ['attempts'],
  wants: OWN_SERVER,
  references: ['KB335554'],
  check({ attempts, ...facts }, context) {
    const shown = failedWith(
      attempts.value,
      context,
      'ldap-no-dn',
      (_seen, { trace }) => trace.signs['ldap-user-bind'] === undefined && !saidYes(trace.signs),
    );
    if (shown.length === 0) {
      const found = shownBy(attempts.value, 'ldap-dn');
      return found
        ? healthy('the LDAP search found the user', [found.seen.quote])
        : needsLogin('no login in the evidence shows a search in an LDAP directory');
    }
    const logins = shown.map(({ login }) => login);
    const loaded = logins.flatMap(({ trace }) => trace.signs['server-loaded'] ?? []);
    const names = new Set(
      loaded.flatMap(({ fields }) => (fields.kind === 'LDAP' ? (fields.server ?? []) : [])),
    );
    const other = refusedByOtherServer(shown, [...names], facts, context);
    if (other) return other;
    const searches = shown.flatMap(({ login, seen }) => lastSign(login, 'ldap-search', seen.order) ?? []);
    const servers = loadedServers(logins, 'LDAP');
    const filters = nameList(searches.flatMap(({ fields }) => fields.filter ?? []));
    const bases = nameList(searches.flatMap(({ fields }) => fields.base ?? []));
    const asked = filters === '' ? '' : ` It looked for \`${filters}\` below \`${bases}\`.`;
    return {
      verdict: 'broken',
      confidence: 'certain',
      title:
        filters === ''
          ? `The LDAP server${servers} has no entry for ${whoseLogins(logins)} where the FortiGate searches`
          : `The LDAP server${servers} has no ${filters} below ${bases === '' ? 'the branch that is searched' : bases}`,
      summary: `${countOfLogins(logins, attempts.value)} failed because the search found no entry.${asked} The password was not checked.`,
      evidence: [...quotesOf(shown), ...searches.slice(0, 4).map(({ quote }) => quote)],
      fix: noCliFix(
        `${whatToDo(whoseLogins(logins), servers, filters, bases)} To forward to the owner of the directory: “Our VPN searched for ${filters === '' ? 'this user' : filters}${bases === '' ? '' : ` below ${bases}`} and found no entry. Does the account exist, is it in that branch, and may our service account read it?”`,
      ),
      explains: REFUSAL_RULES,
    };
  },
});

function whatToDo(users: string, servers: string, filters: string, bases: string): string {
  const [attribute = ''] = filters.split('=');
  const domain = /^(?!dc=).*?,\s*(dc=.*)$/i.exec(bases)?.[1];
  const entry = servers === '' ? 'the LDAP entry' : servers.trim();
  const branch =
    domain === undefined
      ? ''
      : `If ${users} stands in another branch of the directory, set \`dn\` of ${entry} to a branch above both, for example \`${domain}\`. `;
  const name = attribute === '' ? 'the attribute in `cnid`' : `\`${attribute}\``;
  return `${branch}If the entry has another value in ${name}, let ${users} type that one; another \`cnid\` of ${entry} changes the name that every user has to type.`;
}
