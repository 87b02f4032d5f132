import type { Attempt, SeenSign } from '../../facts/attempt.ts';
import { defineRule, healthy } from '../define-rule.ts';
import { noCliFix } from '../shared/fix.ts';
import { needsLogin } from '../shared/logins.ts';
import { countOfLogins, failedWith, quotesOf, shownBy, whoseLogins } from '../shared/vpn-logins.ts';

/** fnbamd’s `Concluded: 1`: the local entry was found and the password differs. */
const DENIED = '1';
const ACCEPTED = '0';

export const rule = defineRule({
  id: 'local-password-wrong',
  title: 'The password of a local user is wrong',
  severity: 'high',
  hop: 'login',
  number: 112,
  forCustomer: 'the password was not the one that the account has',
  needs: ['attempts'],
  references: ['KB335554'],
  check({ attempts }, context) {
    const local = failedWith(
      attempts.value,
      context,
      'local-result',
      ({ fields }, { milestones }) => fields.code === DENIED && milestones.secondFactorAsked === undefined,
    );
    const eap = failedWith(attempts.value, context, 'eap-password-wrong', isLocal);
    const shown = local.length > 0 ? local : eap;
    const [first] = shown;
    if (!first) {
      const accepted = shownBy(attempts.value, 'local-result', ({ fields }) => fields.code === ACCEPTED);
      return accepted
        ? healthy(`the FortiGate accepted the password of ${accepted.login.user}`, [accepted.seen.quote])
        : needsLogin('no login in the evidence shows a local password being checked');
    }
    const logins = shown.map(({ login }) => login);
    const users = whoseLogins(logins);
    return {
      verdict: 'broken',
      confidence: 'certain',
      title: `${users}: the password does not match the local user’s`,
      summary: `${countOfLogins(logins, attempts.value)} failed because the FortiGate compared the password with the one of its own local user and they differ. No server was asked.`,
      evidence: quotesOf(shown),
      fix: noCliFix(
        `Let ${users} type the password once more: upper and lower case, keyboard layout, a saved old password in FortiClient. If it is lost, set a new one in the entry under \`user local\`; the old one cannot be read back. FortiOS counts these failures and may block the address for a while. To forward: “Your user name was found, but the password was not the right one. Please type it again, not from the saved one; if that fails, ask us for a new password.”`,
      ),
      explains: ['password-rejected', 'user-not-in-vpn-rule', 'source-ip-blocked'],
    };
  },
});

/** The FortiGate’s own EAP server also stands before LDAP, where the same line does not mean a wrong password. */
function isLocal(_seen: SeenSign, { trace }: Attempt): boolean {
  return trace.signs['server-loaded'] === undefined;
}
