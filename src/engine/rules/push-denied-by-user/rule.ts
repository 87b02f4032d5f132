import type { Attempt } from '../../facts/attempt.ts';
import { gotInByPush } from '../../facts/attempts/got-in.ts';
import { broken, defineRule, healthy } from '../define-rule.ts';

import { approvalEvidence, isAskedAbout, loginsInQuestion, nameList, needsLogin } from '../shared/logins.ts';

/** The log shows the times of the token request and of the answer, so the answer was in time. */
function isTimed({ milestones }: Attempt): boolean {
  const { vpnWait, tokenWait, secondFactorAsked, callbackCompleted } = milestones;
  const asked = vpnWait?.at ?? tokenWait?.at ?? secondFactorAsked?.at;
  return asked !== undefined && callbackCompleted?.at !== undefined;
}

export const rule = defineRule({
  id: 'push-denied-by-user',
  title: 'The user pressed Deny',
  severity: 'medium',
  hop: 'approval',
  number: 64,
  forCustomer: 'the request was declined on the phone',
  disturbs: 'only this account',
  place: 'in the second factor, which was answered with Deny or a wrong code',
  stops: 'one account',
  answers: [
    [
      'attack',
      'The user’s word decides: if the login was not the user’s, another person knows the password.',
    ],
    [
      'password',
      'A new password is needed if the login was not the user’s: then another person knows the old one.',
    ],
    ['change', 'Nothing on the FortiGate has to be changed: all steps up to the phone work.'],
    ['token', ''],
    ['sound', 'A Deny of a login that the user did not start means that another person has the password.'],
    ['verify', 'Source address and time of the login show whether it was the user’s own.'],
    ['prevent', 'Users should deny only logins that they did not start, and then report them.'],
  ],
  descriptions: [
    {
      all: ['pressesDeny', 'fails|gaveUp', 'request|phone|app|asks'],
      or: [['pressesDeny', 'immediately', 'fails|gaveUp|refusal|not']],
      also: ['immediately', 'code works !not', 'phone|request pressesDeny'],
      not: ['mistyped', 'badCertificate'],
      title: 'The request was answered with Deny',
      fix: {
        todo: 'Ask the user what was pressed: “Deny”, the red button or a swipe refuses the login at once. Let the user log in again and press “Approve”, after checking that the login is the user’s own. If it was not, another person knows the password: change it.',
        asksForLogin: true,
      },
    },
  ],
  needs: ['attempts'],
  references: ['KB277343'],
  check({ attempts }, context) {
    const denied = loginsInQuestion(attempts.value, context).filter((each) => each.outcome === 'denied');
    if (denied.length > 0) {
      const users = nameList(denied.map((each) => each.user));
      const answered = denied.every(({ milestones }) => milestones.callbackCompleted !== undefined);
      return broken(answered ? (denied.every(isTimed) ? 'certain' : 'likely') : 'possible', {
        title: answered
          ? `${users} pressed Deny on the phone`
          : `The second factor of ${users} was refused: Deny on the phone, or a wrong code`,
        summary: `${answered ? 'The phone answered and the TLS handshake completed; then' : 'After asking for the token,'} FortiOS got result 1 (denied). ${answered ? `All steps up to the phone work.${denied.every(isTimed) ? '' : ' Without times in the log, an approval that came too late would look the same.'}` : 'The callback itself is not in this log, so a wrong code typed by hand cannot be excluded.'}`,
        evidence: denied.flatMap(({ milestones }) =>
          [milestones.tokenResult, milestones.callbackCompleted].flatMap((mark) =>
            mark ? [mark.quote] : [],
          ),
        ),
        fix: 'Nothing to change on the FortiGate. Ask the user whether the login was theirs. If it was not, another person knows the password.',
        explains: ['ikev2-manual-code-bug'],
      });
    }
    const approved = attempts.value.find((each) => isAskedAbout(each.user, context) && gotInByPush(each));
    return approved
      ? healthy(`${approved.user} approved`, approvalEvidence(approved))
      : needsLogin('no login in the evidence got as far as an answer');
  },
});
