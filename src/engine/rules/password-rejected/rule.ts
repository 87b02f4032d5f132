import { mayHaveAskedUser } from '../../facts/accounts/radius-wait.ts';
import type { Attempt } from '../../facts/attempt.ts';
import { defineRule, healthy } from '../define-rule.ts';
import { noCliFix } from '../shared/fix.ts';
import { isAskedAbout, loginsInQuestion, needsLogin } from '../shared/logins.ts';
import { whoseLogins } from '../shared/vpn-logins.ts';

/** fnbam result 1: denied. 5 means an error, as for an unknown user (user-not-in-vpn-rule). */
const DENIED = 1;

export const rule = defineRule({
  id: 'password-rejected',
  title: 'The password was not accepted',
  severity: 'high',
  hop: 'login',
  number: 50,
  forCustomer: 'the password was not accepted',
  needs: ['attempts'],
  references: ['KB257210', 'KB191794'],
  check({ attempts }, context) {
    const refused = loginsInQuestion(attempts.value, context).filter(isRefused);
    const [first] = refused;
    if (first) {
      const users = whoseLogins(refused);
      const mapping = refused.every(({ milestones }) => milestones.groupMismatch !== undefined);
      return {
        verdict: 'broken',
        confidence: 'certain',
        title: mapping
          ? `${users} was refused: right password, wrong group`
          : `${users} was refused: the password was not accepted`,
        summary: mapping
          ? 'The directory accepted the password, but no group the FortiGate asked for matched the user. The login ends here, before a second factor is asked.'
          : 'FortiOS answered the password with result 1, denied: a wrong password, a disabled user, or a directory that refused the bind; the log does not show which. The login ends here, before a second factor is asked.',
        evidence: refused.flatMap(({ milestones }) =>
          [milestones.groupMismatch, milestones.passwordRefused].flatMap((mark) =>
            mark ? [mark.quote] : [],
          ),
        ),
        fix: noCliFix(
          mapping
            ? 'Put the user into a group that the VPN rule names, or correct the group filter of the LDAP server.'
            : 'Let the user log in elsewhere with the same password, then check that the account is enabled and the directory reachable.',
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

function isRefused({ milestones }: Attempt): boolean {
  if (milestones.passwordAccepted || mayHaveAskedUser(milestones)) return false;
  return milestones.groupMismatch !== undefined || milestones.passwordRefused?.code === DENIED;
}
