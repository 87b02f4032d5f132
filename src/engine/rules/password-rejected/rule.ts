import { mayHaveAskedUser } from '../../facts/accounts/radius-wait.ts';
import type { Attempt } from '../../facts/attempt.ts';
import { type Fact, valueIfKnown } from '../../facts/fact.ts';
import type { LocalUser } from '../../facts/values.ts';
import { defineRule } from '../define-rule.ts';
import type { Judgement, RuleContext } from '../rule.ts';
import { configEntry, noCliFix, quoted, vdomFix } from '../shared/fix.ts';
import { isAskedAbout, loginsInQuestion, nameList, needsLogin } from '../shared/logins.ts';
import { REFERENCES } from '../shared/references.ts';

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
  wants: ['localUsers'],
  versions: 'all',
  references: [REFERENCES.KB257210, REFERENCES.KB191794],
  checkPartial: ({ localUsers }, context) => askedDisabled(localUsers, context),
  check({ attempts }, context) {
    const refused = loginsInQuestion(attempts.value, context).filter(isRefused);
    const [first] = refused;
    if (first) {
      const users = nameList(refused.map((each) => each.user));
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
    return {
      verdict: 'healthy',
      reason: `the password of ${accepted.user} was accepted`,
      evidence: [accepted.milestones.passwordAccepted.quote],
    };
  },
});

function isRefused({ milestones }: Attempt): boolean {
  if (milestones.passwordAccepted || mayHaveAskedUser(milestones)) return false;
  return milestones.groupMismatch !== undefined || milestones.passwordRefused?.code === DENIED;
}

/** A disabled user is rejected with any password. A user with an unused old entry is not in question. */
function askedDisabled(localUsers: Fact<readonly LocalUser[]>, context: RuleContext): Judgement | undefined {
  if (context.user === undefined) return undefined;
  const own = (valueIfKnown(localUsers) ?? []).filter((user) => isAskedAbout(user.name, context));
  const [user] = own;
  if (!user || own.some((each) => each.enabled)) return undefined;
  return {
    verdict: 'broken',
    confidence: 'certain',
    title: `User ${user.name} is disabled on this FortiGate`,
    summary: `The entry of ${user.name} in \`user local\` has \`status disable\`. FortiOS refuses the login with any password.`,
    evidence: user.disabledBy ?? user.twoFactor.quotes,
    fix: vdomFix(context, user.vdom, {
      apply: configEntry('user local', user.name, ['set status enable']),
      undo: configEntry('user local', user.name, ['set status disable']),
      verify: [`show user local ${quoted(user.name)}`],
      note: 'Ask first why the user was disabled.',
    }),
  };
}
