import { mayHaveAskedUser } from '../../facts/accounts/radius-wait.ts';
import type { Attempt } from '../../facts/attempt.ts';
import { findLoginFailure } from '../../facts/attempts/login-failure.ts';
import { defineRule, healthy } from '../define-rule.ts';
import { noCliFix } from '../shared/fix.ts';
import { isAskedAbout, loginsInQuestion, nameList, needsLogin } from '../shared/logins.ts';
import { groupsAsked, whoseLogins } from '../shared/vpn-logins.ts';

/** fnbam result 1: denied. 5 means an error, as for an unknown user (user-not-in-vpn-rule). */
const DENIED = 1;

export const rule = defineRule({
  id: 'password-rejected',
  title: 'The login was refused at the password, and the log does not show why',
  severity: 'high',
  hop: 'login',
  number: 50,
  forCustomer: 'the name and password were not accepted',
  needs: ['attempts'],
  references: ['KB257210', 'KB191794'],
  check({ attempts }, context) {
    const refused = loginsInQuestion(attempts.value, context).filter(isRefused);
    const [first] = refused;
    if (first) {
      const users = whoseLogins(refused);
      const were = refused.every(({ user }) => user === first.user) ? 'was' : 'were';
      const asked = nameList(groupsAsked(refused));
      const mapping = refused.every(({ milestones }) => milestones.groupMismatch !== undefined);
      return {
        verdict: 'broken',
        confidence: 'certain',
        title: mapping
          ? `${users} ${were} refused: right password, wrong group`
          : `${users} ${were} refused (result 1); the log does not show why`,
        summary: mapping
          ? 'The directory accepted the password, but no group the FortiGate asked for matched the user. The login ends here, before a second factor is asked.'
          : 'FortiOS answered the login with result 1, denied: a wrong password, a disabled user, a group that does not match, or a server that refused the user. The login ends here, before a second factor is asked.',
        evidence: refused.flatMap(({ milestones }) =>
          [milestones.groupMismatch, milestones.loginFailed, milestones.passwordRefused].flatMap((mark) =>
            mark ? [mark.quote] : [],
          ),
        ),
        fix: noCliFix(
          mapping
            ? `Put ${users} into ${asked === '' ? 'a group that the VPN rule names' : `${asked}, the group that was asked for`}, or correct what \`config match\` of that group demands.`
            : 'Let the user log in once with `diagnose debug application fnbamd -1` on: its lines show who refused the login, and why.',
        ),
        explains: ['source-ip-blocked'],
      };
    }
    const accepted = attempts.value.find(
      (each) => isAskedAbout(each.user, context) && each.milestones.passwordAccepted,
    );
    if (!accepted?.milestones.passwordAccepted)
      return needsLogin('no login in the evidence shows the password stage');
    return healthy(`the password of ${accepted.user} was accepted`, [
      accepted.milestones.passwordAccepted.quote,
    ]);
  },
});

/** Rules about groups judge a login that its server accepted; for local users only one about IPsec does. */
function isRefused({ milestones, trace: { vpn, signs } }: Attempt): boolean {
  if (milestones.passwordAccepted || mayHaveAskedUser(milestones)) return false;
  if (findLoginFailure(signs)?.hop === 'authorisation' && (vpn === 'ike' || !signs['local-result']))
    return false;
  return milestones.groupMismatch !== undefined || milestones.passwordRefused?.code === DENIED;
}
