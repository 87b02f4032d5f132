import { valueIfKnown } from '../../facts/fact.ts';
import { defineRule, healthy } from '../define-rule.ts';
import { noCliFix } from '../shared/fix.ts';
import { nameList, needsLogin } from '../shared/logins.ts';
import { countOfLogins, failedWith, lastSign, quotesOf, shownBy, whoseLogins } from '../shared/vpn-logins.ts';

const NONE = new Set(['', '(null)', 'null']);

export const rule = defineRule({
  id: 'ssl-portal-or-realm-mismatch',
  title: 'No authentication rule is for the realm that was typed',
  severity: 'high',
  hop: 'login',
  number: 138,
  forCustomer: 'the address of the connection was typed with an ending that does not belong to the account',
  needs: ['attempts'],
  wants: ['sslVpn'],
  versions: 'all with SSL VPN',
  references: ['KB214433'],
  check({ attempts, sslVpn }, context) {
    const rules = valueIfKnown(sslVpn)?.flatMap((vpn) => vpn.rules);
    const shown = failedWith(attempts.value, context, 'rules-asked', ({ fields }, login) => {
      const { realm = '' } = fields;
      const { users, groups } = lastSign(login, 'candidates')?.fields ?? {};
      return (
        users === '0:0' &&
        groups === '0:0' &&
        rules !== undefined &&
        rules.length > 0 &&
        !rules.some((rule) => sameRealm(rule.realm.value, realm)) &&
        (!NONE.has(realm) || rules.every((rule) => rule.realm.value !== ''))
      );
    });
    if (shown.length === 0) {
      const asked = shownBy(attempts.value, 'portal-given');
      return asked
        ? healthy('a rule gave the user a portal', [asked.seen.quote])
        : needsLogin('no login in the evidence, with the authentication rules, shows a realm without a rule');
    }
    const logins = shown.map(({ login }) => login);
    const realms = nameList(
      shown.map(({ seen }) =>
        NONE.has(seen.fields.realm ?? '') ? 'no realm' : `realm ${seen.fields.realm}`,
      ),
    );
    const others = nameList(
      (rules ?? []).map(({ realm }) => (realm.value === '' ? 'no realm' : `realm ${realm.value}`)),
    );
    return {
      verdict: 'broken',
      confidence: 'likely',
      title: `${whoseLogins(logins)} logged in with ${realms}, for which there is no authentication rule`,
      summary: `${countOfLogins(logins, attempts.value)} failed because the rules of SSL VPN are for ${others}; with ${realms} no group was left to ask. The password was not checked.`,
      evidence: [
        ...quotesOf(shown, 2),
        ...logins.slice(0, 2).flatMap((login) => lastSign(login, 'candidates')?.quote ?? []),
        ...(rules ?? [])
          .flatMap(({ realm, portal }) => (realm.value === '' ? portal : realm).quotes)
          .slice(0, 2),
      ],
      fix: noCliFix(
        `Let the person use the address that belongs to the rule (the realm is the part after the last slash of the gateway in FortiClient), or add an authentication rule for ${realms} with the group and portal that are meant. The first rule that fits decides the portal. To forward: “Please check the address of the VPN in FortiClient: the part after the slash does not belong to your account.”`,
      ),
      explains: ['user-not-in-vpn-rule', 'password-rejected', 'source-ip-blocked'],
    };
  },
});

function sameRealm(ofRule: string, typed: string): boolean {
  return ofRule === (NONE.has(typed) ? '' : typed);
}
